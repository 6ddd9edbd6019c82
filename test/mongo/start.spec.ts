import { Logger } from '@nestjs/common';
import { mongo } from 'mongoose';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { StoreUnavailable } from '../../src/shared/domain-error.js';
import { WrongIndex } from '../../src/storage/mongo/link/indexes.js';
import { MongoUnusable } from '../../src/storage/mongo/link/mongo-errors.js';
import { optionsFor } from '../../src/storage/mongo/link/mongo-link.js';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { dropMongo, newMongoUri } from '../support/store/drivers.js';

const SLOW = { timeout: 20_000, interval: 100 };

describe('A start on MongoDB', () => {
  let uri = '';
  const opened: MongoStorage[] = [];

  const open = (address: string): MongoStorage => {
    const storage = MongoStorage.open(address);
    opened.push(storage);
    return storage;
  };

  const indexesOf = async (storage: MongoStorage, collection: string) => {
    const indexes = await storage.connection.collection(collection).listIndexes().toArray();
    return indexes.map(({ v: _v, ...index }) => index);
  };

  afterEach(async () => {
    for (const storage of opened.splice(0)) await dropMongo(uri, storage);
  });

  it('makes the indexes that are missing, TTL indexes on a date among them', async () => {
    uri = newMongoUri();
    const storage = open(uri);
    await storage.prepare();
    expect(await indexesOf(storage, 'sessions')).toEqual([
      { key: { _id: 1 }, name: '_id_' },
      { key: { 'lifetime.goneAt': 1 }, name: 'gone_at', expireAfterSeconds: 0 },
      { key: { tenant: 1, facets: 1, createdAt: -1, _id: -1 }, name: 'newest_of_facets' },
      { key: { tenant: 1, createdAt: -1, _id: -1, facets: 1 }, name: 'newest' },
      {
        key: { tenant: 1, customerId: 1, createdAt: -1, _id: -1 },
        name: 'newest_of_customer',
        partialFilterExpression: { customerId: { $exists: true } },
      },
      {
        key: { tenant: 1, 'context.cartId.value': 1, createdAt: -1, _id: -1 },
        name: 'newest_of_cart',
        partialFilterExpression: { 'context.cartId.value': { $exists: true } },
      },
      {
        key: { tenant: 1, 'vtex.cookies.token.claims.sub': 1 },
        name: 'proven_by_cookie',
        partialFilterExpression: { 'vtex.cookies.token.claims.sub': { $exists: true } },
      },
      { key: { endsAt: 1 }, name: 'ends_at', partialFilterExpression: { endsAt: { $exists: true } } },
      {
        key: { 'outbox.id': 1 },
        name: 'unsent',
        partialFilterExpression: { 'outbox.id': { $exists: true } },
      },
    ]);
  });

  it('finds its own indexes right, however many instances start at once', async () => {
    uri = newMongoUri();
    const together = Array.from({ length: 5 }, () => open(uri));
    await Promise.all(together.map((storage) => storage.prepare()));
    const next = open(uri);
    await next.prepare();
    await next.ping();
    expect(await indexesOf(next, 'sessions')).toHaveLength(9);
  });

  it('is refused by an index that differs, which it names; it makes none, and serves nothing', async () => {
    uri = newMongoUri();
    const client = await mongo.MongoClient.connect(uri);
    const db = client.db();
    await db
      .collection('sessions')
      .createIndex({ 'lifetime.goneAt': 1 }, { name: 'mine', expireAfterSeconds: 60 });
    const storage = open(uri);
    await expect(storage.prepare()).rejects.toThrow(/- sessions\.mine is .*60.*and should be /);
    await expect(storage.prepare()).rejects.toThrow(WrongIndex);
    await expect(storage.ping()).rejects.toThrow(WrongIndex);
    const refused = storage.tenants.find('acme');
    await expect(refused).rejects.toThrow(StoreUnavailable);
    await expect(refused).rejects.toMatchObject({ cause: expect.any(WrongIndex) });
    expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(['sessions']);
    await db.collection('sessions').dropIndex('mine');
    await client.close();
    await vi.waitFor(() => storage.ping(), SLOW);
  });

  it('is refused by an address that can not be read, and by a password that is wrong', async () => {
    for (const wrong of ['mongodb://', 'mongodb://127.0.0.1/?w=majority&nonsense=1']) {
      const storage = MongoStorage.open(wrong);
      await expect(storage.prepare()).rejects.toThrow(MongoUnusable);
      await expect(storage.prepare()).rejects.toThrow(/^MONGODB_URI can not be used: /);
      await storage.close();
    }
    const storage = MongoStorage.open(inject('mongoUri').replace('mongodb://', 'mongodb://nobody:wrong@'));
    await expect(storage.prepare()).rejects.toThrow(/Authentication failed/);
    await storage.close();
  });

  it('waits for what is not there, and names a wrong replica set or a host that nobody knows [F-41]', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    const right = new URL(inject('mongoUri').replace('mongodb:', 'http:'));
    for (const [address, told] of [
      [
        `mongodb://${right.host}/?replicaSet=another`,
        /no server of MONGODB_URI is in the replica set 'another'/,
      ],
      ['mongodb://nowhere.invalid/?replicaSet=rs0', /nowhere\.invalid/],
    ] as const) {
      warn.mockClear();
      const storage = MongoStorage.open(address);
      await storage.prepare();
      expect(warn.mock.calls.map(([line]) => String(line))).toEqual([
        expect.stringMatching(told),
        'MongoDB is waited for, and nothing is served before. Is MONGODB_URI the right address?',
      ]);
      await storage.close();
    }
    warn.mockRestore();
  });

  it('keeps its promises whatever the address says', async () => {
    uri = newMongoUri('w=1&journal=false&wtimeoutMS=0&retryWrites=false&retryReads=false');
    const weak = `${uri}&readPreference=secondaryPreferred&readConcernLevel=local&monitorCommands=true`;
    const storage = open(weak);
    await storage.prepare();
    const client = storage.connection.getClient();
    expect(client.options).toMatchObject({
      writeConcern: { w: 'majority', journal: true, wtimeoutMS: 4000 },
      readConcern: { level: 'majority' },
      readPreference: { mode: 'primary' },
      retryWrites: true,
      retryReads: true,
    });
    const commands: mongo.Document[] = [];
    client.on('commandStarted', ({ command }) => commands.push(command));
    await storage.tenants.create({ name: 'acme', settings: {} });
    await storage.tenants.find('acme');
    // In the background, older records are being looked for.
    const [made, read] = commands.filter(({ insert, find }) => insert === 'tenants' || find === 'tenants');
    expect(made).toMatchObject({
      insert: 'tenants',
      writeConcern: { w: 'majority', j: true, wtimeout: 4000 },
    });
    expect(made).toHaveProperty('txnNumber');
    expect(read).toMatchObject({ find: 'tenants', readConcern: { level: 'majority' } });
  });

  it('lets the address choose the database and the limits, and has a database of its own otherwise', () => {
    expect(optionsFor('mongodb://a:1,b:2/?replicaSet=rs')).toMatchObject({
      dbName: 'onesession',
      maxPoolSize: 50,
    });
    const chosen = optionsFor('mongodb+srv://u:p@a/shop?MaxPoolSize=5&serverSelectionTimeoutMS=9');
    expect(chosen).not.toHaveProperty('dbName');
    expect(chosen).not.toHaveProperty('maxPoolSize');
    expect(chosen).not.toHaveProperty('serverSelectionTimeoutMS');
    expect(chosen).toMatchObject({ socketTimeoutMS: 5000 });
  });
});

describe('What has ended', () => {
  const far = new Date(Date.now() + 365 * 86_400_000);
  const past = new Date(Date.now() - 1000);
  const session = {
    tenant: 'acme',
    kind: 'anonymous',
    clientId: 'c',
    epoch: 'e',
    revision: 1,
    createdAt: past,
    refreshTokens: { used: [] },
    asked: {},
  } as const;

  it('is erased by MongoDB itself; what lives on is not, nor is a customer’s session ever', async () => {
    const uri = newMongoUri();
    const storage = MongoStorage.open(uri);
    await storage.prepare();
    const gone = { aliveUntil: past, goneAt: past };
    for (let i = 0; i < 10; i += 1) {
      await storage.sessions.create({ ...session, sessionId: `gone ${i}`, lifetime: gone }, past);
    }
    await storage.sessions.create(
      { ...session, sessionId: 'alive', lifetime: { aliveUntil: far, goneAt: far } },
      past,
    );
    await storage.sessions.create(
      { ...session, sessionId: 'customers', kind: 'customer', customerId: 'anna' },
      past,
    );
    const fence = { _id: 'acme/fenced', rev: '', fencedUntil: past };
    for (const name of ['carts', 'customers']) {
      await storage.connection.collection<{ _id: string }>(name).insertOne(fence);
    }
    const left = async (name: string) => {
      const rows = await storage.connection.collection<{ _id: string }>(name).find().toArray();
      return rows.map(({ _id }) => _id).toSorted();
    };
    // A pass a second on a mongod of ours; on another one, a minute.
    await vi.waitFor(async () => expect(await left('sessions')).toEqual(['acme/alive', 'acme/customers']), {
      timeout: 130_000,
      interval: 250,
    });
    await vi.waitFor(
      async () => expect([await left('carts'), await left('customers')]).toEqual([[], []]),
      SLOW,
    );
    await dropMongo(uri, storage);
  }, 160_000);
});
