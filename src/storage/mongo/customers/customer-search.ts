import { Logger } from '@nestjs/common';
import { cut, MOST_HITS, MOST_WALKED, pageOfFound } from '../../../customer/search.rules.js';
import type { CustomerSearch, PlacesPage, SearchEntry } from '../../../customer/search.types.js';
import { CUSTOMERS_BY_PLACE, CUSTOMERS_BY_WORD } from '../link/schemas.js';
import type { RecordRow } from '../rows/records.js';
import { type Filter, op, type Rows } from '../rows/rows.js';

/** A row that can be searched for. `place` begins with the tenant, so that one index serves all lists. */
export interface SearchRow extends RecordRow {
  readonly tenant: string;
  /** Absent in rows of an earlier version, and in fences. */
  readonly search?: SearchedPart;
}

export interface SearchedPart extends SearchEntry {
  /** All words, each behind a line break: an index has room for one list, not for a list and an order. */
  readonly text: string;
  /**
   * By `profileKeyOf`, for lists of sessions by segment. It is here because an earlier version, which does not know it,
   * writes this part anew without it. Then the profile is unknown, and not a wrong one.
   */
  readonly profile?: string;
}

interface RowsPage<R> {
  readonly rows: readonly R[];
  readonly next?: string;
}

/** Customers that are indexed at once, and customers between two lines of the log about progress. */
const AT_ONCE = 500;
const A_REPORT = 50_000;

const PLACE = { 'search.place': 1 } as const;
/** Sorts behind every text. */
const LAST = '\u{10FFFF}';

export const searchRow = (tenant: string, { place, words }: SearchEntry): SearchedPart => ({
  place: `${tenant}/${place}`,
  words,
  text: words.map((word) => `\n${word}`).join(''),
});

/** Finds customers by an index on a part of their own document. */
export class MongoCustomerSearch<R extends SearchRow> {
  private readonly log = new Logger('MongoStorage');
  private running = false;

  constructor(
    private readonly rows: Rows<R>,
    private readonly partOf: (row: R) => SearchedPart,
  ) {}

  async search(tenant: string, { prefix, after = '', limit }: CustomerSearch): Promise<RowsPage<R>> {
    const found = prefix === undefined ? undefined : await this.hitsOf(tenant, prefix);
    if (!found) return this.walk(tenant, prefix, after, limit);
    const { places, ...next } = pageOfFound(found, after, limit);
    return { rows: await this.at(tenant, places), ...next };
  }

  /** Returns the places of customers with this word. @returns undefined if they are too many to be sorted */
  async placesOf(tenant: string, word: string): Promise<readonly string[] | undefined> {
    return this.found({ tenant, 'search.words': word });
  }

  /** Runs in the background, one run at a time. The next call makes up for a failure. */
  indexOlder(): void {
    if (this.running) return;
    this.running = true;
    this.indexAll()
      .catch((error: unknown) => this.log.debug({ err: error }, 'Customers could not be indexed yet'))
      .finally(() => (this.running = false));
  }

  private async indexAll(): Promise<void> {
    let done = 0;
    for (;;) {
      const some = await this.older();
      const indexed = await Promise.all(some.map((row) => this.index(row)));
      const before = done;
      done += indexed.filter(Boolean).length;
      if (Math.floor(done / A_REPORT) > Math.floor(before / A_REPORT))
        this.log.log(`Indexing customers for searches: ${done} done`);
      if (done === before) break;
    }
    if (done > 0) this.log.log(`Indexed ${done} customers for searches`);
  }

  private older(): Promise<R[]> {
    // Fences have no place either; they go by themselves.
    const filter = { 'search.place': op({ $eq: null }), tenant: op({ $exists: true }) };
    return this.rows.list(filter, { limit: AT_ONCE, hint: CUSTOMERS_BY_PLACE });
  }

  /** `rev` stays, since every write of a customer brings its index along. */
  private index(row: R): Promise<boolean> {
    return this.rows.update({ _id: row._id, rev: row.rev }, { $set: { search: this.partOf(row) } });
  }

  /** @returns undefined if they are too many to be sorted */
  private async hitsOf(tenant: string, prefix: string): Promise<readonly string[] | undefined> {
    return this.found({ tenant, 'search.words': op({ $regex: `^${literal(prefix)}` }) });
  }

  private async found(filter: Filter): Promise<readonly string[] | undefined> {
    const part = { 'search.place': 1, _id: 0 };
    const found = await this.rows.list(filter, { part, limit: MOST_HITS + 1, hint: CUSTOMERS_BY_WORD });
    return found.length > MOST_HITS ? undefined : found.map((row) => this.placeIn(row));
  }

  private async walk(
    tenant: string,
    prefix: string | undefined,
    after: string,
    limit: number,
  ): Promise<RowsPage<R>> {
    const end = prefix === undefined ? undefined : await this.endOfWalk(tenant, after);
    const range = op({ $gt: `${tenant}/${after}`, $lte: `${tenant}/${end ?? LAST}` });
    const filter: Filter = {
      'search.place': range,
      ...(prefix !== undefined && { 'search.text': op({ $regex: `\\n${literal(prefix)}` }) }),
    };
    const options = { sort: PLACE, limit: limit + 1, hint: CUSTOMERS_BY_PLACE };
    const rows = await this.rows.list(filter, options);
    const { places, ...next } = cut(
      rows.map((row) => this.placeIn(row)),
      limit,
      end,
    );
    return { rows: rows.slice(0, places.length), ...next };
  }

  /** @returns undefined if the customers end before */
  private async endOfWalk(tenant: string, after: string): Promise<string | undefined> {
    const range = op({ $gt: `${tenant}/${after}`, $lte: `${tenant}/${LAST}` });
    const options = { sort: PLACE, skip: MOST_WALKED - 1, limit: 1, hint: CUSTOMERS_BY_PLACE };
    const [row] = await this.rows.list({ 'search.place': range }, { ...options, part: { ...PLACE, _id: 0 } });
    return row && this.placeIn(row);
  }

  private async at(tenant: string, places: PlacesPage['places']): Promise<readonly R[]> {
    if (places.length === 0) return [];
    const range = op({ $in: places.map((place) => `${tenant}/${place}`) });
    return this.rows.list({ 'search.place': range }, { sort: PLACE, hint: CUSTOMERS_BY_PLACE });
  }

  private placeIn({ search }: SearchRow): string {
    const place = search?.place ?? '';
    return place.slice(place.indexOf('/') + 1);
  }
}

/** A pattern that takes this text alone, in the spelling whose beginning the server looks up in an index. */
const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
