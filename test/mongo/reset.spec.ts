import { describe, expect, it } from 'vitest';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { runReset } from '../reset/run-reset.js';
import { dropMongo, newMongoUri } from '../support/store/drivers.js';

describe('npm run reset on MongoDB', () => {
  /** Other tests are connected to the same MongoDB, under the usual name. */
  const uri = newMongoUri('appName=reset-test');

  it('removes nothing while a service is connected, and the database afterwards', async () => {
    const storage = MongoStorage.open(uri);
    await storage.prepare();
    await storage.tenants.create({ name: 'acme', settings: {} });
    expect(await runReset(['--yes'], { MONGODB_URI: uri })).toEqual({
      code: 2,
      said: 'A service is connected to this MongoDB as reset-test: stop it first\n',
    });
    expect(await storage.tenants.find('acme')).toBeDefined();
    await storage.close();

    const { code, said } = await runReset(['--yes'], { MONGODB_URI: uri });
    expect(said).toContain('  tenants (1)\n');
    expect(code).toBe(0);

    const again = MongoStorage.open(uri);
    await again.prepare();
    expect(await again.tenants.find('acme')).toBeUndefined();
    await dropMongo(uri, again);
  });

  it('leaves a database alone that is not of the service', async () => {
    const storage = MongoStorage.open(uri);
    await storage.prepare();
    await storage.connection.db?.dropCollection('tenants');
    await storage.close();
    const { code, said } = await runReset(['--yes'], { MONGODB_URI: uri });
    expect(said).toContain('is not one of onesession: nothing was removed');
    expect(code).toBe(2);
    await dropMongo(uri, storage);
  });
});
