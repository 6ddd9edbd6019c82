import { isDeepStrictEqual } from 'node:util';
import { type Model, mongo } from 'mongoose';
import { MongoUnusable } from './mongo-errors.js';

/** An existing index that has the name or the fields of a declared one, but differs from it. */
export class WrongIndex extends MongoUnusable {
  constructor(readonly differences: readonly string[]) {
    super(
      `The indexes of MongoDB are not those that this version declares:\n${differences.join('\n')}\n` +
        'Drop each of these, and start again: it is then made as declared.',
    );
  }
}

export interface Index {
  readonly name: string;
  readonly key: Readonly<Record<string, number | string>>;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  readonly hidden?: boolean;
  readonly expireAfterSeconds?: number;
  readonly partialFilterExpression?: unknown;
  readonly collation?: unknown;
}

/** What an index does; `v` and the like are the server's own. Fields of a key count in their order. */
const meaningOf = ({ name: _name, key, ...options }: Index): unknown => ({
  key: Object.entries(key).map(([field, order]) => `${field}: ${order}`),
  unique: options.unique ?? false,
  sparse: options.sparse ?? false,
  hidden: options.hidden ?? false,
  expireAfterSeconds: options.expireAfterSeconds,
  partialFilterExpression: options.partialFilterExpression,
  collation: options.collation,
});

export interface IndexCheck {
  readonly missing: readonly Index[];
  /** A line for each. */
  readonly differing: readonly string[];
}

/** Indexes that are there and not declared are the operator's own, or the shard key's: they stay. */
export function checkIndexes(
  collection: string,
  declared: readonly Index[],
  existing: readonly Index[],
): IndexCheck {
  const missing: Index[] = [];
  const differing: string[] = [];
  for (const index of declared) {
    const sameKey = (other: Index) => isDeepStrictEqual(Object.entries(other.key), Object.entries(index.key));
    const found = existing.find(({ name }) => name === index.name) ?? existing.find(sameKey);
    if (!found) missing.push(index);
    else if (!isDeepStrictEqual(meaningOf(found), meaningOf(index))) {
      const [is, should] = [found, index].map((one) => JSON.stringify(meaningOf(one)));
      differing.push(`- ${collection}.${found.name} is ${is}, and should be ${should}`);
    }
  }
  return { missing, differing };
}

/**
 * Makes what is missing, once nothing differs.
 * @throws WrongIndex that names every one that differs
 */
export async function ensureIndexes(
  models: readonly Pick<Model<unknown>, 'collection' | 'schema'>[],
): Promise<void> {
  const checks = await Promise.all(
    models.map(async ({ collection, schema }) => {
      const declared = schema.indexes().map(([key, options]) => ({ ...options, key }) as Index);
      const existing = await collection.listIndexes().toArray().catch(noneOfNoCollection);
      return { collection, ...checkIndexes(collection.collectionName, declared, existing as Index[]) };
    }),
  );
  const differences = checks.flatMap(({ differing }) => differing);
  if (differences.length > 0) throw new WrongIndex(differences);
  for (const { collection, missing } of checks) {
    for (const { key, ...options } of missing) {
      await collection.createIndex(key as mongo.IndexSpecification, options as mongo.CreateIndexesOptions);
    }
  }
}

function noneOfNoCollection(error: unknown): [] {
  if (error instanceof mongo.MongoServerError && error.codeName === 'NamespaceNotFound') return [];
  throw error;
}
