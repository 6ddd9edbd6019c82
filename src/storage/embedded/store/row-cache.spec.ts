import { describe, expect, it } from 'vitest';
import { RowCache } from './row-cache.js';

const ROOM = 1_000_000;

describe('Decoded rows that are kept', () => {
  it('are the same for all readers, and can be changed by none', () => {
    const cache = new RowCache(ROOM);
    const row = { list: [{ a: 1 }], values: new Map([['a', { b: 1 }]]) };
    cache.keep('key', row, 100);
    expect(cache.get('key')).toBe(row);
    expect(() => row.list.push({ a: 2 })).toThrow(TypeError);
    expect(() => Object.assign(row.list[0] ?? {}, { a: 2 })).toThrow(TypeError);
    expect(() => row.values.set('c', { b: 2 })).toThrow(TypeError);
    expect(() => row.values.delete('a')).toThrow(TypeError);
    expect(() => Object.assign(row.values.get('a') ?? {}, { b: 2 })).toThrow(TypeError);
  });

  it('are dropped by a write at once, and not kept again before that is on the disk', () => {
    const cache = new RowCache(ROOM);
    const [first, second] = [new Set<string>(), new Set<string>()];
    cache.keep('key', { old: true }, 100);
    cache.during(first, () => cache.touch('key'));
    expect(cache.get('key')).toBeUndefined();
    cache.during(second, () => cache.touch('key'));
    cache.settle(first, true);
    cache.keep('key', { stale: true }, 100);
    expect(cache.get('key')).toBeUndefined();
    cache.settle(second, true);
    cache.keep('key', { fresh: true }, 100);
    expect(cache.get('key')).toEqual({ fresh: true });
  });

  it('can be what was written, as soon as all writes of it are on the disk', () => {
    const cache = new RowCache(ROOM);
    const [first, second] = [new Set<string>(), new Set<string>()];
    const row = { list: ['second'] };
    cache.during(first, () => cache.replace('key', { list: ['first'] }, 100));
    cache.during(second, () => cache.replace('key', row, 100));
    cache.settle(first, true);
    expect(cache.get('key')).toBeUndefined();
    cache.settle(second, true);
    expect(cache.get('key')).toBe(row);
    expect(() => row.list.push('third')).toThrow(TypeError);
  });

  it('are not what was removed after it was written, nor what did not get onto the disk', () => {
    const cache = new RowCache(ROOM);
    const [first, second] = [new Set<string>(), new Set<string>()];
    cache.during(first, () => {
      cache.replace('removed', { old: true }, 100);
      cache.touch('removed');
      cache.replace('failed', { first: true }, 100);
    });
    cache.during(second, () => cache.replace('failed', { second: true }, 100));
    cache.settle(first, false);
    cache.settle(second, true);
    expect(cache.get('removed')).toBeUndefined();
    expect(cache.get('failed')).toBeUndefined();
    cache.keep('failed', { read: true }, 100);
    expect(cache.get('failed')).toEqual({ read: true });
  });

  it('are bounded in bytes, all together and each', () => {
    const cache = new RowCache(ROOM);
    cache.keep('huge', { huge: true }, ROOM / 4);
    expect(cache.get('huge')).toBeUndefined();
    for (let i = 0; i < 1_000; i += 1) cache.keep(`${i}`, { i }, 1_000);
    const kept = Array.from({ length: 1_000 }, (_, i) => cache.get(`${i}`)).filter(
      (row) => row !== undefined,
    );
    expect(kept.length).toBeLessThan(ROOM / 4_000);
    expect(cache.get('999')).toEqual({ i: 999 });
  });

  it('are none where there is no room for them', () => {
    const cache = new RowCache(0);
    cache.keep('key', {}, 2);
    expect(cache.get('key')).toBeUndefined();
  });
});
