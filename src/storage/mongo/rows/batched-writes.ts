import { mongo } from 'mongoose';
import { isDuplicate, isTooLarge } from '../link/mongo-errors.js';
import type { MongoLink } from '../link/mongo-link.js';
import type { Collection } from '../link/schemas.js';
import { Batch } from './batch.js';

type Write = mongo.AnyBulkWriteOperation<mongo.Document>;

/** `$replaceWith` was given null. */
const NO_REPLACEMENT = 40228;

/** Commands under way of one kind: a write waits for the journal, and MongoDB lets several wait for it together. */
const WRITES = 4;

/**
 * Writes single rows. Concurrent writes become one command, and wait for the journal once. Each write is made to fail
 * if the row is not in the expected state, so that the errors of a bulk say, by position, which rows were not written.
 * A count of matches would not.
 */
export class BatchedWrites {
  private readonly inserts = this.batch();
  /** Apart, as a bulk sends one kind after the other. */
  private readonly updates = this.batch();

  constructor(
    private readonly link: MongoLink,
    private readonly collection: Collection,
  ) {}

  /** @returns false when there is a row of this `_id` */
  insert(document: mongo.Document): Promise<boolean> {
    return this.inserts.add({ insertOne: { document } });
  }

  /** @returns false when there is no row of this `_id`, or one of another `rev` */
  replace(_id: string, rev: string, row: object): Promise<boolean> {
    return this.replaceWith(_id, rev, { $literal: row });
  }

  /**
   * Appends to the row's list of unsent events. The server appends, so that events which another instance has sent and
   * removed meanwhile do not come back.
   * @returns false as `replace` does
   */
  replaceAndTell(_id: string, rev: string, row: object, events: readonly object[]): Promise<boolean> {
    const outbox = { $concatArrays: [{ $ifNull: ['$outbox', []] }, { $literal: events }] };
    return this.replaceWith(_id, rev, { $mergeObjects: [{ $literal: row }, { outbox }] });
  }

  private replaceWith(_id: string, rev: string, row: object): Promise<boolean> {
    // With `upsert`, a row that is not there is null to the pipeline as well, and makes the same error.
    const isAsRead = { $eq: ['$rev', { $literal: rev }] };
    return this.updates.add(byFilter({ _id }, [{ $replaceWith: { $cond: [isAsRead, row, null] } }]));
  }

  /** @returns false when there is a row of this `_id` that is not as the filter says */
  updateOrInsert(filter: mongo.Document, update: mongo.Document): Promise<boolean> {
    return this.updates.add(byFilter(filter, update));
  }

  private batch(): Batch<Write, boolean> {
    return new Batch(
      (writes) => this.send(writes),
      WRITES,
      () => this.link.isLost,
    );
  }

  private async send(writes: readonly Write[]): Promise<readonly (boolean | Error)[]> {
    try {
      await this.link.run(() =>
        this.link.collection(this.collection).bulkWrite([...writes], { ordered: false }),
      );
      return writes.map(() => true);
    } catch (error) {
      const errors = writeErrorsOf(error);
      if (errors) return writes.map((_, i) => resultOf(errors.get(i)));
      // A row that is too large for the driver must not affect other rows.
      if (writes.length === 1 || !isTooLarge(error)) throw error;
      return Promise.all(writes.map((write) => this.alone(write)));
    }
  }

  private async alone(write: Write): Promise<boolean | Error> {
    try {
      const [result = false] = await this.send([write]);
      return result;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

/** The driver's types take every `_id` for an ObjectId. */
const byFilter = (filter: object, update: mongo.Document | mongo.Document[]): Write => ({
  updateOne: { filter: filter as mongo.Filter<mongo.Document>, update, upsert: true },
});

/** By the place of the write. @returns undefined when the bulk as a whole failed, or its durability is not known */
function writeErrorsOf(error: unknown): ReadonlyMap<number, mongo.WriteError> | undefined {
  if (!(error instanceof mongo.MongoBulkWriteError)) return undefined;
  const errors = [error.writeErrors].flat();
  if (errors.length === 0 || error.result.getWriteConcernError()) return undefined;
  return new Map(errors.map((one) => [one.index, one]));
}

function resultOf(failed: mongo.WriteError | undefined): boolean | Error {
  if (!failed) return true;
  const error = new mongo.MongoServerError({ message: failed.errmsg, code: failed.code });
  return isDuplicate(error) || error.code === NO_REPLACEMENT ? false : error;
}
