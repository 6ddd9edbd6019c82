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
    cache.settle(first);
    cache.keep('key', { stale: true }, 100);
    expect(cache.get('key')).toBeUndefined();
    cache.settle(second);
    cache.keep('key', { fresh: true }, 100);
    expect(cache.get('key')).toEqual({ fresh: true });
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
