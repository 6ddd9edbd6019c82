import type { mongo } from 'mongoose';
import { type MongoLink, READ_WITHIN_MS } from '../link/mongo-link.js';
import type { Collection } from '../link/schemas.js';
import { Batch } from './batch.js';

/** Commands under way for one collection: a read is over soon. */
const READS = 1;

/** Calls of `read` share commands. It gets each id once. */
export const batchOfReads = <V>(
  link: MongoLink,
  read: (ids: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): Batch<string, V | undefined> =>
  new Batch(
    async (ids: readonly string[]) => {
      const found = await read([...new Set(ids)]);
      return ids.map((id) => found.get(id));
    },
    READS,
    () => link.isLost,
  );

/** Reads single rows by `_id`. Concurrent reads become one `find`; a lone read is a `find` by its `_id`. */
export class BatchedReads<R extends { readonly _id: string }> {
  private readonly batch = batchOfReads<R>(this.link, async (ids) => {
    const rows = await findByIds<R>(this.link, this.collection, ids);
    return new Map(rows.map((row) => [row._id, row]));
  });

  constructor(
    private readonly link: MongoLink,
    private readonly collection: Collection,
  ) {}

  /** @param projection of a part of the row: such a read goes alone */
  async find(id: string, projection?: object): Promise<R | undefined> {
    if (!projection) return this.batch.add(id);
    const [row] = await findByIds<R>(this.link, this.collection, [id], projection);
    return row;
  }
}

/** @returns those that are there, in any order */
export function findByIds<R>(
  link: MongoLink,
  collection: Collection,
  ids: readonly string[],
  projection?: object,
): Promise<readonly R[]> {
  return link.read(async (level) => {
    const rows = link.collection(collection);
    const options = { readConcern: { level }, maxTimeMS: READ_WITHIN_MS, ...(projection && { projection }) };
    // MongoDB guarantees linearizable reads only for a filter that names one document.
    const found =
      level === 'majority' && ids.length > 1
        ? await rows.find(byId({ $in: ids }), options).toArray()
        : await Promise.all(ids.map((id) => rows.findOne(byId(id), options)));
    return found.filter((row) => row !== null) as unknown as readonly R[];
  });
}

/** The driver's types take every `_id` for an ObjectId. */
const byId = (_id: string | { readonly $in: readonly string[] }) =>
  ({ _id }) as unknown as mongo.Filter<mongo.Document>;
