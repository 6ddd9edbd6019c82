import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import mongoose from 'mongoose';
import { WrongConfiguration } from '../../src/config/config.schema.js';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { dropMongo, newMongoUri } from '../support/store/drivers.js';
import { FIXTURES } from '../moving/release/told.js';
import { type RawDocument, readLines, writeDocuments } from '../support/programs/raw-store.js';

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

  it('of an earlier format records the present one', async () => {
    await writeDocuments(uri, readLines<RawDocument>(`${FIXTURES}/format-1/mongo.ndjson`));
    expect(await format()).toBeNull();
    storage = MongoStorage.open(uri);
    await storage.prepare();
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
