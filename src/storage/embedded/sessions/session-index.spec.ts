import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSession, BUILT_AT } from '../../../../test/support/data/builders.js';
import type { Session } from '../../../session/session.types.js';
import { EmbeddedStorage } from '../embedded-storage.js';
import { EmbeddedStore } from '../store/embedded-store.js';

describe('Sessions that a version without lists has written to the embedded store', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'onesession-older-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const written = async (sessions: readonly Session[]): Promise<void> => {
    const store = await EmbeddedStore.open(folder);
    const table = store.table<Session>('sessions');
    await store.write(() => sessions.forEach((one) => table.put([one.tenant, one.sessionId], one)));
    await store.close();
  };

  const counted = async (): Promise<readonly number[]> => {
    const storage = await EmbeddedStorage.open(folder);
    const groups = await storage.sessionDirectory.count('acme');
    const among = { passing: () => true };
    const { sessions } = await storage.sessionDirectory.slice('acme', among, {}, 5_000);
    await storage.close();
    return [sessions.length, ...groups.map((group) => group.sessions)];
  };

  it('are listed and counted after the next start, each once', async () => {
    await written(Array.from({ length: 2_500 }, () => aSession()));
    expect(await counted()).toEqual([2_500, 2_500]);
    expect(await counted()).toEqual([2_500, 2_500]);
  });

  it('can be changed and removed like others', async () => {
    const [one, two] = [aSession(), aSession()];
    await written([one, two]);
    const storage = await EmbeddedStorage.open(folder);
    await storage.sessions.change(one, BUILT_AT, (current) => ({
      next: { ...current, clientId: 'another' },
      result: true,
    }));
    await storage.sessions.remove(two);
    await storage.close();
    expect(await counted()).toEqual([1, 1]);
  });
});
