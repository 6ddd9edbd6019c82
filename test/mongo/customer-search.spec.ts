import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { aCustomer } from '../support/data/builders.js';
import { type FreshStorage, openStorage } from '../support/store/drivers.js';

describe('Customers that an instance of an earlier version has stored', () => {
  let opened: FreshStorage;
  beforeAll(async () => {
    opened = await openStorage();
  });
  afterAll(async () => {
    await opened.storage.close();
    await opened.drop();
  });

  it('can be searched for soon, and again after such an instance has written one', async () => {
    const { storage } = opened;
    if (!(storage instanceof MongoStorage)) throw new Error('this test is about MongoDB');
    const rows = storage.connection.collection('customers');
    const customers = Array.from({ length: 1_200 }, (_, i) => aCustomer({ firstName: `Zoe ${i}` }));
    await Promise.all(customers.map((one) => storage.customers.create(one)));
    await rows.insertOne({
      _id: 'acme/fence',
      rev: 'r',
      fencedUntil: new Date(Date.now() + 60_000),
    } as never);
    const namesOf = async (prefix: string) => {
      const found = await storage.customers.search('acme', { prefix, limit: 200 });
      return found.rows.map(({ firstName }) => firstName);
    };
    await rows.updateMany({}, { $unset: { search: 1 } });
    expect(await namesOf('zoe 7')).toEqual([]);
    await storage.sweep(new Date());
    await vi.waitFor(async () => expect(await namesOf('zoe 7')).toHaveLength(111), 10_000);
    await rows.updateOne({ firstName: 'Zoe 7' }, { $unset: { search: 1 } });
    expect(await namesOf('zoe 7')).toHaveLength(110);
    await storage.sweep(new Date());
    await vi.waitFor(async () => expect(await namesOf('zoe 7')).toHaveLength(111), 10_000);
    expect(await rows.countDocuments({ search: { $exists: false } })).toBe(1);
  });
});
