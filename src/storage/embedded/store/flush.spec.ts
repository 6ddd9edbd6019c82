import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EmbeddedStore } from './embedded-store.js';

/** Until it is let go, a commit is there for all readers, and not on the disk. */
const disk = vi.hoisted(() => {
  let sync = (): void => {};
  const synced = new Promise<void>((resolve) => void (sync = resolve));
  return { synced, sync: () => sync() };
});

vi.mock('lmdb', async (original) => {
  const lmdb = await original<typeof import('lmdb')>();
  const open = (options: Parameters<typeof lmdb.open>[0]): unknown =>
    new Proxy(lmdb.open(options), {
      get: (root, name) => {
        if (name === 'flushed') return disk.synced;
        const value: unknown = Reflect.get(root, name, root);
        return typeof value === 'function' ? value.bind(root) : value;
      },
    });
  return { ...lmdb, open };
});

describe('A write on the embedded store', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'onesession-flush-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is acknowledged when the disk has it, not when readers see it', async () => {
    const store = await EmbeddedStore.open(folder);
    const table = store.table<string>('rows');
    const acknowledged = vi.fn();
    const write = store.write(() => table.put(['a'], 'written')).then(acknowledged);
    while (table.get(['a']) === undefined) await sleep(1);
    await sleep(20);
    expect(acknowledged).not.toHaveBeenCalled();
    disk.sync();
    await write;
    expect(acknowledged).toHaveBeenCalledOnce();
    await store.close();
  });
});
