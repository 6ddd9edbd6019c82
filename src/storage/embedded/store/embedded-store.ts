import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { type Database, type Key, open, type RootDatabase } from 'lmdb';
import { KeyIndex } from './key-index.js';
import { type Ownership, takeOwnership } from './ownership.js';
import { RowCache } from './row-cache.js';
import { heldByEnd, heldByKey, heldByRow, type TenantHolder } from './tenant-holder.js';

/** Named tables that one environment can hold; LMDB wants to know before the first is opened. */
const MAX_TABLES = 64;

/** LMDB refuses longer keys at once; no id of ours comes near. */
const MAX_KEY_BYTES = 1900;

/** Always a folder: by itself, lmdb takes a name with a dot in it for that of a file (F-40). */
const ENVIRONMENT = { noSubdir: false, maxDbs: MAX_TABLES, encoding: 'binary' } as const;

/**
 * A commit is on the disk before a reader sees it. lmdb's default lets the sync run beside the next commits; since
 * every answer waits for it anyway, that gains nothing here.
 */
const DURABLE = { overlappingSync: false } as const;

/** Of the setting EMBEDDED_CACHE_BYTES: some ten thousand sessions. */
export const DEFAULT_CACHE_BYTES = 67_108_864;

export interface SizedRow<Row> {
  readonly key: string[];
  readonly row: Row;
  /** As stored. */
  readonly bytes: number;
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
  *between(after: string[], before: string[], limit: number): Generator<{ key: string[]; row: Row }> {
    const range = { start: after, exclusiveStart: true, end: before, limit };
    for (const { key, value } of this.db.getRange(range)) {
      yield { key: key as string[], row: deserialize(value) as Row };
    }
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
   * Rows whose keys begin with these texts, in order, from behind this last text on. The cache does not keep them:
   * nobody has asked for these rows in particular.
   */
  *behind(prefix: readonly string[], last: string | undefined, limit: number): Generator<Row> {
    const start = last === undefined ? [...prefix] : [...prefix, last];
    const range = { start, end: [...prefix, LAST], exclusiveStart: true, limit };
    for (const { value } of this.db.getRange(range)) yield deserialize(value) as Row;
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

/** Entries without a value, ordered by a point in time: what ends when. */
export class EndIndex {
  constructor(private readonly db: Database<Buffer, Key>) {}

  /** Inside `EmbeddedStore.write` only. */
  move(key: string[], from: Date | undefined, to: Date | undefined): void {
    if (from?.getTime() === to?.getTime()) return;
    if (from) this.db.removeSync([from.getTime(), ...key]);
    if (to) this.db.putSync([to.getTime(), ...key], EMPTY);
  }

  /** Keys that ended at `now` or before, earliest first. */
  endedBy(now: Date, limit: number): string[][] {
    const range = this.db.getKeys({ start: [0], end: [now.getTime() + 1], limit });
    return [...range].map((key) => (key as (string | number)[]).slice(1).map(String));
  }
}

const EMPTY = Buffer.alloc(0);
/** LMDB's two roots. */
const META_PAGES = 2;

/** What LMDB tells of a table, or of its two own. */
interface PageStats {
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

interface Stats extends PageStats {
  readonly lastPageNumber: number;
  readonly root: PageStats;
  readonly free: PageStats;
}

const statsOf = (db: Database<Buffer, Key>): Stats => db.getStats() as Stats;

const pagesOf = ({ treeBranchPageCount, treeLeafPageCount, overflowPages }: PageStats): number =>
  treeBranchPageCount + treeLeafPageCount + overflowPages;

/** Well below what LMDB leaves on a page before it joins it with the next one, which is a quarter of a page. */
const FEW_BYTES = 400;
/** With LMDB's header it takes a page of its own, all of it. */
const FILLER = Buffer.alloc(4072, 0x2e);
/** Sorts behind every string. */
export const LAST = '\u{10FFFF}';

const fits = (key: readonly string[]): boolean => Buffer.byteLength(key.join('\0')) <= MAX_KEY_BYTES;

/** Step by step: Node's own `recursive` (24.21) never returns where nothing can be made, such as below /proc (F-40). */
function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  const parent = dirname(folder);
  if (!found && parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** One LMDB environment, owned by one process. */
export class EmbeddedStore {
  private readonly tables = new Map<string, Database<Buffer, Key>>();
  private readonly holders: TenantHolder[] = [];
  private readonly indexes: Database<Buffer, Key>[] = [];
  /** Made when a person is erased for the first time. */
  private madeFiller: Database<Buffer, Key> | undefined;

  private constructor(
    private readonly root: RootDatabase<Buffer, Key>,
    private readonly ownership: Ownership,
    private readonly cache: RowCache,
  ) {}

  /** @param cacheBytes setting EMBEDDED_CACHE_BYTES @throws FolderInUse | FolderUnusable */
  static async open(folder: string, cacheBytes = DEFAULT_CACHE_BYTES): Promise<EmbeddedStore> {
    makeFolder(folder);
    chmodSync(folder, 0o700);
    const ownership = await takeOwnership(folder);
    const previous = process.umask(0o077);
    try {
      const root = open<Buffer, Key>({ path: folder, ...ENVIRONMENT, ...DURABLE });
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.mdb'))) {
        chmodSync(join(folder, file), 0o600);
      }
      return new EmbeddedStore(root, ownership, new RowCache(cacheBytes));
    } catch (error) {
      await ownership.release();
      throw error;
    } finally {
      process.umask(previous);
    }
  }

  /** @param by how its rows name the tenant that they go with when it is deleted */
  table<Row>(name: string, by: 'key' | 'row' | 'service' = 'key'): Table<Row> {
    const db = this.root.openDB<Buffer, Key>({ name, encoding: 'binary' });
    this.tables.set(name, db);
    const table = new Table<Row>(db, name, this.cache);
    const remove = (key: readonly Key[]) => void table.remove([...key] as string[]);
    if (by === 'key') this.holders.push(heldByKey(name, db, LAST, remove));
    if (by === 'row') this.holders.push(heldByRow(name, db, deserialize, remove));
    return table;
  }

  /** @param by as for `table` */
  endIndex(name: string, by: 'key' | 'service' = 'key'): EndIndex {
    const db = this.root.openDB<Buffer, Key>({ name, encoding: 'binary' });
    this.indexes.push(db);
    // First, so that no sweep finds an entry whose row is gone.
    if (by === 'key') this.holders.unshift(heldByEnd(name, db));
    return new EndIndex(db);
  }

  /** Erases in one write what has ended by `now`, earliest first, up to `limit`. @returns how many */
  eraseEnded(ends: EndIndex, now: Date, limit: number, erase: (key: string[]) => void): Promise<number> {
    return this.write(() => {
      const ended = ends.endedBy(now, limit);
      for (const key of ended) erase(key);
      return ended.length;
    });
  }

  /** All that goes when a tenant is deleted: every table but those of the service itself, and every index. */
  get tenantHolders(): readonly TenantHolder[] {
    return this.holders;
  }

  /** Its keys begin with the tenant. */
  keyIndex(name: string): KeyIndex {
    const db = this.root.openDB<Buffer, Key>({ name, encoding: 'binary' });
    this.indexes.push(db);
    this.holders.unshift(heldByKey(name, db, LAST, (key) => void db.removeSync([...key])));
    return new KeyIndex(db);
  }

  /** Those with rows; an index has keys alone. */
  get tableNames(): readonly string[] {
    return [...this.tables.keys()];
  }

  /** How large the file is, in pages. */
  get pages(): number {
    return statsOf(this.root).lastPageNumber + 1;
  }

  /** Pages of the file that nothing stands on, those among them that may still be read by a reader of this process. */
  get freePages(): number {
    const { root, free } = statsOf(this.root);
    const used = [root, free, ...[...this.tables.values(), ...this.indexes, this.filler()].map(statsOf)];
    return used.reduce((left, one) => left - pagesOf(one), this.pages - META_PAGES);
  }

  /**
   * Inside `write` only. Writes a row of each page as it is.
   * @returns the key to go on behind; undefined at the end of the table
   */
  rewriteSome(name: string, after: Key | undefined, pages: number): Key | undefined {
    const db = this.tables.get(name);
    if (!db) return undefined;
    const chosen: { key: Key; value: Buffer }[] = [];
    let passed = FEW_BYTES;
    const range = after !== undefined ? { start: after, exclusiveStart: true } : {};
    for (const { key, value } of db.getRange(range)) {
      passed += value.length + String(key).length;
      if (passed < FEW_BYTES) continue;
      chosen.push({ key, value: Buffer.from(value) });
      passed = 0;
      if (chosen.length === pages) break;
    }
    for (const { key, value } of chosen) db.putSync(key, value);
    return chosen.length === pages ? chosen.at(-1)?.key : undefined;
  }

  /** Inside `write` only. Puts pages without a meaning. */
  fill(from: number, pages: number): void {
    const filler = this.filler();
    for (let page = from; page < from + pages; page += 1) filler.putSync([page], FILLER);
  }

  /** Inside `write` only. Removes what `fill` has put. */
  unfill(from: number, pages: number): void {
    const filler = this.filler();
    for (let page = from; page < from + pages; page += 1) filler.removeSync([page]);
  }

  private filler(): Database<Buffer, Key> {
    this.madeFiller ??= this.root.openDB<Buffer, Key>({ name: 'filler', encoding: 'binary' });
    return this.madeFiller;
  }

  /**
   * One atomic step, alone among all writers; those that come at once share one sync of the disk. What `step`
   * throws before its first `put` is thrown here, and nothing is written.
   * @returns once it is on disk
   */
  async write<R>(step: () => R): Promise<R> {
    const touched = new Set<string>();
    try {
      const result = await this.root.transaction(() => this.cache.during(touched, step));
      await this.root.flushed;
      return result;
    } finally {
      // What is kept from now on must not be read from a snapshot of before.
      this.root.resetReadTxn();
      this.cache.settle(touched);
    }
  }

  async close(): Promise<void> {
    await this.root.close();
    await this.ownership.release();
  }
}
