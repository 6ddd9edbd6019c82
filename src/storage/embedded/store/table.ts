import { deserialize, serialize } from 'node:v8';
import type { Database, Key } from 'lmdb';
import type { RowCache } from './row-cache.js';

/** LMDB refuses longer keys at once; none of our ids comes near. */
const MAX_KEY_BYTES = 1900;

/** Sorts behind every other part of a key. */
export const LAST = '\u{10FFFF}';

export interface SizedRow<Row> {
  readonly key: string[];
  readonly row: Row;
  /** As stored. */
  readonly bytes: number;
}

export interface KeyPage {
  readonly skip: number;
  readonly limit: number;
  /** Whether the last key comes first. */
  readonly reverse: boolean;
}

/** Rows under keys in order. Values keep Dates, Maps and odd property names (`node:v8`'s format). */
export class Table<Row> {
  constructor(
    private readonly db: Database<Buffer, Key>,
    private readonly name: string,
    private readonly cache: RowCache,
  ) {}

  /** Frozen, where it is an object that the cache keeps. */
  get(key: string[]): Row | undefined {
    const place = this.placeOf(key);
    const known = this.cache.get(place);
    if (known !== undefined) return known as Row;
    if (!fits(key)) return undefined;
    const bytes = this.db.get(key);
    return bytes === undefined ? undefined : this.cache.keep(place, deserialize(bytes) as Row, bytes.length);
  }

  /** Inside `EmbeddedStore.write` only. */
  put(key: string[], row: Row): void {
    this.cache.touch(this.placeOf(key));
    this.db.putSync(key, serialize(row));
  }

  /** As `put`. The cache then keeps the row itself, frozen, for those who will read it soon. */
  putKept(key: string[], row: Row & object): void {
    const bytes = serialize(row);
    this.cache.replace(this.placeOf(key), row, bytes.length);
    this.db.putSync(key, bytes);
  }

  /** Inside `EmbeddedStore.write` only. @returns whether there was one */
  remove(key: string[]): boolean {
    this.cache.touch(this.placeOf(key));
    return fits(key) && this.db.removeSync(key);
  }

  /** As `get`, with the bytes that it takes. */
  sizedRow(key: string[]): SizedRow<Row> | undefined {
    if (!fits(key)) return undefined;
    const value = this.db.get(key);
    return value && { key, row: deserialize(value) as Row, bytes: value.length };
  }

  /**
   * Every row whose key begins with these texts, with the bytes that it takes.
   * @param behind only what comes behind this key
   */
  *sized(prefix: readonly string[], behind?: readonly string[]): Generator<SizedRow<Row>> {
    const start = behind ? { start: [...behind], exclusiveStart: true } : { start: [...prefix] };
    for (const { key, value } of this.db.getRange({ ...start, end: [...prefix, LAST] })) {
      yield { key: key as string[], row: deserialize(value) as Row, bytes: value.length };
    }
  }

  /**
   * Rows of a large table in order of their keys, none of which the cache keeps.
   * @param after behind this key, which need not exist
   * @param before up to this key, without it
   */
  *between(after: string[], before: string[], limit = Infinity): Generator<SizedRow<Row>> {
    const range = { start: after, exclusiveStart: true, end: before, limit };
    for (const { key, value } of this.db.getRange(range)) {
      yield { key: key as string[], row: deserialize(value) as Row, bytes: value.length };
    }
  }

  /** A page of the keys that begin with these texts. */
  keys(prefix: readonly string[], { skip, limit, reverse }: KeyPage): string[][] {
    const [first, last] = [[...prefix], [...prefix, LAST]];
    const range = reverse ? { start: last, end: first, reverse } : { start: first, end: last };
    return [...this.db.getKeys({ ...range, offset: skip, limit })].map((key) => key as string[]);
  }

  /** How many keys begin with these texts. */
  count(prefix: readonly string[]): number {
    return this.db.getKeysCount({ start: [...prefix], end: [...prefix, LAST] });
  }

  /** Every row whose key begins with these parts, in order of the keys. */
  *under(prefix: readonly (string | number)[], limit?: number): Generator<{ key: Key; row: Row }> {
    const range = { start: [...prefix], end: [...prefix, LAST], ...(limit !== undefined && { limit }) };
    for (const { key, value } of this.db.getRange(range)) {
      // lmdb gives a key of one part without its list.
      const place = this.placeOf([key].flat() as (string | number)[]);
      const known = this.cache.get(place) as Row | undefined;
      yield { key, row: known ?? this.cache.keep(place, deserialize(value) as Row, value.length) };
    }
  }

  /**
   * The last parts of keys that begin with these texts, last first: below `below`, and above `above`. Both default to
   * the ends.
   */
  *lastParts(prefix: readonly string[], below = LAST, above = ''): Generator<string> {
    const range = { start: [...prefix, below], end: [...prefix, above], reverse: true };
    for (const key of this.db.getKeys(range)) {
      const part = String([key].flat().at(-1));
      if (part !== below) yield part;
    }
  }

  /** Two keys of a table differ here too: what comes before their last text is a tenant's name, which has no NUL. */
  private placeOf(key: readonly (string | number)[]): string {
    return `${this.name}\0${key.join('\0')}`;
  }
}

const fits = (key: readonly string[]): boolean => Buffer.byteLength(key.join('\0')) <= MAX_KEY_BYTES;
