import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As large as LMDB makes it for its 126 readers. */
const BYTES = 8_272;

/**
 * Makes LMDB's lock file with room on the disk. LMDB itself makes one without room, and writes to it by its memory: on a
 * disk that is full, that ends the process by SIGBUS, without a word.
 * @throws what the operating system says
 */
export function makeLockFile(folder: string): void {
  const file = join(folder, 'lock.mdb');
  const handle = openNew(file);
  if (handle === undefined) return;
  try {
    writeFileSync(handle, Buffer.alloc(BYTES));
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
}

/** @returns undefined if it is there */
function openNew(file: string): number | undefined {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
}
