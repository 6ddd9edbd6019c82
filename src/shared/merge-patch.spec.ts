import { describe, expect, it } from 'vitest';
import type { JsonObject } from './json.js';
import { mergePatch } from './merge-patch.js';

const json = (text: string): JsonObject => JSON.parse(text);

describe('A JSON Merge Patch (RFC 7396)', () => {
  // The examples in appendix A whose target and patch are objects.
  it.each([
    ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
    ['{"a":"b"}', '{"a":null}', '{}'],
    ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
    ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
    ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
    ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
    ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
    ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
  ])('of %s with %s gives %s', (target, patch, merged) => {
    expect(mergePatch(json(target), json(patch))).toEqual(json(merged));
  });

  it('treats unusual keys as data and pollutes nothing [P-44]', () => {
    const patch = json(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"a.b":1}',
    );
    const merged = mergePatch(json('{"__proto__":{"kept":1}}'), patch);
    expect(JSON.stringify(merged)).toBe(
      '{"__proto__":{"kept":1,"polluted":true},"constructor":{"prototype":{"polluted":true}},"a.b":1}',
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  });

  it('does not change its target or patch', () => {
    const [target, patch] = [json('{"a":{"b":1}}'), json('{"a":{"b":null,"c":2}}')];
    mergePatch(target, patch);
    expect(target).toEqual({ a: { b: 1 } });
    expect(patch).toEqual({ a: { b: null, c: 2 } });
  });
});
