import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedStore } from './embedded-store.js';
import { overwriteFreed, rewriteLeaves } from './overwrite.js';

const NAME = 'Zebulon Quagmire';

describe('What was removed from the embedded store', () => {
  let folder: string;
  let store: EmbeddedStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'onesession-overwrite-'));
    store = await EmbeddedStore.open(folder);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const timesNamed = (): number => readFileSync(join(folder, 'data.mdb'), 'latin1').split(NAME).length - 1;
  const overwrite = async (): Promise<void> => {
    await rewriteLeaves(store);
    await overwriteFreed(store);
  };

  it.each([
    ['small', 40],
    ['of a page', 1500],
    ['of many pages', 60_000],
  ])('is overwritten among rows that stay: %s [P-72]', async (_size, bytes) => {
    const table = store.table<string>('rows');
    const row = (text: string, i: number) => `${text} ${i} `.padEnd(bytes, '.');
    for (let i = 0; i < 300; i += 1) {
      await store.write(() => table.put([`${i}`], row(i % 3 === 0 ? NAME : 'somebody else', i)));
    }
    for (let i = 0; i < 300; i += 3) await store.write(() => table.remove([`${i}`]));
    expect(timesNamed()).toBeGreaterThan(0);
    await overwrite();
    expect(timesNamed()).toBe(0);
    for (let i = 0; i < 300; i += 1) {
      expect(table.get([`${i}`])).toBe(i % 3 === 0 ? undefined : row('somebody else', i));
    }
  });

  it('is overwritten when all rows are gone, and the store does not grow with each time [P-72]', async () => {
    const table = store.table<string>('rows');
    const sizes: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      for (let i = 0; i < 100; i += 1) await store.write(() => table.put([`${i}`], NAME.padEnd(3000, '.')));
      for (let i = 0; i < 100; i += 1) await store.write(() => table.remove([`${i}`]));
      await overwrite();
      expect(timesNamed()).toBe(0);
      sizes.push(store.pages);
    }
    expect(sizes[5]).toBeLessThan(1.5 * (sizes[0] ?? 0));
  });
});
