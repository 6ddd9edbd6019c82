import type { mongo } from 'mongoose';
import { type MongoLink, READ_WITHIN_MS } from '../link/mongo-link.js';
import type { Collection } from '../link/schemas.js';
import { Batch } from './batch.js';

/** Commands under way for one collection: a read is over soon. */
const READS = 1;

/** Reads single rows by `_id`. Concurrent reads become one `find`; a lone read is a `find` by its `_id`. */
export class BatchedReads<R extends { readonly _id: string }> {
  private readonly batch = new Batch(
    (ids: readonly string[]) => this.read(ids),
    READS,
    () => this.link.isLost,
  );

  constructor(
    private readonly link: MongoLink,
    private readonly collection: Collection,
  ) {}

  /** @param projection of a part of the row: such a read goes alone */
  async find(id: string, projection?: object): Promise<R | undefined> {
    if (!projection) return this.batch.add(id);
    const [row] = await this.link.read((level) => this.each([id], { ...within(level), projection }));
    return row;
  }

  private async read(ids: readonly string[]): Promise<readonly (R | undefined)[]> {
    const asked = [...new Set(ids)];
    const rows = await this.link.read((level) => {
      const options = within(level);
      // MongoDB guarantees linearizable reads only for a filter that names one document.
      return level === 'majority' && asked.length > 1
        ? this.several(asked, options)
        : this.each(asked, options);
    });
    const byId = new Map(rows.map((row) => [row._id, row]));
    return ids.map((id) => byId.get(id));
  }

  private async several(ids: readonly string[], options: mongo.FindOptions): Promise<readonly R[]> {
    const found = await this.link
      .collection(this.collection)
      .find(byId({ $in: ids }), options)
      .toArray();
    return found as unknown as R[];
  }

  private async each(ids: readonly string[], options: mongo.FindOptions): Promise<readonly R[]> {
    const found = await Promise.all(
      ids.map((id) => this.link.collection(this.collection).findOne(byId(id), options)),
    );
    return found.filter((row) => row !== null) as unknown as R[];
  }
}

const within = (level: 'majority' | 'linearizable'): mongo.FindOptions => ({
  readConcern: { level },
  maxTimeMS: READ_WITHIN_MS,
});

/** The driver's types take every `_id` for an ObjectId. */
const byId = (_id: string | { readonly $in: readonly string[] }) =>
  ({ _id }) as unknown as mongo.Filter<mongo.Document>;
