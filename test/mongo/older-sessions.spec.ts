import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { aSession, BUILT_AT } from '../support/builders.js';
import { dropMongo, newMongoUri } from '../support/drivers.js';

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
