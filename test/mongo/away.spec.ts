import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StoreUnavailable } from '../../src/shared/domain-error.js';
import { newId } from '../../src/shared/ids.js';
import { MongoUnusable } from '../../src/storage/mongo/link/mongo-errors.js';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { findMongod } from '../support/mongo/mongod-binary.js';
import { freePort, MongodFolder, MongodProcess } from '../support/mongo/mongod-process.js';
import { type Member, type ReplicaSet, startReplicaSet } from '../support/mongo/mongod.js';

const SOON = { timeout: 30_000, interval: 100 };
const WAITS_MS = 500;
const aTenant = () => ({ name: `t${newId().slice(0, 12)}`, settings: {} });

describe('While MongoDB is away', { timeout: 90_000 }, () => {
  let set: ReplicaSet;
  let member: Member;
  const opened: MongoStorage[] = [];

  const open = (database: string, option = ''): MongoStorage => {
    const storage = MongoStorage.open(`${set.uri.replace('/?', `/${database}?`)}${option}`);
    opened.push(storage);
    return storage;
  };

  /** The next commands of this name fail, or are answered, as a server in trouble would. */
  const fail = (times: number, data: object) =>
    member.command({ configureFailPoint: 'failCommand', mode: { times }, data });

  beforeAll(async () => {
    set = await startReplicaSet(1, { args: ['--setParameter=enableTestCommands=1'] });
    [member] = set.members as [Member];
  }, 90_000);

  afterAll(async () => {
    await Promise.all(opened.map((storage) => storage.close()));
    await set?.stop();
  });

  it('at the start, every call is refused at once, and all comes by itself when it is there', async () => {
    await member.kill();
    const storage = open('late');
    await storage.prepare();
    const tenant = aTenant();
    await expect(storage.tenants.find(tenant.name)).rejects.toThrow(StoreUnavailable);
    await expect(storage.sessions.idsOfCustomer(tenant.name, 'anna')).rejects.toThrow(StoreUnavailable);
    await expect(storage.ping()).rejects.toThrow(/ECONNREFUSED/);
    await member.restart();
    await vi.waitFor(() => storage.ping(), SOON);
    expect(await storage.tenants.create(tenant)).toBe(true);
    const indexes = await storage.connection.collection('sessions').listIndexes().toArray();
    expect(indexes.map(({ name }) => name)).toContain('gone_at');
  });

  it('later, reads and writes are refused with Retry-After; then they go on, on what was written [P-70]', async () => {
    const storage = open('later');
    await storage.prepare();
    const [before, during] = [aTenant(), aTenant()];
    await storage.tenants.create(before);
    await member.kill();
    const refusals = await Promise.allSettled([
      storage.tenants.find(before.name),
      storage.tenants.create(during),
      storage.carts.remove('acme', 'cart'),
    ]);
    for (const one of refusals) {
      const refusal = expect.objectContaining({ kind: 'unavailable', headers: { 'retry-after': '1' } });
      expect(one).toEqual({ status: 'rejected', reason: refusal });
    }
    await expect(storage.ping()).rejects.toThrow();
    await member.restart();
    await vi.waitFor(() => storage.ping(), SOON);
    expect(await storage.tenants.find(before.name)).toEqual(before);
    expect(await storage.tenants.create(during)).toBe(true);
  });

  it('for longer than a call waits, one call waits at a time, and the others are refused at once', async () => {
    const storage = open('longer', `&serverSelectionTimeoutMS=${WAITS_MS}`);
    await storage.prepare();
    const tenant = aTenant();
    await storage.tenants.create(tenant);
    const asked: string[] = [];
    const ask = async (who: string): Promise<void> => {
      await expect(storage.tenants.find(tenant.name)).rejects.toThrow(StoreUnavailable);
      asked.push(who);
    };
    await member.kill();
    await ask('while it is noticed');
    await sleep(2 * WAITS_MS);
    await Promise.all([ask('who waits'), ask('second'), ask('third')]);
    expect(asked.slice(1)).toEqual(['second', 'third', 'who waits']);
    await member.restart();
    await vi.waitFor(() => storage.ping(), SOON);
    expect(await Promise.all(['a', 'b'].map(() => storage.tenants.find(tenant.name)))).toEqual([
      tenant,
      tenant,
    ]);
  });

  it('a stop does not wait for it', async () => {
    await member.kill();
    const storage = open('never');
    await storage.close();
    await expect(storage.tenants.find('acme')).rejects.toThrow(StoreUnavailable);
    await member.restart();
    await set.primary();
  });

  describe('or in trouble', () => {
    let storage: MongoStorage;

    beforeAll(async () => {
      storage = open('trouble');
      await vi.waitFor(() => storage.ping(), SOON);
    });

    it('a write that the majority did not confirm in time is unknown: refused, and safe to repeat', async () => {
      const customer = {
        tenant: 'acme',
        id: newId(),
        email: 'anna@acme.test',
        passwordHash: 'hash',
        groups: [],
        addresses: [],
        mixins: {},
        createdAt: new Date(0),
        version: 1,
      };
      const writeConcernError = {
        code: 64,
        errmsg: 'waiting for replication timed out',
        errInfo: { wtimeout: true },
      };
      await fail(1, { failCommands: ['insert'], writeConcernError });
      await expect(storage.customers.create(customer)).rejects.toThrow(StoreUnavailable);
      expect(await storage.customers.create(customer)).toBe(true);
      await fail(1, { failCommands: ['update'], writeConcernError });
      const renamed = () =>
        storage.customers.change('acme', customer.id, (c) => ({ ...c, firstName: 'Anna' }));
      await expect(renamed()).rejects.toThrow(StoreUnavailable);
      expect(await renamed()).toEqual({ ...customer, firstName: 'Anna' });
    });

    it('a primary that steps down, or a connection that breaks, is not noticed by the caller', async () => {
      const tenant = aTenant();
      const labels = { errorLabels: ['RetryableWriteError'] };
      await fail(1, { failCommands: ['insert'], errorCode: 10107, ...labels });
      expect(await storage.tenants.create(tenant)).toBe(true);
      await fail(1, { failCommands: ['find'], closeConnection: true });
      expect(await storage.tenants.find(tenant.name)).toEqual(tenant);
    });

    it('a server that answers nothing but that it is not the primary is away', async () => {
      await fail(20, { failCommands: ['find', 'insert', 'update', 'delete'], errorCode: 10107 });
      await expect(storage.tenants.find('acme')).rejects.toThrow(StoreUnavailable);
      await expect(storage.tenants.create(aTenant())).rejects.toThrow(StoreUnavailable);
      await member.command({ configureFailPoint: 'failCommand', mode: 'off' });
      await vi.waitFor(() => storage.tenants.find('acme'), SOON);
    });

    it('a refusal that is nobody’s trouble but ours is not called so', async () => {
      await fail(1, { failCommands: ['find'], errorCode: 13 });
      await expect(storage.tenants.find('acme')).rejects.not.toThrow(StoreUnavailable);
    });

    it('what was acknowledged is read after an election, with more care: also by a read that was under way', async () => {
      const watched = open('election', '&monitorCommands=true');
      await vi.waitFor(() => watched.ping(), SOON);
      const tenant = aTenant();
      await watched.tenants.create(tenant);
      await watched.tenants.find(tenant.name);
      const concerns: unknown[] = [];
      watched.connection.getClient().on('commandStarted', ({ commandName, command }) => {
        if (commandName === 'find') concerns.push(command.readConcern?.level);
      });

      await watched.tenants.find(tenant.name);
      expect(concerns).toEqual(['majority']);
      await member.command({ replSetStepDown: 1, force: true }, 20_000);
      await vi.waitFor(async () => expect(await watched.tenants.find(tenant.name)).toEqual(tenant), SOON);
      expect(concerns.at(-1)).toBe('linearizable');
      await watched.tenants.find(tenant.name);
      expect(concerns.at(-1)).toBe('majority');
    });
  });
});

describe('A MongoDB that is no replica set', () => {
  it('is refused at the start, with the reason', { timeout: 60_000 }, async () => {
    const folder = await MongodFolder.create();
    const port = await freePort();
    const server = await MongodProcess.launch({ binary: await findMongod(), port, folder, args: [] });
    const storage = MongoStorage.open(`mongodb://127.0.0.1:${port}`);
    await expect(storage.prepare()).rejects.toThrow(MongoUnusable);
    await expect(storage.prepare()).rejects.toThrow(/retryable writes need a replica set/);
    await storage.close();
    await server.terminate();
    await folder.remove();
  });
});
