import { setTimeout as sleep } from 'node:timers/promises';
import { type Key, open as openLmdb, type RootDatabase, type RootDatabaseOptionsWithPath } from 'lmdb';
import { faults } from './faults.ts';

/**
 * LMDB on a disk that is slow to write. Reads stay fast: they look into mapped memory, and one that has to wait for the
 * disk holds up the whole process, which no queue can help.
 */
export function open(options: RootDatabaseOptionsWithPath): RootDatabase<Buffer, Key> {
  const root: RootDatabase<Buffer, Key> = openLmdb(options);
  const write = root.transaction.bind(root);
  root.transaction = async (step) => {
    if (faults.storeMs > 0) await sleep(faults.storeMs);
    return write(step);
  };
  return root;
}
