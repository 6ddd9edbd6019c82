import { describe, expect, it } from 'vitest';
import { aCustomer } from '../../test/support/data/builders.js';
import {
  begins,
  cut,
  folded,
  idAt,
  LONGEST_WORD,
  pageOfFound,
  placeOf,
  searchEntry,
  searchWords,
} from './search.rules.js';

const at = (ms: number): Date => new Date(ms);

describe('The place of a customer in the list of all', () => {
  it('comes before that of an older one, whatever the year, and then goes by id', () => {
    const places = [
      placeOf({ createdAt: at(Date.UTC(2290, 0)), id: 'a' }),
      placeOf({ createdAt: at(1_000), id: 'a' }),
      placeOf({ createdAt: at(999), id: 'a' }),
      placeOf({ createdAt: at(999), id: 'b' }),
      placeOf({ createdAt: at(-1), id: 'a' }),
    ];
    expect(places.toSorted()).toEqual(places);
    expect(places.map(idAt)).toEqual(['a', 'a', 'a', 'b', 'a']);
  });
});

describe('What a customer is found by', () => {
  it('is the e-mail in both forms of its domain and the names, each once, none of them empty', () => {
    const customer = aCustomer({
      email: 'zoë@xn--bcher-kva.example',
      firstName: ' ZOË ',
      lastName: 'zoe\u0308',
    });
    expect(searchWords(customer)).toEqual(['zoë@xn--bcher-kva.example', 'zoë@bücher.example', 'zoë']);
    expect(searchWords(aCustomer({ email: 'a@acme.test', firstName: '' }))).toEqual(['a@acme.test']);
    expect(searchEntry(customer)).toEqual({ place: placeOf(customer), words: searchWords(customer) });
  });

  it('is cut, and has neither control characters nor half of a surrogate pair', () => {
    expect(folded(' A\u0000b\n')).toBe('a b');
    expect(folded('x'.repeat(1_000))).toHaveLength(LONGEST_WORD);
    expect(folded(`${'x'.repeat(LONGEST_WORD - 1)}🦊`).isWellFormed()).toBe(true);
  });

  it('begins with what is searched for, and does not just contain it', () => {
    expect(begins(['anna', 'demo'], 'de')).toBe(true);
    expect(begins(['anna', 'demo'], 'nna')).toBe(false);
  });
});

describe('A page of places', () => {
  it('has each place once, in order, behind the one before', () => {
    expect(pageOfFound(['c', 'a', 'b', 'a', 'd'], undefined, 2)).toEqual({ places: ['a', 'b'], next: 'b' });
    expect(pageOfFound(['c', 'a', 'b', 'a', 'd'], 'b', 2)).toEqual({ places: ['c', 'd'] });
    expect(pageOfFound([], 'b', 2)).toEqual({ places: [] });
  });

  it('goes on where the search gave up, if it is short', () => {
    expect(cut(['a'], 2, 'x')).toEqual({ places: ['a'], next: 'x' });
    expect(cut(['a', 'b', 'c'], 2, 'x')).toEqual({ places: ['a', 'b'], next: 'b' });
    expect(cut([], 2)).toEqual({ places: [] });
  });
});
