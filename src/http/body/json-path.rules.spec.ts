import { describe, expect, it } from 'vitest';
import { pathAt } from './json-path.rules.js';

/** The path of the first `!` in the text. */
const pathOfMark = (text: string): string => pathAt(Buffer.from(text), Buffer.from(text).indexOf('!'));

describe('The path of a place in a JSON text', () => {
  it.each(['!', ' !', '{"a":1} !', '[[1],{"a":2}] !'])(
    'is "body" outside every list and object: %s',
    (text) => {
      expect(pathOfMark(text)).toBe('body');
    },
  );

  it.each([
    ['{"items":[{"price":1},{"price":!}]}', 'items.1.price'],
    ['[[0,1],[2,[3,!]]]', '1.1.1'],
    ['{"a":{"b":{"c":1}},"d":!}', 'd'],
    ['{"a":[1,2,{"x":[]}],"b":{"c":!}}', 'b.c'],
  ])('names the members and entries that lead there: %s', (text, path) => {
    expect(pathOfMark(text)).toBe(path);
  });

  it.each([
    ['{"a":"]},{[:","b":!}', 'b'],
    ['{"a":"\\"","b":!}', 'b'],
    ['{"a":"\\\\","b":!}', 'b'],
    ['["a,b",!]', '1'],
  ])('ignores punctuation and quotes inside texts: %s', (text, path) => {
    expect(pathOfMark(text)).toBe(path);
  });

  it('takes a text for a name only if a colon follows, with or without spaces', () => {
    expect(pathOfMark('{"a" \t\r\n: "value", "b": "other" !}')).toBe('b');
  });

  it('decodes the escapes of a name', () => {
    expect(pathOfMark('{"\\u00e9\\n\\"":!}')).toBe('é\n"');
  });

  it('replaces half a surrogate pair in a name', () => {
    expect(pathOfMark('{"x\\ud800":!}')).toBe('x\ufffd');
  });

  it('leaves out a name that cannot be read', () => {
    expect(pathOfMark('{"a":{"\\x":!}}')).toBe('a.');
  });

  it('ends with the text if the offset is beyond it', () => {
    expect(pathAt(Buffer.from('{"a":[1,"open'), 1000)).toBe('a.1');
  });
});
