import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { asOpened, dropMongo, newMongoUri } from '../support/store/drivers.js';
import { CARTS, ON_MAIN } from '../support/data/login-carts.js';
import { openShop } from '../support/shop.js';

const [COMMANDS = ''] = blocksFor('test/mongo/sharding.spec.ts', 'docs/scaling.md');

/** What the page tells a cluster, by collection. */
function shardKeys(): ReadonlyMap<string, object> {
  const keys = new Map<string, object>();
  const enabled: string[] = [];
  const sh = {
    enableSharding: (database: string) => enabled.push(database),
    shardCollection(namespace: string, key: object) {
      const [database = '', name = ''] = namespace.split('.');
      expect(enabled).toContain(database);
      keys.set(name, structuredClone(key));
    },
  };
  runInNewContext(COMMANDS, { sh });
  return keys;
}

/** A cluster refuses a hashed key where another index is unique: no shard can see all its values. */
describe('The collections that docs/scaling.md shards', () => {
  let uri: string;
  let storage: MongoStorage;
  beforeAll(async () => {
    uri = newMongoUri();
    storage = MongoStorage.open(uri);
    await storage.prepare();
    const shop = await openShop({ opened: asOpened(storage) });
    const shopper = await shop.visitor();
    await shopper.post(CARTS, ON_MAIN).expect(201);
    await shop.app.close();
    storage = MongoStorage.open(uri);
    await storage.prepare();
  });
  afterAll(() => dropMongo(uri, storage));

  it('exist, have no unique index but that of their id, and take the index of their key', async () => {
    const keys = [...shardKeys()];
    expect(keys.length).toBeGreaterThan(4);
    for (const [name, key] of keys) {
      const rows = storage.connection.collection(name);
      const indexes = await rows.indexes();
      expect({ name, unique: indexes.filter(({ unique }) => unique) }).toEqual({ name, unique: [] });
      await rows.createIndex(key as Record<string, 'hashed'>);
    }
  });

  it('keep that index when an instance starts again', async () => {
    await storage.prepare();
    for (const [name, key] of shardKeys()) {
      const indexes = await storage.connection.collection(name).indexes();
      expect(indexes.map((index) => index.key)).toContainEqual(key);
    }
  });
});
