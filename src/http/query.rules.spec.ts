import { describe, expect, it } from 'vitest';
import { pairsProblem } from './query.rules.js';

describe('The query of a request', () => {
  it.each([
    '',
    'q=',
    'utm_campaign=black%20friday&utm_source=%F0%9F%98%80',
    'utm_campaign=50%&x=%zz&y=%',
    Array.from({ length: 100 }, (_, n) => `k${n}=1`).join('&'),
  ])('is accepted: %s', (query) => {
    expect(pairsProblem(query, 'query')).toBeUndefined();
  });

  it('has a hundred items at most [P-45]', () => {
    expect(pairsProblem('a=1&'.repeat(100), 'query')).toEqual({
      field: 'query',
      message: 'must not have more than 100 items',
    });
  });

  it.each([
    ['siteCode=%ED%A0%80', 'siteCode'],
    ['a=1&%ED%B0%80=x', '%ED%B0%80'],
    ['a%20b=%ff', 'a b'],
    ['a=%C0%AF', 'a'],
    ['a=x%E2%82y', 'a'],
  ])('is refused if it is not in UTF-8, naming the item: %s [X-12]', (query, field) => {
    expect(pairsProblem(query, 'query')).toEqual({ field, message: 'is not valid UTF-8' });
  });
});
