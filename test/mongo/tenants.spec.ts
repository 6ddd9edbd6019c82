import { afterAll, beforeAll, expect, it } from 'vitest';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { type OpenedStorage, openStorage } from '../support/store/drivers.js';

let opened: OpenedStorage;
beforeAll(async () => void (opened = await openStorage()));
afterAll(async () => {
  await opened.storage.close();
  await opened.drop();
});

it('A tenant that an earlier version stored, without a version or a state of its row, can be changed', async () => {
  const { storage } = opened;
  if (!(storage instanceof MongoStorage)) throw new Error('not on MongoDB');
  const row = { _id: 'oldshop' as never, name: 'oldshop', settings: { doubleOptIn: true } };
  await storage.connection.collection('tenants').insertOne(row);
  const off = await storage.tenants.change('oldshop', (current) => ({
    ...current,
    enabled: false,
    version: 2,
  }));
  expect(off).toEqual({ name: 'oldshop', settings: { doubleOptIn: true }, enabled: false, version: 2 });
  expect(await storage.tenants.find('oldshop')).toEqual(off);
  await storage.tenants.change('oldshop', (current) => ({ ...current, enabled: true, version: 3 }));
  expect((await storage.tenants.find('oldshop'))?.version).toBe(3);
});
