import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_FILE } from './environment.js';

/** What is in the folder is no store, or not all of one. */
export class DataFileDamaged extends Error {}

/** Of LMDB's format (mdb.c of lmdb-js): where a meta page has its parts, after a header of 24 bytes. */
const META = { flags: 18, magic: 24, pageSize: 48, freeRoot: 88, mainRoot: 136, transaction: 152, end: 160 };
const IS_META = 0x08;
const MAGIC = 0xbeefc0de;
const NO_ROOT = 2n ** 64n - 1n;

interface Meta {
  readonly pageSize: number;
  readonly transaction: bigint;
  readonly roots: readonly bigint[];
}

/**
 * Refuses a data file that LMDB would end the process over, without a word: one that is of another kind, or was cut off
 * before the pages that every read begins with. A file that is missing or empty becomes a new store.
 * @throws DataFileDamaged
 */
export function expectDataFile(folder: string): void {
  const file = openIfThere(join(folder, DATA_FILE));
  if (file === undefined) return;
  try {
    const { size } = fstatSync(file);
    if (size === 0) return;
    const first = metaAt(file, 0);
    const second = first && metaAt(file, first.pageSize);
    if (!first || !second)
      throw new DataFileDamaged(`${DATA_FILE} is not the data of a store, or is damaged`);
    const newest = first.transaction > second.transaction ? first : second;
    const pages = BigInt(Math.floor(size / first.pageSize));
    if (newest.roots.some((page) => page !== NO_ROOT && page >= pages))
      throw new DataFileDamaged(`${DATA_FILE} is cut off after ${size} bytes`);
  } finally {
    closeSync(file);
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @returns undefined if there is none */
function metaAt(file: number, position: number): Meta | undefined {
  const bytes = Buffer.alloc(META.end);
  if (readSync(file, bytes, 0, META.end, position) < META.end) return undefined;
  const isMeta = (bytes.readUInt16LE(META.flags) & IS_META) !== 0 && bytes.readUInt32LE(META.magic) === MAGIC;
  const pageSize = bytes.readUInt32LE(META.pageSize);
  if (!isMeta || pageSize < META.end) return undefined;
  const roots = [META.freeRoot, META.mainRoot].map((at) => bytes.readBigUInt64LE(at));
  return { pageSize, transaction: bytes.readBigUInt64LE(META.transaction), roots };
}
