import type { Database, Key, RangeOptions } from 'lmdb';

/** Keys of one part of a table or an index, and where the next part begins. */
export interface KeysOfTenant {
  readonly keys: readonly Key[][];
  /** The last key that was looked at. Undefined at the end. */
  readonly after: Key | undefined;
}

/** A table or an index, as the deletion of a tenant sees it. */
export interface TenantHolder {
  readonly name: string;
  /** Reads the keys of what belongs to the tenant, part by part, so that other work gets its turn. */
  read(tenant: string, after: Key | undefined): KeysOfTenant;
  /** Inside `EmbeddedStore.write` only. */
  remove(key: readonly Key[]): void;
}

/** Keys of one part: small enough that no write waits long until they are removed. */
const KEYS_AT_ONCE = 500;
const LOOKED_AT_ONCE = 5_000;

type Bytes = Database<Buffer, Key>;
type Remove = (key: readonly Key[]) => void;

/** A table whose keys begin with the tenant. @param last sorts behind every key part */
export const heldByKey = (name: string, db: Bytes, last: string, remove: Remove): TenantHolder => ({
  name,
  read: (tenant, after) => {
    const range = { start: [tenant], ...from(after, KEYS_AT_ONCE), end: [tenant, last] };
    return partOf(Array.from(db.getKeys(range), listed), KEYS_AT_ONCE, () => true);
  },
  remove,
});

/** A table whose rows are names of tenants. @param rowOf decodes one */
export const heldByRow = (
  name: string,
  db: Bytes,
  rowOf: (value: Buffer) => unknown,
  remove: Remove,
): TenantHolder => ({
  name,
  read: (tenant, after) => {
    const rows = [...db.getRange(from(after, LOOKED_AT_ONCE))].map(({ key, value }) => ({
      key: listed(key),
      isTheirs: rowOf(value) === tenant,
    }));
    const theirs = new Set(rows.filter(({ isTheirs }) => isTheirs).map(({ key }) => key));
    return partOf(
      rows.map(({ key }) => key),
      LOOKED_AT_ONCE,
      (key) => theirs.has(key),
    );
  },
  remove,
});

/** An index by time: the tenant comes second in its keys, so all of them are looked at. */
export const heldByEnd = (name: string, db: Bytes): TenantHolder => ({
  name,
  read: (tenant, after) =>
    partOf(
      Array.from(db.getKeys(from(after, LOOKED_AT_ONCE)), listed),
      LOOKED_AT_ONCE,
      ([, second]) => second === tenant,
    ),
  remove: (key) => void db.removeSync([...key] as Key),
});

/** The types of lmdb (2.9) do not know `exclusiveStart`. */
const from = (after: Key | undefined, limit: number): RangeOptions => ({
  limit,
  ...(after !== undefined && { start: after, exclusiveStart: true }),
});

/** lmdb gives a key of one part without its list. */
const listed = (key: Key): Key[] => [key].flat() as Key[];

const partOf = (read: Key[][], full: number, isTheirs: (key: Key[]) => boolean): KeysOfTenant => ({
  keys: read.filter(isTheirs),
  after: read.length === full ? (read.at(-1) as Key) : undefined,
});
