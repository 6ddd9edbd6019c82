import { readableEmail } from '../shared/email.js';
import type { Customer } from './customer.types.js';
import type { PlacesPage, SearchEntry } from './search.types.js';

/** In UTF-16 units. Longer names are found by their beginning. */
export const LONGEST_WORD = 200;

/**
 * Up to this many index entries of a prefix are read and sorted for each page. A prefix that more customers share is
 * looked for among the newest customers instead: there are enough of them there.
 */
export const MOST_HITS = 2_000;

/** How many of the newest customers one page looks through for such a prefix. Then the page is short. */
export const MOST_WALKED = 4_000;

/** The largest time that a Date can hold. */
const LAST_MS = 8.64e15;
const DIGITS = 17;

/** Returns the place of a customer in the list of all: the newest first, then by id. Places are compared as text. */
export function placeOf({ createdAt, id }: Pick<Customer, 'createdAt' | 'id'>): string {
  return `${String(LAST_MS - createdAt.getTime()).padStart(DIGITS, '0')}/${id}`;
}

/** Returns the id of the customer at this place. */
export const idAt = (place: string): string => place.slice(DIGITS + 1);

/** Returns the text that is compared when somebody searches: without regard to capitals and to how accents are typed. */
export function folded(text: string): string {
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim();
  return plain.slice(0, LONGEST_WORD).toWellFormed();
}

/** Returns the words of which one must begin with what is searched for. An e-mail is found by either form of its domain. */
export function searchWords({ email, firstName, lastName }: Customer): readonly string[] {
  const texts = [email, readableEmail(email), firstName, lastName];
  const words = texts.map((text) => (text === undefined ? '' : folded(text))).filter((word) => word !== '');
  return [...new Set(words)];
}

export const searchEntry = (customer: Customer): SearchEntry => ({
  place: placeOf(customer),
  words: searchWords(customer),
});

export const begins = (words: readonly string[], prefix: string): boolean =>
  words.some((word) => word.startsWith(prefix));

/** Returns a page of all places that were found. @param found in any order, possibly repeated */
export function pageOfFound(found: Iterable<string>, after: string | undefined, limit: number): PlacesPage {
  const places = [...new Set(found)].filter((place) => after === undefined || place > after).sort();
  return cut(places, limit);
}

/** Returns a page of places in order, of which one more than `limit` was looked for. @param end where the search gave up */
export function cut(places: readonly string[], limit: number, end?: string): PlacesPage {
  const page = places.slice(0, limit);
  const next = places.length > limit ? page.at(-1) : end;
  return { places: page, ...(next !== undefined && { next }) };
}
