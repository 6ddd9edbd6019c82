import type { Customer } from './customer.types.js';

/** Asks for a page of a tenant's customers, newest first. */
export interface CustomerSearch {
  /** Only customers of whom one of `searchWords` begins with this. It is already folded. */
  readonly prefix?: string;
  /** Go on after this place: `next` of the page before. */
  readonly after?: string;
  readonly limit: number;
}

/** A page may hold fewer customers than asked for, or none, and still have a `next`. */
export interface CustomerPage {
  readonly rows: readonly Customer[];
  /** Where the next page goes on. Absent on the last page. */
  readonly next?: string;
}

/** What the index of a search holds of a customer. */
export interface SearchEntry {
  /** See `placeOf`. */
  readonly place: string;
  readonly words: readonly string[];
}

/** A page before its customers are read. */
export interface PlacesPage {
  readonly places: readonly string[];
  readonly next?: string;
}
