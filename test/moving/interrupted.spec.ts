import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportStore } from '../../src/moving/export.js';
import { EmbeddedStorage } from '../../src/storage/embedded/embedded-storage.js';
import { aCart, aCustomer, aSession, BUILT_AT } from '../support/data/builders.js';

const SESSIONS = 1_200;

describe('An export that is interrupted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-export-'));
  let storage: EmbeddedStorage;

  beforeAll(async () => {
    storage = await EmbeddedStorage.open(join(folder, 'data'));
    for (const name of ['acme', 'globex']) await storage.tenants.create({ name, settings: {} });
    const sessions = Array.from({ length: SESSIONS }, (_, i) =>
      aSession({ tenant: i % 2 === 0 ? 'acme' : 'globex' }),
    );
    await Promise.all(sessions.map((one) => storage.sessions.create(one, BUILT_AT)));
    for (let i = 0; i < 5; i += 1) {
      await storage.customers.create(aCustomer());
      await storage.carts.create(aCart());
    }
  });
  afterAll(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  const exported = (
    name: string,
    onProgress: (done: number) => void = () => undefined,
    tenants = ['acme', 'globex'],
  ) => {
    const file = join(folder, name);
    return exportStore(storage, { file, tenants, keys: true, now: BUILT_AT, onProgress });
  };
  const content = (name: string) => readFileSync(join(folder, name), 'utf8').split('\n').toSorted();

  it('goes on where it was, at each part, and holds what an uninterrupted one holds', async () => {
    const whole = await exported('whole.ndjson');
    expect(whole).toEqual({ signingKey: 0, customer: 5, cart: 5, session: SESSIONS });
    let parts = 0;
    for (let stopAt = 1, done = false; !done; stopAt += 1) {
      const name = `interrupted-${stopAt}.ndjson`;
      let seen = 0;
      const stop = () => {
        if (++seen === stopAt) throw new Error('killed');
      };
      done = await exported(name, stop).then(
        () => true,
        () => false,
      );
      parts = stopAt;
      if (done) break;
      expect(existsSync(join(folder, name))).toBe(false);
      expect(await exported(name)).toEqual(whole);
      expect(content(name)).toEqual(content('whole.ndjson'));
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
      expect(existsSync(join(folder, `${name}.checkpoint`))).toBe(false);
    }
    expect(parts).toBeGreaterThan(6);
  });

  it('by a disk that is full says so, and that the same command goes on', async () => {
    const full = () => {
      throw Object.assign(new Error('ENOSPC'), { errno: -constants.errno.ENOSPC, code: 'ENOSPC' });
    };
    await expect(exported('full.ndjson', full)).rejects.toThrow(
      `${join(folder, 'full.ndjson')} can't be written: no space left on device. When it can, the same command goes on`,
    );
    expect(await exported('full.ndjson')).toMatchObject({ session: SESSIONS });
  });

  it('does not go on as an export of other tenants', async () => {
    const stop = (done: number) => {
      if (done > 10) throw new Error('killed');
    };
    await expect(exported('other.ndjson', stop)).rejects.toThrow('killed');
    await expect(exported('other.ndjson', undefined, ['acme'])).rejects.toThrow('checkpoint of another move');
  });
});
