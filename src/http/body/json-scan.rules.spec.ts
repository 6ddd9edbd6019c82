import { describe, expect, it } from 'vitest';
import type { JsonLimits } from '../../shared/json.js';
import { pathAt } from './json-path.rules.js';
import { scanJson } from './json-scan.rules.js';

const LIMITS: JsonLimits = { depth: 4, values: 10 };

function problemOf(text: string, limits = LIMITS): { kind: string; field: string } | undefined {
  const bytes = Buffer.from(text);
  const problem = scanJson(bytes, limits);
  return problem && { kind: problem.kind, field: pathAt(bytes, problem.offset) };
}

describe('The text of a body', () => {
  it.each([
    '',
    'null',
    '"text"',
    '[1, 2, [3, [4, [5]]]]',
    '{"a":{"b":{"c":{"d":1}}}, "e": [true, false, null]}',
    '{"quote \\" in a name": "and \\\\", "b": "}]{[,:"}',
    '{"😀": "😀", "\\ud83d\\ude00": "\\ud83d\\ude00", "a\\\\ud800": "\\\\ud800"}',
    '[1,2,3,4,5,6,7,8,9]',
    ' \t\n[ ]\r\n',
  ])('is accepted within its limits: %s', (text) => {
    expect(problemOf(text)).toBeUndefined();
  });

  it.each([
    ['[[[[[]]]]]', '0.0.0.0'],
    ['{"a":[{"b":[{"c":1}]}]}', 'a.0.b.0'],
    ['['.repeat(1_000_000), '0.0.0.0'],
  ])('is refused if it is nested too deeply: %s [X-01]', (text, field) => {
    expect(problemOf(text)).toEqual({ kind: 'too-deep', field });
  });

  it('is refused if it has too many values, however they are arranged [X-01]', () => {
    const many = 'too-many-values';
    expect(problemOf('[1,2,3,4,5,6,7,8,9,10]')?.kind).toBe(many);
    expect(problemOf(`[${'{},'.repeat(11)}{}]`)?.kind).toBe(many);
    expect(problemOf(`[${'"",'.repeat(11)}""]`)?.kind).toBe(many);
    const names = Array.from({ length: 10 }, (_, n) => `"${n}":0`);
    expect(problemOf(`{${names.slice(1).join()}}`)).toBeUndefined();
    expect(problemOf(`{${names.join()}}`)?.kind).toBe(many);
  });

  it.each([
    '0',
    '-0',
    '-0.0',
    '0e999',
    '0.1',
    '19.90',
    '1e5',
    '1E+05',
    '5e-324',
    '1.7976931348623157e308',
    '9007199254740991',
    '1000000000000000000000000000000',
    '0.30000000000000004',
    '-46.12345678901235',
    '0.10000000000000001',
    '19.9000000000000000000000000',
  ])('keeps a number that a double can hold: %s [F-11, P-46]', (number) => {
    expect(problemOf(`[${number}]`)).toBeUndefined();
  });

  it.each([
    '1e999',
    '-1e999',
    '1e-999',
    '12345678901234567890',
    '-12345678901234567890',
    '9007199254740993',
    '0.12345678901234567890',
    '3.14159265358979323846',
    '9'.repeat(500),
    `0.${'0'.repeat(500)}1`,
  ])('is refused with a number that would change: %s [F-11, P-46]', (number) => {
    expect(problemOf(`{"a":[0,${number}]}`)).toEqual({ kind: 'number', field: 'a.1' });
  });

  it.each([
    ['"\\ud800"', 'body'],
    ['{"a":"\\udc00"}', 'a'],
    ['{"a":{"b":["x","y\\uD83D"]}}', 'a.b.1'],
    ['{"a":"\\ude00\\ud83d"}', 'a'],
    ['{"a":"\\ud83d\\ud83d\\ude00"}', 'a'],
    ['{"a":1,"x\\ud800":1}', 'x\ufffd'],
    ['{"a":{"b" : 1},"c":"\\\\\\ud800"}', 'c'],
  ])('is refused with half a surrogate pair, naming the field: %s [X-12]', (text, field) => {
    expect(problemOf(text)).toEqual({ kind: 'surrogate', field });
  });

  it.each([
    '"',
    '"\\',
    '{"a":"\\u',
    '{"a":"\\uzzzz"}',
    '}}}}',
    ':::',
    'nul',
    '-',
    '1e',
    'e'.repeat(1000),
    '\u0000',
  ])('may be invalid JSON, which is left to the parser: %j', (text) => {
    expect(problemOf(text)).toBeUndefined();
  });
});
