import { describe, expect, it } from 'vitest';
import { givenJson, storedJson, withGivenJson, withStoredJson } from './stored-json.js';
import { fromStored, givenText, storedText, toStored } from './stored-text.js';

/** What becomes of a text in BSON, which is UTF-8. */
const throughUtf8 = (text: string): string => Buffer.from(text).toString();

describe('A text', () => {
  const ODD = [
    '\ud83d',
    '\ude00',
    '\ude00\ud83d',
    'a\ud83db',
    '\uffff',
    '\uffffd83d',
    '\uffff\ud83d',
    '\ufffd',
  ];

  it.each(['', 'plain', 'é', '🛒', 'a\0b', '\ufffd', '\ufffe'])(
    'that UTF-8 has is stored as it is: %j',
    (text) => {
      expect(storedText(text)).toBe(text);
    },
  );

  it('comes back as it was, half surrogate pairs included', () => {
    for (const text of ODD) expect(givenText(throughUtf8(storedText(text)))).toBe(text);
  });

  it('is stored as another one than any that differs', () => {
    expect(new Set(ODD.map((text) => throughUtf8(storedText(text)))).size).toBe(ODD.length);
  });
});

describe('A row', () => {
  it('keeps dates, numbers, lists and nesting, and leaves out what is undefined', () => {
    const at = new Date(0);
    const row = { at, list: [{ name: '\ud83d', none: undefined }, []], n: -0, no: null, none: undefined };
    expect(toStored(row)).toStrictEqual({ at, list: [{ name: '\uffffd83d' }, []], n: -0, no: null });
    expect(fromStored(toStored(row))).toStrictEqual({ at, list: [{ name: '\ud83d' }, []], n: -0, no: null });
  });
});

describe('JSON', () => {
  it.each(['-0', '[0,-0]', '{"__proto__":{"a.b":-0}}', '"\\ud83d"', '1e21', 'null', '""'])(
    'comes back as it was: %s',
    (json) => {
      const value = JSON.parse(json);
      expect(givenJson(throughUtf8(storedJson(value)))).toStrictEqual(value);
    },
  );

  it('stands in the fields that are named, where they are there', () => {
    const record = { id: 'x', mixins: { $set: 1 }, schemas: undefined as object | undefined };
    const row = withStoredJson(record, ['mixins', 'schemas']);
    expect(row).toStrictEqual({ id: 'x', mixins: '{"$set":1}', schemas: undefined });
    expect(withGivenJson(row, ['mixins', 'schemas'] as never[])).toStrictEqual(record);
  });
});
