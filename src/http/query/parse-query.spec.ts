import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import type { ListFields } from './list-fields.js';
import { findField, MAX_QUERY_LENGTH, parseQuery } from './parse-query.js';

/** `test/contracts/listing.spec.ts` tests what a filter finds, on both stores. */
const FIELDS: ListFields = {
  id: { kind: 'text', path: 'id' },
  price: { kind: 'number', path: 'amount' },
  active: { kind: 'boolean', path: 'active' },
  'metadata.createdAt': { kind: 'date', path: 'createdAt' },
  name: { kind: 'text', path: 'names', localized: true },
};

describe('The search of a list, q', () => {
  it('reads booleans in any case [F-22]', () => {
    expect(parseQuery('active:TRUE', FIELDS)).toEqual([{ op: 'eq', path: 'active', value: true }]);
    expect(parseQuery('active:False', FIELDS)).toEqual([{ op: 'eq', path: 'active', value: false }]);
  });

  it('compares by the type of the field, wherever it is stored [W-61]', () => {
    expect(parseQuery('price:20 active:true id:20', FIELDS)).toEqual([
      { op: 'eq', path: 'amount', value: 20 },
      { op: 'eq', path: 'active', value: true },
      { op: 'eq', path: 'id', value: '20' },
    ]);
    expect(
      parseQuery('metadata.createdAt:(>="2026-01-02" AND <"2026-01-03T00:00:00+01:00")', FIELDS),
    ).toEqual([
      { op: 'gte', path: 'createdAt', value: new Date('2026-01-02T00:00:00Z') },
      { op: 'lt', path: 'createdAt', value: new Date('2026-01-02T23:00:00Z') },
    ]);
  });

  it('takes a quoted value as text, whatever it looks like', () => {
    expect(parseQuery('id:"null"', FIELDS)).toEqual([{ op: 'eq', path: 'id', value: 'null' }]);
    expect(parseQuery('id:"a AND (b)"', FIELDS)).toEqual([{ op: 'eq', path: 'id', value: 'a AND (b)' }]);
    expect(parseQuery('id:urn:yaas:product:acme;umbrella', FIELDS)).toEqual([
      { op: 'eq', path: 'id', value: 'urn:yaas:product:acme;umbrella' },
    ]);
  });

  it('finds everything if it is empty', () => {
    for (const q of [undefined, '', '  ']) expect(parseQuery(q, FIELDS)).toEqual([]);
  });

  it('finds a translation by its language, and accepts only languages', () => {
    expect(findField('name.en-US', FIELDS)).toEqual({ kind: 'text', path: 'names.en-US' });
    for (const name of ['name.$where', 'name.', 'name.en.x', 'id.en', '__proto__', 'name.__proto__', '.en']) {
      expect(findField(name, FIELDS)).toBeUndefined();
    }
  });

  it.each([
    ['nothing', /character 1/],
    ['id:a)', /character 5/],
    ['id:', /ends too early/],
    ['id:(a', /ends too early/],
    ['id:(a,,b)', /character 7/],
    ['id:((a))', /character 5/],
    ['id:"a', /character 4/],
    ['price:(>1 AND <2 AND <3)', /can't be read/],
    ['unknown:a', /unknown: can't be used as a filter here; use one of id, price/],
    ['$where:a', /can't be used as a filter/],
    ['constructor:a', /can't be used as a filter/],
    ['price:cheap', /price: must be a number/],
    ['price:>1e999', /price: must be a number/],
    ['price:(1,x)', /price: must be a number/],
    ['active:1', /active: must be true or false/],
    ['metadata.createdAt:>"yesterday"', /must be an ISO 8601 time/],
    ['metadata.createdAt:>"2026-01-02T00:00:00"', /must be an ISO 8601 time/],
    ['price:~1', /price: ~ works only on texts/],
    ['id:~(a|b)', /id: ~ works only on texts/],
    ['id:~a+', /id: ~ works only on texts/],
    ['id:~a\\', /id: ~ works only on texts/],
  ])('is refused as %s, and the refusal says where and what to do [W-45, W-61, P-51]', (q, message) => {
    expect(() => parseQuery(q, FIELDS)).toThrow(InvalidInput);
    expect(() => parseQuery(q, FIELDS)).toThrow(message);
  });

  it('is limited in length and read in one pass [P-51]', () => {
    const longest = (text: string) => text.repeat(MAX_QUERY_LENGTH / text.length);
    for (const text of ['(', '"', '\\"', 'id:~.* ', 'a ', 'id:(a,', '>']) {
      expect(() => parseQuery(longest(text), FIELDS)).toThrow(InvalidInput);
    }
    expect(() => parseQuery('x'.repeat(MAX_QUERY_LENGTH + 1), FIELDS)).toThrow(/longer than/);
    expect(() => parseQuery('id:a '.repeat(21), FIELDS)).toThrow(/more than 20 clauses/);
    expect(parseQuery(`id:(${Array.from({ length: 300 }, (_, i) => i).join()})`, FIELDS)).toHaveLength(1);
  });
});
