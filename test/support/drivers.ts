import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedStorage } from '../../src/storage/embedded/embedded-storage.js';
import type { Storage } from '../../src/storage/storage.js';

/** A fresh store of the driver that `TEST_DRIVER` names, and how to leave nothing of it. */
export interface OpenedStorage {
  readonly storage: Storage;
  drop(): Promise<void>;
}

export async function openStorage(): Promise<OpenedStorage> {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-'));
  const storage = await EmbeddedStorage.open(folder);
  return { storage, drop: async () => rmSync(folder, { recursive: true, force: true }) };
}
