import type { Database, Key } from 'lmdb';
import { LAST } from './table.js';

const EMPTY = Buffer.alloc(0);

/** Where to begin and to end: the parts of a key behind its prefix. */
export interface KeyRange {
  /** The first that is not returned. */
  readonly before?: readonly (string | number)[];
  /** The last one, or its first parts. */
  readonly from?: readonly (string | number)[];
}

/** Entries without a value, in order of their keys. */
export class KeyIndex {
  constructor(private readonly db: Database<Buffer, Key>) {}

  /** Inside `EmbeddedStore.write` only. */
  put(key: (string | number)[]): void {
    this.db.putSync(key, EMPTY);
  }

  /** Inside `EmbeddedStore.write` only. @returns whether there was one */
  remove(key: (string | number)[]): boolean {
    return this.db.removeSync(key);
  }

  has(key: (string | number)[]): boolean {
    return this.db.doesExist(key);
  }

  /**
   * Returns the keys that begin with this prefix, in order.
   * @param before what follows the prefix in the first key that is not returned
   */
  forwards(
    prefix: readonly (string | number)[],
    limit: number,
    before: readonly (string | number)[] = [LAST],
  ) {
    const keys = this.db.getKeys({ start: [...prefix], end: [...prefix, ...before], limit });
    return [...keys].map((key) => key as (string | number)[]);
  }

  /** Returns what follows the prefix in its keys, the last one first. */
  backwards(
    prefix: readonly (string | number)[],
    { before = [LAST], from = [] }: KeyRange,
    limit: number,
  ): (string | number)[][] {
    const range = { start: [...prefix, ...before], end: [...prefix, ...from], exclusiveStart: true };
    const keys = this.db.getKeys({ ...range, reverse: true, limit });
    return [...keys].map((key) => (key as (string | number)[]).slice(prefix.length));
  }
}
