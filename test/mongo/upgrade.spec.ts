import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import mongoose from 'mongoose';
import { WrongConfiguration } from '../../src/config/config.schema.js';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { dropMongo, newMongoUri } from '../support/drivers.js';
import { type RawDocument, readFixture } from '../support/raw-store.js';

const NOW = new Date('2026-11-28T10:30:00Z');
const SESSION = { tenant: 'acme', sessionId: '0b6f6c1e-54a8-4f0b-8d0e-5b1f0f4a7c11' };
const CART = 'cart-of-the-release-before';

/** `_id` of the service's own rows is text. */
type Row = { _id: string };

describe('A MongoDB database', () => {
  let uri: string;
  let storage: MongoStorage;
  let raw: mongoose.Connection;
  beforeEach(async () => {
    uri = newMongoUri();
    raw = await mongoose.createConnection(uri).asPromise();
  });
  afterEach(async () => {
    await raw.close();
    await dropMongo(uri, storage);
  });

  const format = () => raw.collection<Row>('meta').findOne({ _id: 'format' });

  it('of the release before keeps its sessions and carts, and records its format', async () => {
    for (const { collection, document } of readFixture<RawDocument>('mongo-1.ndjson')) {
      await raw.collection(collection).insertOne(document);
    }
    storage = MongoStorage.open(uri);
    await storage.prepare();
    const session = await storage.sessions.find(SESSION, NOW);
    expect(session).toMatchObject({ context: { cartId: { value: CART } } });
    expect(session?.context?.attributes.get('colour')).toMatchObject({ value: 'red' });
    expect(await storage.carts.find('acme', CART)).toMatchObject({ items: [{ quantity: 2 }] });
    expect(await format()).toMatchObject({ format: 2 });
  });

  it('of a newer release is refused with a sentence, and stays as it is', async () => {
    await raw.collection<Row & { format: number }>('meta').insertOne({ _id: 'format', format: 3 });
    storage = MongoStorage.open(uri);
    const refused = storage.prepare();
    await expect(refused).rejects.toThrow(WrongConfiguration);
    await expect(refused).rejects.toThrow(
      /^The database '.+' has format 3, written by a newer version of onesession/,
    );
    await expect(storage.ping()).rejects.toThrow('format 3');
    expect(await format()).toMatchObject({ format: 3 });
    expect((await raw.listCollections()).map(({ name }) => name)).toEqual(['meta']);
  });
});
