import { describe, expect, it } from 'vitest';
import { InvalidInput, TooLarge } from '../shared/domain-error.js';
import type { JsonObject } from '../shared/json.js';
import { applyTexts, checkedMixins, mergedMixins } from './patch.rules.js';

const nested = (levels: number): JsonObject =>
  Array.from({ length: levels - 1 }).reduce<JsonObject>((inner) => ({ inner }), {});

describe('Mixins', () => {
  it('are merged by key at every level, where null removes (RFC 7396, appendix A)', () => {
    const cases: [JsonObject, JsonObject, JsonObject][] = [
      [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
      [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
      [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
      [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
      [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
      [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
      [{ e: null }, { a: 1 }, { e: null, a: 1 }],
      [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    ];
    for (const [target, patch, result] of cases) expect(mergedMixins(target, patch)).toEqual(result);
  });

  it('stay if they are left out, and are emptied by null', () => {
    expect(mergedMixins({ a: 1 }, undefined)).toEqual({ a: 1 });
    expect(mergedMixins({ a: 1 }, null)).toEqual({});
  });

  it('take any key as data, and nothing leaks into other objects [P-44]', () => {
    const patch: JsonObject = JSON.parse(
      '{"__proto__":{"polluted":true},"a.b":1,"$set":2,"":3,"constructor":4}',
    );
    const merged = mergedMixins(JSON.parse('{"__proto__":{"kept":1}}'), patch);
    expect(JSON.stringify(merged)).toBe(
      '{"__proto__":{"kept":1,"polluted":true},"a.b":1,"$set":2,"":3,"constructor":4}',
    );
    expect('polluted' in {}).toBe(false);
  });

  it('are limited in depth and size, and the refusal names the field', () => {
    expect(checkedMixins(nested(32))).toEqual(nested(32));
    expect(() => checkedMixins(nested(33), 'customerDetails.mixins')).toThrow(InvalidInput);
    expect(() => checkedMixins(nested(33), 'customerDetails.mixins')).toThrow(/^customerDetails\.mixins: /);
    expect(() => checkedMixins({ a: 'x'.repeat(65_536) })).toThrow(TooLarge);
    expect(() => mergedMixins({ a: 'x'.repeat(40_000) }, { b: 'x'.repeat(40_000) })).toThrow(TooLarge);
  });
});

describe('Texts', () => {
  it('are set, removed by null, and kept if left out', () => {
    const fresh = { a: 'old', b: 'old', c: 'old' };
    applyTexts<'a' | 'b' | 'c' | 'd'>(fresh, { a: 'new', b: null, d: '' }, ['a', 'b', 'c', 'd']);
    expect(fresh).toStrictEqual({ a: 'new', c: 'old', d: '' });
  });
});
