import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOptions } from '../../../scripts/build/options.js';
import { newId } from '../../../src/shared/ids.js';
import { EmbeddedStorage } from '../../../src/storage/embedded/embedded-storage.js';
import { MongoStorage } from '../../../src/storage/mongo/mongo-storage.js';
import type { Storage } from '../../../src/storage/storage.js';
import { aCart, aCustomer, aSession } from '../../support/data/builders.js';
import { documentsOf, dropMongo, newMongoUri } from '../../support/store/drivers.js';
import { erasuresOf } from '../../support/erasure/erasures-of.js';

const PROGRAM = 'test/support/erasure/killed-erasure.ts';
const NAME = 'zq-quagmire-the-erased';
const AT = new Date('2026-01-15T12:00:00.000Z');
/** More writes than an erasure of this person takes. */
const MOST_WRITES = 40;
const PATIENCE_MS = 240_000;

const onMongo = process.env.TEST_DRIVER === 'mongo';

describe('An erasure', { timeout: PATIENCE_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-killed-'));
  const data = join(folder, 'data');
  const uri = onMongo ? newMongoUri() : '';
  // Inside the project, so that Node finds what is not bundled.
  const program = resolve('node_modules/.cache/onesession', `killed-erasure-${newId()}`);
  let storage: Storage;
  const open = async (): Promise<void> => {
    storage = onMongo ? MongoStorage.open(uri) : await EmbeddedStorage.open(data);
    if (storage instanceof MongoStorage) await storage.prepare();
  };

  beforeAll(async () => {
    Logger.overrideLogger(false);
    await build(buildOptions(PROGRAM, program));
    await open();
  }, PATIENCE_MS);
  afterAll(async () => {
    if (storage instanceof MongoStorage) await dropMongo(uri, storage);
    else await storage.close();
    for (const one of [folder, program]) rmSync(one, { recursive: true, force: true });
  });

  /** Erases the person in a process that is killed after its n-th write. @returns whether it was killed */
  const killedAfter = async (writes: number, customerId: string): Promise<boolean> => {
    await storage.close();
    const env = { ...process.env, ERASED: customerId, WRITES: String(writes), DATA_DIR: data };
    const child = spawn(process.execPath, [join(program, 'killed-erasure.js')], {
      env: onMongo ? { ...env, MONGODB_URI: uri } : { ...env, MONGODB_URI: undefined },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code, signal] = await once(child, 'exit');
    await open();
    if (signal !== 'SIGKILL') expect(code).toBe(0);
    return signal === 'SIGKILL';
  };

  const plant = async (): Promise<string> => {
    const customer = aCustomer({
      email: `${NAME}-${newId()}@acme.test`,
      firstName: NAME,
      addresses: [{ id: 'a1', city: NAME, tags: [], isDefault: false, mixins: {} }],
    });
    const customerId = customer.id;
    await storage.customers.create(customer);
    const employees = aSession({ clientId: NAME });
    const sessions = [1, 2].map(() => aSession({ kind: 'customer', customerId, device: NAME }));
    for (const session of [...sessions, employees]) await storage.sessions.create(session, AT);
    for (const type of ['shopping', 'wishlist'])
      await storage.carts.create(
        aCart({ owner: { kind: 'customer', customerId }, type, mixins: { note: NAME } }),
      );
    for (const state of ['waiting', 'kept'] as const) {
      await storage.outbox.add({
        tenant: 'acme',
        id: newId(),
        kind: 'password-reset',
        customerId,
        email: customer.email,
        state,
        attempts: 0,
        createdAt: AT,
        modifiedAt: AT,
        erasedAt: new Date(Date.now() + 86_400_000),
      });
    }
    await storage.impersonations.add({
      tenant: 'acme',
      id: newId(),
      sessionId: employees.sessionId,
      adminClientId: 'desk',
      adminEmail: 'desk@acme.test',
      customerId,
      customerEmail: customer.email,
      reason: NAME,
      begunAt: AT,
      endsAt: AT,
    });
    return customerId;
  };

  const stored = async (): Promise<Buffer> => {
    if (!(storage instanceof MongoStorage)) return readFileSync(join(data, 'data.mdb'));
    return documentsOf(storage);
  };

  const sweep = async (): Promise<void> => {
    const erasures = erasuresOf(storage);
    await erasures.sweep(new Date());
    await erasures.sweep(new Date(Date.now() + 61_000));
  };

  it('goes on after kill -9, whichever of its writes was the last [P-72]', async () => {
    let writes = 0;
    let killed: boolean;
    do {
      writes += 1;
      const customerId = await plant();
      expect((await stored()).includes(NAME)).toBe(true);
      killed = await killedAfter(writes, customerId);
      await sweep();
      const after = `after ${writes} writes`;
      expect((await stored()).includes(NAME), after).toBe(false);
      expect(await storage.customers.find('acme', customerId), after).toBeUndefined();
      expect(await storage.sessions.idsOfCustomer('acme', customerId), after).toEqual([]);
      expect(await storage.impersonations.ofCustomer('acme', customerId), after).toEqual([]);
      expect(await storage.erasures.find('acme', customerId), after).toBeUndefined();
    } while (killed && writes < MOST_WRITES);
    expect(killed, 'the last one was not killed').toBe(false);
    expect(writes).toBeGreaterThan(10);
  });
});
