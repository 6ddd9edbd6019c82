import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { profileKeyOf } from '../../src/session/context/profile.rules.js';
import { aCustomer, aSession, BUILT_AT } from '../support/data/builders.js';
import { dropMongo, newMongoUri } from '../support/store/drivers.js';

describe('Sessions that a version without lists has written to MongoDB', () => {
  let uri: string;
  let storage: MongoStorage;
  const older = aSession();
  beforeAll(async () => {
    uri = newMongoUri();
    storage = MongoStorage.open(uri);
    await storage.prepare();
    await storage.tenants.create({ name: 'acme', settings: {} });
    for (const session of [older, aSession({ clientId: 'other' })]) {
      await storage.sessions.create(session, BUILT_AT);
    }
    await storage.connection
      .collection('sessions')
      .updateOne({ sessionId: older.sessionId }, { $unset: { facets: '' } });
  });
  afterAll(() => dropMongo(uri, storage));

  it('are in a group of unknown facets, where lists find them', async () => {
    const groups = await storage.sessionDirectory.groups('acme');
    expect(groups.map(({ facets }) => facets?.clientId).toSorted()).toEqual(['other', undefined]);
    const { sessions } = await storage.sessionDirectory.slice(
      'acme',
      { passing: (facets) => facets === undefined },
      {},
      5,
    );
    expect(sessions).toEqual([older]);
  });

  it('get their facets after the next start', async () => {
    const next = MongoStorage.open(uri);
    await next.prepare();
    next.update();
    const clients = async () =>
      (await next.sessionDirectory.groups('acme')).map(({ facets }) => facets?.clientId).toSorted();
    while ((await clients()).includes(undefined)) await sleep(20);
    expect(await clients()).toEqual(['acme-storefront', 'other']);
    expect(await next.sessions.find(older, BUILT_AT)).toEqual(older);
    await next.close();
  });
});

describe('Groups of sessions with more facets than one answer of MongoDB has room for', () => {
  let uri: string;
  let storage: MongoStorage;
  beforeAll(async () => {
    uri = newMongoUri();
    storage = MongoStorage.open(uri);
    await storage.prepare();
    const long = 'x'.repeat(1_000_000);
    const rows = Array.from({ length: 20 }, (_, i) => ({
      _id: `acme/s${i}`,
      tenant: 'acme',
      createdAt: BUILT_AT,
      facets: JSON.stringify([0, `${i}-${long}`]),
    }));
    const sessions = storage.connection.collection<{ _id: string }>('sessions');
    for (const row of rows) await sessions.insertOne(row);
    await sessions.insertOne({ _id: 'acme/older' });
    await sessions.updateOne({ _id: 'acme/older' }, { $set: { tenant: 'acme', createdAt: BUILT_AT } });
  });
  afterAll(() => dropMongo(uri, storage));

  it('are found nevertheless', async () => {
    const groups = await storage.sessionDirectory.groups('acme');
    const clients = groups.map(({ facets }) => facets?.clientId.slice(0, 3));
    expect(clients.filter((client) => client === undefined)).toHaveLength(1);
    expect(new Set(clients).size).toBe(21);
  });
});

describe('Customers that a version without profiles has written to MongoDB', () => {
  let uri: string;
  let storage: MongoStorage;
  const older = aCustomer({ preferredLanguage: 'fr' });
  const searched = async () =>
    (
      await storage.connection
        .collection('customers')
        .find({}, { projection: { search: 1 } })
        .toArray()
    )
      .map(({ search }) => search?.place !== undefined)
      .filter(Boolean);
  beforeAll(async () => {
    uri = newMongoUri();
    storage = MongoStorage.open(uri);
    await storage.prepare();
    await storage.tenants.create({ name: 'acme', settings: {} });
    for (const customer of [older, aCustomer(), aCustomer()]) await storage.customers.create(customer);
    await storage.connection
      .collection('customers')
      .updateOne({ id: older.id }, { $unset: { 'search.profile': '' } });
  });
  afterAll(() => dropMongo(uri, storage));

  it('leave the profiles of the tenant unknown', async () => {
    expect(await storage.sessionDirectory.profiles('acme')).toBeUndefined();
  });

  it('get theirs after the next start, and are found as before', async () => {
    const next = MongoStorage.open(uri);
    await next.prepare();
    next.update();
    const profiles = () => next.sessionDirectory.profiles('acme');
    while (!(await profiles())) await sleep(20);
    expect((await profiles())?.toSorted()).toEqual(
      [profileKeyOf(aCustomer()), profileKeyOf(older)].toSorted(),
    );
    expect(await next.customers.find('acme', older.id)).toEqual(older);
    expect(await searched()).toHaveLength(3);
    await next.close();
  });

  it('change theirs with the record, and take it along', async () => {
    await storage.customers.change('acme', older.id, ({ preferredLanguage: _none, ...rest }) => rest);
    expect(await storage.sessionDirectory.profiles('acme')).toEqual([profileKeyOf(aCustomer())]);
    expect(await storage.sessionDirectory.profiles('globex')).toEqual([]);
  });
});
