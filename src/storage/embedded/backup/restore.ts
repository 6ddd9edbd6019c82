import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { reasonOf } from '../../../shared/system-error.js';
import { DATA_FILE } from '../store/environment.js';
import { makeFolder } from '../store/folder.js';
import { takeOwnership } from '../store/ownership.js';
import { readThrough, syncToDisk } from './copy.js';
import { checksumOf, type Manifest, readManifest } from './manifest.js';
import { BackupRefused } from './refused.js';

const PART = 'restored.part';

/**
 * Verifies a backup and makes a store of it.
 * @throws BackupRefused | FolderInUse - nothing was changed
 */
export async function restore(backup: string, dataDir: string): Promise<Manifest> {
  const manifest = readManifest(backup);
  makeFolder(dataDir);
  chmodSync(dataDir, 0o700);
  const ownership = await takeOwnership(dataDir);
  try {
    if (existsSync(join(dataDir, DATA_FILE))) {
      throw new BackupRefused(
        `DATA_DIR ${dataDir} already holds a store, and restore overwrites nothing: name an empty folder, or move that store away`,
      );
    }
    await place(join(backup, DATA_FILE), dataDir, manifest);
    return manifest;
  } finally {
    await ownership.release();
  }
}

/** Builds the store in a folder inside the final one, so that no service ever opens half of it. */
async function place(file: string, dataDir: string, manifest: Manifest): Promise<void> {
  const draft = join(dataDir, PART);
  rmSync(draft, { recursive: true, force: true });
  makeFolder(draft);
  const copy = join(draft, DATA_FILE);
  try {
    await copyFile(file, copy).catch((error: unknown) => {
      throw new BackupRefused(`${file} can't be copied to ${dataDir}: ${reasonOf(error)}`);
    });
    chmodSync(copy, 0o600);
    if ((await checksumOf(copy)) !== manifest.sha256) throw damaged(file);
    const { rows } = await readThrough(draft);
    if (!isDeepStrictEqual(rows, manifest.rows)) throw damaged(file);
    syncToDisk(copy);
    // A lock file of an earlier store knows nothing of this one.
    rmSync(join(dataDir, 'lock.mdb'), { force: true });
    renameSync(copy, join(dataDir, DATA_FILE));
    syncToDisk(dataDir);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const damaged = (file: string): BackupRefused =>
  new BackupRefused(
    `${file} is damaged: it is not what the manifest beside it describes. Use another backup`,
  );
