import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Key } from 'lmdb';
import type { EmbeddedStore } from './embedded-store.js';

/** Pages that one write rewrites: other writes wait for a few milliseconds at most. */
const PAGES_AT_ONCE = 256;

/**
 * LMDB copies a page before it changes it, and copies only what is in use. So a page that is rewritten keeps nothing of
 * rows that were removed from it, or that moved away in a split. This rewrites one row on every page of the store,
 * unchanged.
 */
export async function rewriteLeaves(store: EmbeddedStore): Promise<void> {
  for (const name of store.tableNames) {
    let after: Key | undefined;
    do {
      after = await store.write(() => store.rewriteSome(name, after, PAGES_AT_ONCE));
      await setImmediate();
    } while (after !== undefined);
  }
}

/** In the first, readers of this process may still hold an older state of the store. */
const ROUNDS = 3;

/** Pages that the last commits left: LMDB does not use them yet, and nothing but its own book-keeping was there. */
const NEWEST_FREE = 32;

/**
 * Free pages keep their former content until they are used again. This fills all of them with meaningless rows, and
 * then removes those rows.
 */
export async function overwriteFreed(store: EmbeddedStore): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    // LMDB reuses a page two commits after it was freed.
    for (let commit = 0; commit < 3; commit += 1) await store.write(() => store.fill(0, 1));
    await fillAndEmpty(store);
    await sleep(PAUSE_MS);
  }
}

const PAUSE_MS = 20;

async function fillAndEmpty(store: EmbeddedStore): Promise<void> {
  const size = store.pages;
  let filled = 1;
  let free = store.freePages - NEWEST_FREE;
  while (free > 0 && store.pages === size) {
    const some = Math.min(free, PAGES_AT_ONCE);
    const from = filled;
    await store.write(() => store.fill(from, some));
    filled += some;
    free = store.freePages - NEWEST_FREE;
    await setImmediate();
  }
  for (let from = 0; from < filled; from += PAGES_AT_ONCE) {
    await store.write(() => store.unfill(from, Math.min(PAGES_AT_ONCE, filled - from)));
    await setImmediate();
  }
}
