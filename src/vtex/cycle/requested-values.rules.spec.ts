import { describe, expect, it } from 'vitest';
import { InvalidInput, TooLarge } from '../../shared/domain-error.js';
import { askedValues } from './requested-values.rules.js';

const entriesOf = (query: unknown, given?: unknown) => [...askedValues(query, given)];

function fieldsOf(query: unknown, given?: unknown): readonly string[] {
  try {
    askedValues(query, given);
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ field }) => field);
    throw error;
  }
  return [];
}

describe('A request', () => {
  it('sets its query parameters as texts and the values of its body as any JSON [W-64, W-65, F-54]', () => {
    const given = { cart: { value: { lines: [1, 2] } }, vip: { value: true }, note: { value: '' } };
    expect(entriesOf({ utm_source: 'google' }, given)).toEqual([
      ['public.utm_source', 'google'],
      ['public.cart', { lines: [1, 2] }],
      ['public.vip', true],
      ['public.note', ''],
    ]);
  });

  it('sets nothing when it has neither query nor body', () => {
    expect(entriesOf(undefined)).toEqual([]);
    expect(entriesOf({}, {})).toEqual([]);
  });

  it('lets the body win over the query, also to remove the value', () => {
    expect(entriesOf({ a: 'query' }, { a: { value: 'body' } })).toEqual([['public.a', 'body']]);
    expect(entriesOf({ a: 'query' }, { a: { value: null } })).toEqual([['public.a', null]]);
  });

  it('uses the last of a query parameter that it repeats', () => {
    expect(entriesOf({ sc: ['1', '2'] })).toEqual([['public.sc', '2']]);
    expect(entriesOf({ sc: [] })).toEqual([['public.sc', '']]);
  });

  it('sets no value by the query parameters that name the account and what to return [D-19]', () => {
    expect(entriesOf({ an: 'acme', items: 'public.*' })).toEqual([]);
    expect(entriesOf({}, { an: { value: 'x' } })).toEqual([['public.an', 'x']]);
  });

  it.each([[null], ['text'], [['list']], [1]])('is refused when `public` is no object: %j', (given) => {
    expect(fieldsOf({}, given)).toEqual(['public']);
  });

  it('removes a value that is undefined, which JavaScript sends as {}', () => {
    expect(entriesOf({ a: 'query' }, { a: {} })).toEqual([['public.a', null]]);
  });

  it.each([['google'], [null], [['google']], [{ Value: 'google' }]])(
    'is refused when it does not wrap a value in an object: %j',
    (item) => {
      expect(fieldsOf({}, { fine: { value: 1 }, utm_source: item })).toEqual(['public.utm_source']);
    },
  );

  it('is held to the limits of attributes, in its query and in its body [D-14]', () => {
    const long = 'x'.repeat(64 * 1024);
    expect(fieldsOf({ ['k'.repeat(257)]: 'v' })).toEqual(['key']);
    expect(fieldsOf({}, { '': { value: 'v' } })).toEqual(['key']);
    expect(() => askedValues({ a: long }, undefined)).toThrow(TooLarge);
    expect(() => askedValues({}, { a: { value: long } })).toThrow(TooLarge);
  });

  it('may remove a value of any name, even one that no attribute could have', () => {
    const name = 'k'.repeat(257);
    expect(entriesOf({}, { [name]: { value: null } })).toEqual([[`public.${name}`, null]]);
  });

  it('may use names that every object has, as plain data', () => {
    const given: unknown = JSON.parse('{"__proto__": {"value": "a"}, "constructor": {"value": "b"}}');
    expect(entriesOf({}, given)).toEqual([
      ['public.__proto__', 'a'],
      ['public.constructor', 'b'],
    ]);
  });
});
