import { describe, expect, it } from 'vitest';
import { InvalidInput, TooLarge } from '../../shared/domain-error.js';
import type { Json } from '../../shared/json.js';
import { attributeNameProblem, attributesProblem, attributeValueProblem } from './attribute-limits.rules.js';

const nested = (levels: number): Json => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

/** Returns a string whose JSON form has exactly this many bytes. */
const textOf = (bytes: number): string => 'x'.repeat(bytes - 2);

const manyOf = (count: number, value: Json) =>
  new Map(Array.from({ length: count }, (_, i) => [`n${String(i).padStart(3, '0')}`, { value }]));

describe('The name of an attribute', () => {
  it.each([
    'a',
    'additional attribute name',
    'a.b',
    '.',
    '$set',
    '__proto__',
    'constructor',
    'é🎉',
    'a\nb',
    '/%2F',
    'x'.repeat(256),
    // Each emoji is two UTF-16 code units.
    '🎉'.repeat(256),
  ])('may be %j [D-14, E-46, E-51]', (name) => {
    expect(attributeNameProblem(name)).toBeUndefined();
  });

  it.each([
    ['empty', '', 'key: must not be empty'],
    ['longer than 256 characters', 'x'.repeat(257), 'key: must have at most 256 characters'],
    ['longer than 256 characters of two units', '🎉'.repeat(257), 'key: must have at most 256 characters'],
    ['with a NUL', 'a\0b', 'key: must not contain the character NUL'],
  ])('may not be %s, and the refusal says why [D-14, P-43]', (_, name, why) => {
    const problem = attributeNameProblem(name);
    expect(problem).toBeInstanceOf(InvalidInput);
    expect(problem?.message).toBe(why);
  });
});

describe('The value of an attribute', () => {
  it.each([['text'], [''], [0], [-1.5e-9], [true], [false], [null], [[]], [{}], [[1, { a: [null] }]]])(
    'may be %j [E-46, W-42]',
    (value: Json) => {
      expect(attributeValueProblem('a', value)).toBeUndefined();
    },
  );

  it('may be up to 32 levels deep [D-14]', () => {
    expect(attributeValueProblem('a', nested(32))).toBeUndefined();
    expect(attributeValueProblem('a', nested(33))).toBeInstanceOf(InvalidInput);
    expect(attributeValueProblem('a', nested(100_000))).toBeInstanceOf(InvalidInput);
  });

  it('may have up to 64 KiB [D-14]', () => {
    expect(attributeValueProblem('a', textOf(65_536))).toBeUndefined();
    expect(attributeValueProblem('a', textOf(65_537))).toBeInstanceOf(TooLarge);
  });

  it('is measured in bytes, not in characters [D-14]', () => {
    expect(attributeValueProblem('a', 'é'.repeat(32_767))).toBeUndefined();
    expect(attributeValueProblem('a', 'é'.repeat(32_768))).toBeInstanceOf(TooLarge);
  });

  it('names its attribute when it is refused', () => {
    expect(attributeValueProblem('colours', nested(33))?.message).toContain('colours');
    expect(attributeValueProblem('colours', textOf(70_000))?.message).toContain('colours');
  });
});

describe('All attributes of a context together', () => {
  it('may number up to 200 [D-14]', () => {
    expect(attributesProblem(new Map())).toBeUndefined();
    expect(attributesProblem(manyOf(200, ''))).toBeUndefined();
    expect(attributesProblem(manyOf(201, ''))).toBeInstanceOf(InvalidInput);
  });

  it('may have up to 1 MiB, names included [D-14]', () => {
    const eachOf = 65_536 - 4;
    expect(attributesProblem(manyOf(16, textOf(eachOf)))).toBeUndefined();
    const more = manyOf(16, textOf(eachOf)).set('x', { value: 1 });
    expect(attributesProblem(more)).toBeInstanceOf(TooLarge);
  });
});

describe('Attributes over a limit', () => {
  const why = (attributes: ReturnType<typeof manyOf>) => attributesProblem(attributes)?.message;

  it('are refused with the limit and the actual size [D-14]', () => {
    expect(why(manyOf(201, 1))).toBe('context: must have at most 200 attributes');
    const bytes = 17 * (64 * 1024 + 4);
    expect(why(manyOf(17, textOf(64 * 1024)))).toBe(
      `context: has ${bytes} bytes, more than the 1048576 of one context`,
    );
  });
});
