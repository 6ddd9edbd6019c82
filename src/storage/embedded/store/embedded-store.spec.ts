import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig, WrongConfiguration } from '../../../config/config.schema.js';
import { openStorage } from '../../open-storage.js';
import { EmbeddedStore } from './embedded-store.js';
import { FolderInUse } from './ownership.js';

describe('The folder of the embedded store', () => {
  let parent: string;
  let folder: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'onesession-store-'));
    folder = join(parent, 'data');
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

  it('can be read by its owner only, and so can every file in it [P-71]', async () => {
    const store = await EmbeddedStore.open(folder);
    expect(modeOf(folder)).toBe('700');
    const modes = readdirSync(folder).map((name) => [name, modeOf(join(folder, name))]);
    expect(Object.fromEntries(modes)).toEqual({ 'data.mdb': '600', 'lock.mdb': '600', 'owner.sock': '600' });
    await store.close();
  });

  it('may have a dot in its name, and folders above it that are not there yet [F-40]', async () => {
    const dotted = join(parent, 'a', 'b.c', 'shop.data');
    const store = await EmbeddedStore.open(dotted);
    expect(readdirSync(dotted)).toContain('data.mdb');
    await store.close();
  });

  it.each([
    ['/proc/onesession/data', 'no such file or directory'],
    ['/dev/null', 'a file is in its place'],
    ['/dev/null/data', 'a file is in its place'],
  ])('is refused in words where it can not be: %s [F-40]', async (path, reason) => {
    const refusal = openStorage(readConfig({ DATA_DIR: path }));
    await expect(refusal).rejects.toThrow(WrongConfiguration);
    await expect(refusal).rejects.toThrow(`DATA_DIR ${path} can not be used: `);
    await expect(refusal).rejects.toThrow(reason);
  });

  it('has one owner at a time, and the second is told what to do', async () => {
    const store = await EmbeddedStore.open(folder);
    await expect(EmbeddedStore.open(folder)).rejects.toThrow(FolderInUse);
    await expect(EmbeddedStore.open(folder)).rejects.toThrow(/in use.*its own DATA_DIR/);
    await store.close();
    await (await EmbeddedStore.open(folder)).close();
  });

  it('is found again under a path that is too long for a socket', async () => {
    const long = join(parent, 'x'.repeat(120));
    const store = await EmbeddedStore.open(long);
    await expect(EmbeddedStore.open(long)).rejects.toThrow(FolderInUse);
    await store.close();
  });

  it('keeps what was written, Dates, Maps and odd names included', async () => {
    const row = { at: new Date(), map: new Map([['__proto__', { a: [1, '\ud800'] }]]), none: null };
    const first = await EmbeddedStore.open(folder);
    const table = first.table<typeof row>('rows');
    await first.write(() => table.put(['a', 'b'], row));
    await first.close();
    const second = await EmbeddedStore.open(folder);
    expect(second.table('rows').get(['a', 'b'])).toEqual(row);
    await second.close();
  });

  it('takes no key that is too long for it, and finds nothing under one', async () => {
    const store = await EmbeddedStore.open(folder);
    expect(store.table('rows').get(['a'.repeat(5000)])).toBeUndefined();
    await store.close();
  });
});
