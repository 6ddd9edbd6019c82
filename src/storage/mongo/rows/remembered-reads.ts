import { LRUCache } from 'lru-cache';
import { decodedSize, ENTRY_BYTES, LARGEST_PART } from '../../decoded-size.js';
import { frozen } from '../../frozen.js';
import type { MongoLink } from '../link/mongo-link.js';
import type { Collection } from '../link/schemas.js';
import { batchOfReads, findByIds } from './batched-reads.js';
import { fromStored, toStored } from './stored-text.js';

/** Approximate memory for the rows of one collection. */
const BYTES = 32 * 1024 * 1024;

interface Revised {
  readonly _id: string;
  /** Different after each write of what `decode` reads. */
  readonly rev: string;
}

/** What the server sends of a row: nothing but its id if the state that is remembered is the current one. */
interface Sent<R> {
  readonly _id: string;
  readonly changed?: Changed<R>;
}

interface Changed<R> {
  readonly row: R;
  readonly bytes: number;
}

interface Seen<V> {
  readonly rev: string;
  /** From the second read of this state on: most rows are read once, and then written or left. */
  readonly value?: V;
}

/**
 * Reads rows that are read far more often than written. Each read asks the server, so that it sees what any instance
 * has written; a row that has not changed since it was last read is neither sent nor decoded again. Values that are
 * remembered are frozen, because all readers share them.
 */
export class RememberedReads<R extends Revised, V extends object> {
  private readonly batch = batchOfReads<V>(this.link, (ids) => this.read(ids));
  private readonly memory = new LRUCache<string, Seen<V>>({
    maxSize: BYTES,
    maxEntrySize: BYTES / LARGEST_PART,
  });

  /**
   * @param decode undefined if the row is to be taken for none
   * @param isLasting whether a value remains right until `rev` is another one
   */
  constructor(
    private readonly link: MongoLink,
    private readonly collection: Collection,
    private readonly decode: (row: R) => V | undefined,
    private readonly isLasting: (value: V) => boolean,
  ) {}

  find(id: string): Promise<V | undefined> {
    return this.batch.add(toStored(id));
  }

  private async read(ids: readonly string[]): Promise<ReadonlyMap<string, V>> {
    // Held until the answer is there, as the memory may drop them.
    const seen = new Map<string, Seen<V>>();
    for (const id of ids) {
      const one = this.memory.get(id);
      if (one) seen.set(id, one);
    }
    const found = new Map<string, V>();
    for (const { _id, changed } of await this.sent(ids, seen)) {
      const before = seen.get(_id);
      const value = changed ? this.taken(changed, before) : before?.value;
      if (value) found.set(_id, value);
    }
    for (const id of seen.keys()) if (!found.has(id)) this.memory.delete(id);
    return found;
  }

  private async sent(
    ids: readonly string[],
    seen: ReadonlyMap<string, Seen<V>>,
  ): Promise<readonly Sent<R>[]> {
    if (seen.size === 0) {
      const rows = await findByIds<R>(this.link, this.collection, ids);
      return rows.map((row) => ({ _id: row._id, changed: { row, bytes: 0 } }));
    }
    const known = [...seen.values()].filter(({ value }) => value).map(({ rev }) => rev);
    return findByIds<Sent<R>>(this.link, this.collection, ids, unlessOneOf(known));
  }

  private taken({ row, bytes }: Changed<R>, before: Seen<V> | undefined): V | undefined {
    const { _id, rev } = row;
    const value = this.decode(fromStored(row));
    if (!value || !this.isLasting(value)) this.memory.delete(_id);
    else if (before?.rev !== rev) this.memory.set(_id, { rev }, { size: ENTRY_BYTES });
    else this.memory.set(_id, { rev, value: frozen(value) }, { size: decodedSize(bytes) });
    return value;
  }
}

/** @param revs no two rows have the same, so that they need not be told apart by their ids */
const unlessOneOf = (revs: readonly string[]): object => ({
  _id: 1,
  changed: {
    $cond: [
      { $in: ['$rev', { $literal: revs }] },
      '$$REMOVE',
      { row: '$$ROOT', bytes: { $bsonSize: '$$ROOT' } },
    ],
  },
});
