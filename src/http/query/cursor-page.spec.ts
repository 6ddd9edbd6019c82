import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import { cursorOf, partsOf } from './cursor-page.js';

describe('The cursor of an admin list', () => {
  it('gives back what it was made of', () => {
    expect(partsOf(cursorOf([1_700_000_000_000, 'ä/?']), ['number', 'string'])).toEqual([
      1_700_000_000_000,
      'ä/?',
    ]);
  });

  it.each([
    ['no JSON', 'abc'],
    ['no list', cursorOfAny({ a: 1 })],
    ['too few parts', cursorOf([1])],
    ['another kind of part', cursorOf(['1', 'a'])],
    ['an infinite number', Buffer.from('[1e999,"a"]').toString('base64url')],
    ['a text that is empty', ''],
  ])('is refused when it holds %s', (_, cursor) => {
    expect(() => partsOf(cursor, ['number', 'string'])).toThrow(InvalidInput);
  });
});

function cursorOfAny(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
