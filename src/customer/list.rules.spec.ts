import { describe, expect, it } from 'vitest';
import type { Condition, Listing } from '../shared/filter/filter.types.js';
import { candidatesOf, isByTime } from './list.rules.js';

const is = (path: string, value: string): Condition => ({ op: 'eq', path, value });

describe('A filter of customers', () => {
  it('that names ids, an e-mail address or a name is looked up', () => {
    expect(candidatesOf([is('firstName', 'Anna'), is('id', 'a')])).toEqual({ by: 'ids', ids: ['a'] });
    const both: Condition = { op: 'in', path: 'id', values: ['a', 'b', 'a'] };
    expect(candidatesOf([both])).toEqual({ by: 'ids', ids: ['a', 'b'] });
    expect(candidatesOf([is('email', 'a@acme.test')])).toEqual({ by: 'email', email: 'a@acme.test' });
    expect(candidatesOf([is('firstName', 'Anna')])).toEqual({ by: 'word', word: 'anna' });
    expect(candidatesOf([is('firstName', 'Anna'), is('lastName', 'DEMO')])).toEqual({
      by: 'word',
      word: 'demo',
    });
  });

  it('that can match anybody is not', () => {
    const like: Condition = { op: 'gte', path: 'firstName', value: 'A' };
    for (const one of [
      is('company', 'Acme'),
      is('lastName', ' '),
      like,
      { op: 'present', path: 'id' } as const,
    ]) {
      expect(candidatesOf([one])).toBeUndefined();
    }
    expect(candidatesOf([])).toBeUndefined();
  });
});

describe('A list of customers', () => {
  const listing = (over: Partial<Listing>): Listing => ({
    filter: [],
    order: { path: 'createdAt', descending: true },
    skip: 0,
    limit: 10,
    counted: false,
    ...over,
  });

  it('follows the times at which they were created if it has no filter and that order', () => {
    expect(isByTime(listing({}))).toBe(true);
    expect(isByTime(listing({ filter: [is('id', 'a')] }))).toBe(false);
    expect(isByTime(listing({ order: { path: 'id', descending: false } }))).toBe(false);
  });
});
