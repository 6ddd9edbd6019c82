import { type Model, type mongo, type QueryFilter, trusted, type UpdateQuery } from 'mongoose';
import { TooLarge } from '../../../shared/domain-error.js';
import { isDuplicate, isTooLarge, isTooManyValues } from '../link/mongo-errors.js';
import type { MongoLink } from '../link/mongo-link.js';
import type { Collection } from '../link/schemas.js';
import { BatchedReads } from './batched-reads.js';
import { BatchedWrites } from './batched-writes.js';
import { RememberedReads } from './remembered-reads.js';
import { fromStored, toStored } from './stored-text.js';

export interface Row {
  readonly _id: string;
}

/** Operators of a filter. Any other object is compared as a value, because of `sanitizeFilter`. */
export class Operators {
  constructor(readonly operators: object) {}
}

export const op = (operators: object): Operators => new Operators(operators);

export type Filter = Readonly<Record<string, string | Operators>> & { readonly $and?: never };

/** All of these filters at once: a field may have several conditions. */
export interface AllOf {
  readonly tenant: string;
  readonly _id?: Operators;
  readonly $and?: readonly Filter[];
}

/** `_id` of what a tenant has under this id. A tenant's name has no slash, so no two give the same. */
export const idOf = (tenant: string, id: string): string => `${tenant}/${id}`;

export interface ListOptions {
  readonly sort?: Record<string, 1 | -1>;
  readonly skip?: number;
  readonly limit?: number;
  /** A projection. */
  readonly part?: object;
  /** The index to go by, where the planner could take another one and sort in memory. */
  readonly hint?: Record<string, 1 | -1>;
}

interface Grouped {
  readonly _id: string | null;
  readonly count?: number;
}

/** One collection, each call a single command. All throw StoreUnavailable when MongoDB can't answer. */
export class Rows<R extends Row> {
  private readonly model: Model<R>;
  private readonly reads: BatchedReads<R>;
  private readonly writes: BatchedWrites;

  constructor(
    private readonly link: MongoLink,
    private readonly collection: Collection,
  ) {
    this.model = link.model<R>(collection);
    this.reads = new BatchedReads(link, collection);
    this.writes = new BatchedWrites(link, collection);
  }

  /** @param part a projection, for a row that may be large */
  async find(id: string, part?: object): Promise<R | undefined> {
    const row = await this.reads.find(toStored(id), part);
    return row && fromStored(row);
  }

  /** Reads of single rows of this collection that remember what they read: see there. */
  remembering<V extends object>(
    this: Rows<R & { readonly rev: string }>,
    decode: (row: R) => V | undefined,
    isLasting: (value: V) => boolean,
  ): { find(id: string): Promise<V | undefined> } {
    return new RememberedReads<R & { readonly rev: string }, V>(
      this.link,
      this.collection,
      decode,
      isLasting,
    );
  }

  async list(filter: Filter | AllOf, options: ListOptions = {}): Promise<R[]> {
    const { part, ...rest } = options;
    const found = await this.run(() => this.model.find(filterOf<R>(filter), part, rest).lean().exec());
    return found.map((row) => fromStored(row as R));
  }

  /** What rows take, and `part` of them: they stay on the server. */
  async sizes(
    filter: AllOf,
    { part, ...options }: ListOptions,
  ): Promise<{ readonly id: string; readonly bytes: number; readonly row: object }[]> {
    const wanted = { ...part, _id: 1, 'size#': { $bsonSize: '$$ROOT' } };
    const found = await this.run(() => this.model.find(filterOf<R>(filter), wanted, options).lean().exec());
    return found.map((row) => ({
      id: fromStored((row as R)._id),
      bytes: Number(Reflect.get(row as object, 'size#')),
      row: fromStored(row as object),
    }));
  }

  /** @param hint the index to count by */
  count(filter: AllOf, hint: Record<string, 1 | -1>): Promise<number> {
    return this.run(() => this.model.countDocuments(filterOf<R>(filter), { hint }).exec());
  }

  /** How many rows there are, as the server has it in mind: not quite right after a crash. */
  estimate(): Promise<number> {
    return this.run(() => this.model.estimatedDocumentCount().exec());
  }

  /**
   * The values of a field; null where there is none.
   * @param index begins with the tenant and this field
   */
  async valuesOf(field: string, tenant: string, index: Record<string, 1 | -1>): Promise<(string | null)[]> {
    const absent = { tenant, [field]: op({ $in: [null] }) };
    const [values, without] = await Promise.all([
      this.distinct(field, tenant),
      this.list(absent, { part: { _id: 1 }, limit: 1, hint: index }),
    ]);
    return without.length > 0 ? [...values, null] : values;
  }

  /**
   * How many rows have each value of a field, likewise.
   * @param hint the index to count by, if it has to be named
   */
  async countsOf(
    field: string,
    filter: Filter,
    hint?: Record<string, 1 | -1>,
  ): Promise<ReadonlyMap<string | null, number>> {
    const found = await this.grouped(filter, { _id: `$${field}`, count: { $sum: 1 } }, hint);
    return new Map(found.map(({ _id, count = 0 }) => [_id, count]));
  }

  /** @returns false when there is a row of this `_id`: nothing was written */
  insert(row: R): Promise<boolean> {
    return this.written(this.writes.insert(toStored(row)));
  }

  /** @returns false when there is no row of this `_id`, or another state of it: nothing was written */
  replaceState(id: string, rev: string, row: R): Promise<boolean> {
    return this.written(this.writes.replace(toStored(id), rev, toStored(row)));
  }

  /** As `replaceState`; adds these events to those that stand in the row. */
  replaceAndTell(id: string, rev: string, row: R, events: readonly object[]): Promise<boolean> {
    return this.written(this.writes.replaceAndTell(toStored(id), rev, toStored(row), toStored(events)));
  }

  /** @returns false when no row is as the filter says: nothing was written */
  async replace(filter: Filter & { readonly _id: string }, row: R): Promise<boolean> {
    const done = await this.run(() => this.model.replaceOne(filterOf<R>(filter), toStored(row)).exec());
    return done.matchedCount > 0;
  }

  /** @returns false when there is a row of this `_id` that is not as the filter says: nothing was written */
  put(filter: Filter & { readonly _id: string }, row: R): Promise<boolean> {
    const options = { upsert: true, ...BY_ID };
    return this.unlessDuplicate(() =>
      this.model.replaceOne(filterOf<R>(filter), toStored(row), options).exec(),
    );
  }

  /** @returns false when no row is as the filter says */
  async update(filter: Filter & { readonly _id: string }, update: object): Promise<boolean> {
    const done = await this.run(() => this.model.updateOne(filterOf<R>(filter), updateOf<R>(update)).exec());
    return done.matchedCount > 0;
  }

  /** @returns false when there is a row of this `_id` that is not as the filter says: nothing was written */
  updateOrInsert(filter: Filter & { readonly _id: string }, update: object): Promise<boolean> {
    return this.written(this.writes.updateOrInsert(conditionsOf(filter), toStored(update)));
  }

  /** @returns false when no row is as the filter says */
  async remove(filter: Filter & { readonly _id: string }): Promise<boolean> {
    const done = await this.run(() => this.model.deleteOne(filterOf<R>(filter)).exec());
    return done.deletedCount > 0;
  }

  async removeThese(ids: readonly string[]): Promise<void> {
    await this.run(() => this.model.deleteMany(filterOf<R>({ _id: op({ $in: ids }) })).exec());
  }

  /** Removes a row and returns it. Of several callers, one gets it. */
  async take(filter: Filter & { readonly _id: string }): Promise<R | undefined> {
    const found = await this.run(() => this.model.findOneAndDelete(filterOf<R>(filter)).lean().exec());
    return found === null ? undefined : fromStored(found as R);
  }

  /** One answer with all values, which takes a fifth of the CPU that a document for each takes, has room for 16 MiB. */
  private async distinct(field: string, tenant: string): Promise<string[]> {
    const rows = this.link.collection(this.collection);
    try {
      const found = await this.link.run(() => rows.distinct(field, conditionsOf({ tenant })));
      // Whether null is among them depends on the plan.
      return fromStored(found as (string | null)[]).filter((value) => value !== null);
    } catch (error) {
      if (!isTooManyValues(error)) throw error;
    }
    const found = await this.grouped({ tenant }, { _id: `$${field}` });
    return found.map(({ _id }) => _id).filter((value) => value !== null);
  }

  private async grouped(
    filter: Filter,
    group: mongo.Document,
    hint?: Record<string, 1 | -1>,
  ): Promise<Grouped[]> {
    const stages = [{ $match: conditionsOf(filter) }, { $group: group }];
    const found = await this.run(() =>
      this.link
        .collection(this.collection)
        .aggregate<Grouped>(stages, { ...(hint && { hint }) })
        .toArray(),
    );
    return found.map((row) => fromStored(row));
  }

  private async unlessDuplicate(write: () => Promise<unknown>): Promise<boolean> {
    try {
      await this.run(write);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  private run<T>(command: () => Promise<T>): Promise<T> {
    return this.written(this.link.run(command));
  }

  private async written<T>(command: Promise<T>): Promise<T> {
    try {
      return await command;
    } catch (error) {
      if (isTooLarge(error)) throw new TooLarge(`A record of ${this.collection} would be larger than 16 MiB`);
      throw error;
    }
  }
}

/** For the planner: another index fits as well, and is the worse one. */
const BY_ID = { hint: { _id: 1 } } as const;

/** For mongoose, which takes operators for values unless it is told to trust them. */
function filterOf<R>({ $and, ...filter }: Filter | AllOf): QueryFilter<R> {
  const conditions = Object.entries<string | Operators>(filter).map(([field, condition]) => [
    field,
    condition instanceof Operators ? trusted(toStored(condition.operators)) : toStored(condition),
  ]);
  return { ...Object.fromEntries(conditions), ...($and && { $and: $and.map(filterOf) }) } as QueryFilter<R>;
}

/** The same for the driver. */
const conditionsOf = (filter: Filter): object =>
  Object.fromEntries(
    Object.entries(filter).map(([field, condition]) => [
      field,
      toStored(condition instanceof Operators ? condition.operators : condition),
    ]),
  );

const updateOf = <R>(update: object): UpdateQuery<R> => toStored(update) as UpdateQuery<R>;
