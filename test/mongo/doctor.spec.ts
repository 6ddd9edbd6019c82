import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { Ctl } from '../support/programs/ctl.js';
import { dropMongo, newMongoUri } from '../support/store/drivers.js';

interface Finding {
  readonly check: string;
  readonly state: string;
  readonly found: string;
  readonly advice?: string;
}

describe('doctor, with MONGODB_URI', () => {
  let ctl: Ctl;
  let uri: string;
  let storage: MongoStorage;
  beforeAll(async () => {
    uri = newMongoUri();
    storage = MongoStorage.open(uri);
    await storage.prepare();
    ctl = Ctl.build({ MONGODB_URI: uri, ONESESSION_URL: 'http://127.0.0.1:2' });
  });
  afterAll(async () => {
    ctl.remove();
    await dropMongo(uri, storage);
  });

  const finding = async (check: string, env: Record<string, string> = {}): Promise<Finding | undefined> => {
    const { out } = await ctl.run(['doctor', '--json'], { env });
    const { findings }: { findings: Finding[] } = JSON.parse(out);
    return findings.find((one) => one.check === check);
  };

  it('finds the indexes that the service has made, its clock, and how full its disk is', async () => {
    expect(await finding('indexes')).toMatchObject({ state: 'ok' });
    expect(await finding('store')).toMatchObject({
      state: 'ok',
      found: expect.stringContaining('a replica set'),
    });
    expect(await finding('clock of the store')).toMatchObject({ state: 'ok' });
    expect((await finding('disk'))?.found).toMatch(/^\d+ % free/);
  });

  it('names indexes that are missing, or not as they are declared, and what to do', async () => {
    const client = await mongo.MongoClient.connect(uri);
    const sessions = client.db().collection('sessions');
    await sessions.dropIndex('gone_at');
    expect(await finding('indexes')).toMatchObject({
      state: 'warning',
      found: 'missing: sessions.gone_at',
      advice: 'Start the service: it makes what is missing',
    });
    await sessions.createIndex({ 'lifetime.goneAt': 1 }, { name: 'gone_at' });
    expect(await finding('indexes')).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('sessions.gone_at is '),
      advice: expect.stringContaining('Drop each of these'),
    });
    await client.close();
  });

  it('says that MongoDB is away, without its password', async () => {
    const away = { MONGODB_URI: 'mongodb://shop:a-secret-of-it@127.0.0.1:2/shop' };
    const found = await finding('store', away);
    expect(found).toMatchObject({ state: 'failed' });
    expect(JSON.stringify(found)).not.toContain('a-secret-of-it');
  });
});
