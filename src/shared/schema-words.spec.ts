import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problemLines, schemaWords } from './schema-words.js';

const schema = z.strictObject({
  name: z.string().min(1).max(3),
  port: z.coerce.number().int().min(0).max(9).default(1),
  count: z.int().optional(),
  on: z.boolean().optional(),
  kind: z.enum(['a', 'b']).optional(),
  fixed: z.literal('x').optional(),
  list: z.array(z.string()).min(1).max(2).optional(),
  inner: z.object({ at: z.record(z.string(), z.number()) }).optional(),
  own: z.string().max(1, 'must be short').optional(),
  mail: z.custom<string>((value) => value === 'a@b').default('a@b'),
  either: z.union([z.literal('a'), z.number()]).optional(),
});

const told = (given: object): readonly string[] =>
  (schema.safeParse({ name: 'a', ...given }, schemaWords).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('What is wrong with a value', () => {
  it.each([
    [{ name: undefined }, 'name: is missing'],
    [{ name: 5 }, 'name: must be a text'],
    [{ name: '' }, 'name: must have at least 1 character'],
    [{ name: 'long' }, 'name: must have at most 3 characters'],
    [{ port: 'abc' }, 'port: must be a number'],
    [{ port: '1.5' }, 'port: must be a whole number'],
    [{ port: '-1' }, 'port: must be at least 0'],
    [{ port: '10' }, 'port: must be at most 9'],
    [{ count: 'x' }, 'count: must be a number'],
    [{ on: 'yes' }, 'on: must be true or false'],
    [{ kind: 'c' }, 'kind: must be one of a, b'],
    [{ fixed: 'y' }, 'fixed: must be x'],
    [{ list: 'x' }, 'list: must be a list'],
    [{ list: [] }, 'list: must have at least 1 entry'],
    [{ list: ['a', 'b', 'c'] }, 'list: must have at most 2 entries'],
    [{ inner: [] }, 'inner: must be an object'],
    [{ inner: { at: 1 } }, 'inner.at: must be an object'],
    [{ own: 'long' }, 'own: must be short'],
    [{ mail: 'x' }, 'mail: is not valid'],
    [{ either: 'b' }, 'either: is not valid'],
    [{ extra: 1 }, ": must not have 'extra'"],
  ])('is said in plain words: %j', (given, message) => {
    expect(told(given)).toEqual([message]);
  });

  it('has a line for each field, and none is named for the whole', () => {
    const problems = [
      { field: 'PORT', message: 'must be a number' },
      { field: '', message: 'must be an object' },
    ];
    expect(problemLines(problems)).toBe('- PORT: must be a number\n- must be an object');
  });
});
