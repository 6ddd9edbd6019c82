import { chmodSync, readdirSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { type Database, type Key, open, type RootDatabase } from 'lmdb';
import { expectDataFile } from './data-file.js';
import { outliveFailedCommits, refusalOf } from './disk-full.js';
import { EndIndex } from './end-index.js';
import { ENVIRONMENT } from './environment.js';
import { makeFolder } from './folder.js';
import { KeyIndex } from './key-index.js';
import { makeLockFile } from './lock-file.js';
import { type Ownership, takeOwnership } from './ownership.js';
import { RowCache } from './row-cache.js';
import { LAST, Table } from './table.js';
import { heldByEnd, heldByKey, heldByRow, type TenantHolder } from './tenant-holder.js';

/**
 * A commit is on the disk before a reader sees it. lmdb's default lets the sync run beside the next commits; since
 * every answer waits for it anyway, that gains nothing here.
 */
const DURABLE = { overlappingSync: false } as const;

/** Of the setting EMBEDDED_CACHE_BYTES: some ten thousand sessions. */
export const DEFAULT_CACHE_BYTES = 67_108_864;

/** LMDB's two roots. */
const META_PAGES = 2;

/** LMDB's statistics of a table, or of one of its own two. */
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
/** With LMDB's header, it fills exactly one page. */
const FILLER = Buffer.alloc(4072, 0x2e);

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
    private readonly folder: string,
  ) {}

  /** @param cacheBytes setting EMBEDDED_CACHE_BYTES @throws FolderInUse | DataFileDamaged */
  static async open(folder: string, cacheBytes = DEFAULT_CACHE_BYTES): Promise<EmbeddedStore> {
    outliveFailedCommits();
    makeFolder(folder);
    chmodSync(folder, 0o700);
    const ownership = await takeOwnership(folder);
    const previous = process.umask(0o077);
    try {
      expectDataFile(folder);
      makeLockFile(folder);
      const root = open<Buffer, Key>({ path: folder, ...ENVIRONMENT, ...DURABLE });
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.mdb'))) {
        chmodSync(join(folder, file), 0o600);
      }
      return new EmbeddedStore(root, ownership, new RowCache(cacheBytes), folder);
    } catch (error) {
      await ownership.release();
      throw error;
    } finally {
      process.umask(previous);
    }
  }

  /** Nothing was ever stored in it. */
  get isNew(): boolean {
    return this.root.getKeysCount({ limit: 1 }) === 0;
  }

  /** @param by how its rows name the tenant with which they are deleted */
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

  /** Everything that is deleted with a tenant: every index, and every table except those of the service itself. */
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

  /** Tables with rows; an index has keys alone. */
  get tableNames(): readonly string[] {
    return [...this.tables.keys()];
  }

  async space(): Promise<{ readonly usedBytes: number; readonly freeBytes: number }> {
    const [file, disk] = await Promise.all([stat(join(this.folder, 'data.mdb')), statfs(this.folder)]);
    return { usedBytes: file.size, freeBytes: disk.bavail * disk.bsize };
  }

  /** How large the file is, in pages. */
  get pages(): number {
    return statsOf(this.root).lastPageNumber + 1;
  }

  /** Free pages of the file, including those that readers of this process may still read. */
  get freePages(): number {
    const { root, free } = statsOf(this.root);
    const used = [root, free, ...[...this.tables.values(), ...this.indexes, this.filler()].map(statsOf)];
    return used.reduce((left, one) => left - pagesOf(one), this.pages - META_PAGES);
  }

  /**
   * Inside `write` only. Rewrites one row on each page, unchanged.
   * @returns the key to continue after; undefined at the end of the table
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

  /** Inside `write` only. Writes pages of meaningless rows. */
  fill(from: number, pages: number): void {
    const filler = this.filler();
    for (let page = from; page < from + pages; page += 1) filler.putSync([page], FILLER);
  }

  /** Inside `write` only. Removes what `fill` has written. */
  unfill(from: number, pages: number): void {
    const filler = this.filler();
    for (let page = from; page < from + pages; page += 1) filler.removeSync([page]);
  }

  private filler(): Database<Buffer, Key> {
    this.madeFiller ??= this.root.openDB<Buffer, Key>({ name: 'filler', encoding: 'binary' });
    return this.madeFiller;
  }

  /**
   * Runs one atomic step while no other writer runs. Concurrent calls share one disk sync. If `step` throws before its
   * first `put`, nothing is written and the error is passed on.
   * @returns once it is on disk
   * @throws StoreUnavailable - the disk takes no more
   */
  async write<R>(step: () => R): Promise<R> {
    const touched = new Set<string>();
    let isWritten = false;
    try {
      const result = await this.root.transaction(() => this.cache.during(touched, step));
      await this.root.flushed;
      isWritten = true;
      return result;
    } catch (error) {
      throw await refusalOf(error);
    } finally {
      // Rows that are cached from now on must not come from an earlier snapshot.
      this.root.resetReadTxn();
      this.cache.settle(touched, isWritten);
    }
  }

  async close(): Promise<void> {
    await this.root.close();
    await this.ownership.release();
  }
}
