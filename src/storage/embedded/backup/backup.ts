import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { reasonOf } from '../../../shared/system-error.js';
import { DataFileDamaged } from '../store/data-file.js';
import { DATA_FILE } from '../store/environment.js';
import { makeFolder } from '../store/folder.js';
import { copyStore, readThrough, syncToDisk } from './copy.js';
import { checksumOf, type Manifest, MANIFEST_FILE } from './manifest.js';
import { BackupRefused } from './refused.js';

export interface BackupOptions {
  /** Of the service. */
  readonly version: string;
  readonly now: Date;
}

/**
 * Copies the embedded store, which may be in use, to a new folder. The folder gets its name once the copy is verified.
 * @throws BackupRefused
 */
export async function backUp(
  dataDir: string,
  target: string,
  { version, now }: BackupOptions,
): Promise<Manifest> {
  expectStore(dataDir);
  const place = resolve(target);
  refuseExisting(place);
  try {
    makeFolder(dirname(place));
    return await copied(dataDir, place, { version, now });
  } catch (error) {
    if (error instanceof BackupRefused || error instanceof DataFileDamaged) throw error;
    throw new BackupRefused(`${target} can't be made: ${reasonOf(error)}`, { cause: error });
  }
}

async function copied(dataDir: string, place: string, { version, now }: BackupOptions): Promise<Manifest> {
  const draft = mkdtempSync(`${place}.part-`);
  try {
    await copyStore(dataDir, draft);
    const manifest = await verified(draft, version, now);
    writeFileSync(join(draft, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 });
    for (const path of [join(draft, DATA_FILE), join(draft, MANIFEST_FILE), draft]) syncToDisk(path);
    refuseExisting(place);
    renameSync(draft, place);
    syncToDisk(dirname(place));
    return manifest;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

function expectStore(dataDir: string): void {
  try {
    accessSync(join(dataDir, DATA_FILE), constants.R_OK);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new BackupRefused(
      `DATA_DIR ${dataDir} ${isMissing ? 'holds no store' : `can't be read: ${reasonOf(error)}`}`,
    );
  }
}

function refuseExisting(target: string): void {
  if (existsSync(target)) {
    throw new BackupRefused(
      `${target} is already there, and a backup overwrites nothing: name another folder`,
    );
  }
}

async function verified(draft: string, version: string, now: Date): Promise<Manifest> {
  const file = join(draft, DATA_FILE);
  chmodSync(file, 0o600);
  const { format, rows } = await readThrough(draft);
  return {
    kind: 'onesession-backup',
    version,
    format,
    madeAt: now.toISOString(),
    bytes: statSync(file).size,
    sha256: await checksumOf(file),
    rows,
  };
}
