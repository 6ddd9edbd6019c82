import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EmbeddedStore } from './embedded-store.js';

const BLOCK = 512;

describe('The lock file of a store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-lock-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has all of its room on the disk: without it, a full disk ends the process without a word', async () => {
    const store = await EmbeddedStore.open(folder);
    const { size, blocks } = statSync(join(folder, 'lock.mdb'));
    await store.close();
    expect(size).toBeGreaterThan(0);
    expect(blocks * BLOCK).toBeGreaterThanOrEqual(size);
  });
});
