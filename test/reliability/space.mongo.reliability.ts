import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sweeps } from '../../src/shared/sweeps.js';
import { secondsAfter } from '../../src/shared/clock.js';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { asOpened } from '../support/store/drivers.js';
import { openShop, type Shop } from '../support/shop.js';
import { TestClock } from '../support/test-clock.js';
import { figure } from './support/figure.js';
import { PATIENCE_MS, sized } from './support/form.js';
import { cartsAmong, createSessions } from './support/many-sessions.js';
import { storeEnv } from './support/store.js';
import { seconds, timed } from './support/timed.js';

const SESSIONS = sized(1_000, 1_000_000);
const DAY_SECONDS = 86_400;

/** Carts are erased by our own sweep, at a time of the test's own. */
const env = { LOG_LEVEL: 'silent', SWEEP_SECONDS: '1000000' };

describe('Space on mongo', { timeout: PATIENCE_MS }, () => {
  /** MongoDB's own pace, where the tests' server looks every second. */
  const TTL_PASS_SECONDS = sized(1, 60);
  const clock = new TestClock(new Date());
  let storage: MongoStorage;
  let shop: Shop;

  beforeAll(async () => {
    storage = MongoStorage.open(storeEnv().MONGODB_URI ?? '');
    await storage.prepare();
    shop = await openShop({ env, clock, opened: asOpened(storage) });
  });
  afterAll(async () => {
    await ttl({ ttlMonitorEnabled: true, ttlMonitorSleepSecs: 1 });
    await storage.connection.dropDatabase();
    await shop.close();
  });

  const ttl = async (parameters: object): Promise<unknown> =>
    storage.connection.db?.admin().command({ setParameter: 1, ...parameters });

  const count = (collection: string): Promise<number> =>
    storage.connection.collection(collection).countDocuments({});

  it(`R12 mongo: ${SESSIONS} sessions that end are erased, and their carts`, async () => {
    await ttl({ ttlMonitorEnabled: false });
    const goneAt = clock.now();
    await createSessions(storage, SESSIONS, secondsAfter(goneAt, -DAY_SECONDS), goneAt);
    expect(await count('sessions')).toBe(SESSIONS);
    const ms = await timed(async () => {
      await ttl({ ttlMonitorEnabled: true, ttlMonitorSleepSecs: TTL_PASS_SECONDS });
      while (await storage.connection.collection('sessions').findOne({})) await sleep(100);
    });
    clock.advanceSeconds(1);
    const sweep = await timed(() => shop.app.get(Sweeps).run());
    for (const collection of ['carts', 'cart_owners']) expect(await count(collection)).toBe(0);
    figure({
      id: 'R12',
      result:
        `${SESSIONS} sessions gone ${seconds(ms)} s after their end (a TTL pass every ${TTL_PASS_SECONDS} s), ` +
        `their ${cartsAmong(SESSIONS)} carts within ${seconds(sweep)} s of a sweep`,
    });
  });
});
