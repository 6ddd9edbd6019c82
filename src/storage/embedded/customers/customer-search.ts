import { setImmediate } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Customer } from '../../../customer/customer.types.js';
import {
  begins,
  cut,
  MOST_HITS,
  MOST_WALKED,
  pageOfFound,
  searchEntry,
} from '../../../customer/search.rules.js';
import type { CustomerSearch, PlacesPage, SearchEntry } from '../../../customer/search.types.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import { type KeyPage, LAST, type Table } from '../store/table.js';

interface Hit {
  readonly place: string;
  readonly word: string;
}

/** Number of leading characters of a word that are indexed. More would hardly tell customers apart. */
const DEPTH = 32;
const SYMBOLS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** Customers that are indexed in one write, and customers between two lines of the log about progress. */
const A_WRITE = 1_000;
const A_REPORT = 100_000;

/** Entries that are read before others get their turn. */
const AT_ONCE = 500;

/** Key of the record that says that the index has been built. */
const NAME = 'customers-search';

/**
 * Returns a key under which words with one beginning are neighbours: a symbol for each character, which depends on all
 * characters before it. Keys stay behind in the store for a while (P-72), so they must not be readable.
 */
function pathOf(word: string): string {
  let [path, state] = ['', SEED];
  for (let i = 0; i < Math.min(word.length, DEPTH); i += 1) {
    // FNV-1a, of which the highest bits are mixed best.
    state = Math.imul(state ^ word.charCodeAt(i), PRIME);
    path += SYMBOLS[(state ^ (state >>> 15)) >>> 26];
  }
  return path;
}

const keysOf = (tenant: string, { place, words }: SearchEntry): readonly (readonly [string[], Hit])[] =>
  words.map((word) => [[tenant, pathOf(word), place], { place, word }] as const);

/** Finds customers by what their words begin with. Its entries are written in the customer's own write. */
export class LmdbCustomerSearch {
  private readonly log = new Logger('EmbeddedStore');
  private readonly byPlace: Table<readonly string[]>;
  private readonly byWord: Table<Hit>;
  private readonly built: Table<true>;

  constructor(private readonly store: EmbeddedStore) {
    this.byPlace = store.table('customers-by-place');
    this.byWord = store.table('customers-by-word');
    this.built = store.table('built-indexes', 'service');
  }

  /** Inside `EmbeddedStore.write` only. */
  move(tenant: string, before: Customer | undefined, next: Customer | undefined): void {
    const [old, entry] = [before, next].map((customer) => customer && searchEntry(customer));
    if (old && entry && old.place === entry.place && old.words.join('\0') === entry.words.join('\0')) return;
    if (old) {
      this.byPlace.remove([tenant, old.place]);
      for (const [key] of keysOf(tenant, old)) this.byWord.remove(key);
    }
    if (entry) this.add(tenant, entry);
  }

  async search(tenant: string, { prefix, after, limit }: CustomerSearch): Promise<PlacesPage> {
    const hits = prefix === undefined ? undefined : this.hitsOf(tenant, prefix);
    return hits ? pageOfFound(hits, after, limit) : this.walk(tenant, prefix ?? '', after ?? '', limit);
  }

  /** Returns the places of customers with this word. @returns undefined if they are too many to be sorted */
  placesOf(tenant: string, word: string): readonly string[] | undefined {
    const path = pathOf(word);
    const hits = [...this.byWord.between([tenant, path], [tenant, `${path}${LAST}`], MOST_HITS + 1)];
    if (hits.length > MOST_HITS) return undefined;
    return hits.filter(({ row }) => row.word === word).map(({ row }) => row.place);
  }

  /** Returns places of all customers, the newest first. */
  places(tenant: string, page: KeyPage): readonly string[] {
    return this.byPlace.keys([tenant], page).map((key) => key[1] ?? '');
  }

  count(tenant: string): number {
    return this.byPlace.count([tenant]);
  }

  /** Indexes the customers of a store that an earlier version has written. It resumes where it was interrupted. */
  async build(customers: Table<Customer>): Promise<void> {
    if (this.built.get([NAME])) return;
    let [last, done]: [string[], number] = [[''], 0];
    for (;;) {
      const some = [...customers.between(last, [LAST], A_WRITE)];
      await this.store.write(() => {
        for (const { key } of some) this.index(customers.get(key));
        if (some.length < A_WRITE) this.built.put([NAME], true);
      });
      last = some.at(-1)?.key ?? last;
      const before = done;
      done += some.length;
      if (Math.floor(done / A_REPORT) > Math.floor(before / A_REPORT))
        this.log.log(`Indexing customers for searches: ${done} done`);
      if (some.length < A_WRITE) break;
    }
    if (done > 0) this.log.log(`Indexed ${done} customers for searches`);
  }

  private index(customer: Customer | undefined): void {
    if (customer) this.add(customer.tenant, searchEntry(customer));
  }

  private add(tenant: string, entry: SearchEntry): void {
    this.byPlace.put([tenant, entry.place], entry.words);
    for (const [key, hit] of keysOf(tenant, entry)) this.byWord.put(key, hit);
  }

  /** @returns undefined if they are too many to be sorted */
  private hitsOf(tenant: string, prefix: string): readonly string[] | undefined {
    const path = pathOf(prefix);
    const hits = [...this.byWord.between([tenant, path], [tenant, `${path}${LAST}`], MOST_HITS + 1)];
    if (hits.length > MOST_HITS) return undefined;
    return hits.filter(({ row: { word } }) => word.startsWith(prefix)).map(({ row: { place } }) => place);
  }

  private async walk(tenant: string, prefix: string, after: string, limit: number): Promise<PlacesPage> {
    const found: string[] = [];
    let [last, walked] = [after, 0];
    while (walked < MOST_WALKED && found.length <= limit) {
      const some = [
        ...this.byPlace.between([tenant, last], [tenant, LAST], Math.min(AT_ONCE, limit + walked + 1)),
      ];
      if (some.length === 0) return cut(found, limit);
      for (const { key, row } of some) {
        last = key[1] ?? last;
        if (begins(row, prefix)) found.push(last);
      }
      walked += some.length;
      await setImmediate();
    }
    return cut(found, limit, last);
  }
}
