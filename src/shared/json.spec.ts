import { describe, expect, it } from 'vitest';
import { depthOf, excessOf, isJsonObject } from './json.js';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('The depth of a JSON value', () => {
  it.each([
    ['a string', 'x', 0],
    ['null', null, 0],
    ['an empty object', {}, 1],
    ['an empty array', [], 1],
    ['an object of plain values', { a: 1, b: 'x', c: null }, 1],
    ['arrays in objects in arrays', [{ a: [] }], 3],
    ['its deepest branch', { a: 1, b: { c: 1 }, d: [[[0]]] }, 4],
  ])('of %s is counted in levels of nesting', (_, value, depth) => {
    expect(depthOf(value, 32)).toBe(depth);
  });

  it('counts what is under unusual keys too', () => {
    expect(depthOf(JSON.parse('{"__proto__":{"a.b":{"":[]}}}'), 32)).toBe(4);
  });

  it('is exact up to the limit, and more than the limit beyond it [D-14]', () => {
    expect(depthOf(nested(32), 32)).toBe(32);
    expect(depthOf(nested(33), 32)).toBe(33);
  });

  it('of a hostile nesting is found without overflowing the stack', () => {
    expect(depthOf(nested(200_000), 32)).toBeGreaterThan(32);
  });

  it('of a very wide value is found too', () => {
    const wide = { rows: Array.from({ length: 200_000 }, () => ({})) };
    expect(depthOf(wide, 32)).toBe(3);
  });
});

describe('The limits of a JSON value', () => {
  const limits = { depth: 2, values: 5 };

  it.each([
    ['a plain value', 1, undefined],
    ['as many values as may be', { a: 1, b: [null, 'x'] }, undefined],
    ['one value more', { a: 1, b: [null, 'x', 2] }, 'values'],
    ['one level more', { a: [[]] }, 'depth'],
    ['a member under an odd key', JSON.parse('{"__proto__":{"":{}}}'), 'depth'],
  ])('hold for %s [X-01]', (_, value, excess) => {
    expect(excessOf(value, limits)).toBe(excess);
  });

  it('are not checked beyond the point where one is exceeded', () => {
    expect(excessOf(nested(200_000), { depth: 32, values: 100 })).toBe('depth');
    expect(excessOf(nested(200_000), { depth: 200_000, values: 100 })).toBe('values');
  });
});

describe('A JSON object', () => {
  it('is not an array, null or a plain value', () => {
    expect(isJsonObject({})).toBe(true);
    expect(isJsonObject(JSON.parse('{"__proto__":null}'))).toBe(true);
    for (const other of [[], null, undefined, '', 'x', 0, true]) expect(isJsonObject(other)).toBe(false);
  });
});
