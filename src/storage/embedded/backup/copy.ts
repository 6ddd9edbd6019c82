import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { type Key, open, type RootDatabase } from 'lmdb';
import { FIRST_FORMAT } from '../../store-format.js';
import { expectDataFile } from '../store/data-file.js';
import { FORMAT_KEY, FORMAT_TABLE } from '../store/format-names.js';
import { ENVIRONMENT } from '../store/environment.js';
import { makeLockFile } from '../store/lock-file.js';

/** Beside the process that owns the store: LMDB's lock file keeps the pages that a reader sees. */
function openToRead(folder: string): RootDatabase<Buffer, Key> {
  expectDataFile(folder);
  makeLockFile(folder);
  return open<Buffer, Key>({ path: folder, ...ENVIRONMENT, readOnly: true });
}

/** Copies a store as it was at one moment into an empty folder, while another process may write to it. */
export async function copyStore(from: string, into: string): Promise<void> {
  const root = openToRead(from);
  try {
    // The copy has the free pages too: lmdb-js ignores what asks it to leave them out.
    await root.backup(into, false);
  } finally {
    await root.close();
  }
}

export interface StoreContent {
  readonly format: number;
  /** Of each table. */
  readonly rows: Readonly<Record<string, number>>;
}

/** Reads every row. @throws if a page of it can't be read, or a table has another number of rows than it says */
export async function readThrough(folder: string): Promise<StoreContent> {
  const root = openToRead(folder);
  try {
    const names = [...root.getKeys()].map(String);
    return {
      format: formatIn(root, names),
      rows: Object.fromEntries(names.map((name) => [name, countIn(root, name)])),
    };
  } finally {
    await root.close();
    rmSync(join(folder, 'lock.mdb'), { force: true });
  }
}

function countIn(root: RootDatabase<Buffer, Key>, name: string): number {
  const table = root.openDB<Buffer, Key>({ name, encoding: 'binary' });
  let rows = 0;
  for (const _ of table.getRange({})) rows += 1;
  const { entryCount } = table.getStats() as { entryCount: number };
  if (rows !== entryCount) throw new Error(`table ${name} has ${rows} rows instead of ${entryCount}`);
  return rows;
}

function formatIn(root: RootDatabase<Buffer, Key>, names: readonly string[]): number {
  if (!names.includes(FORMAT_TABLE)) return FIRST_FORMAT;
  const bytes = root.openDB<Buffer, Key>({ name: FORMAT_TABLE, encoding: 'binary' }).get([FORMAT_KEY]);
  return bytes === undefined ? FIRST_FORMAT : (deserialize(bytes) as { format: number }).format;
}

/** A file, or the names in a folder, are on the disk when this returns. */
export function syncToDisk(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
