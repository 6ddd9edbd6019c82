import { randomInt } from 'node:crypto';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logOf, type Place, withStore } from './support/event-log.js';
import { type Compared, EventTraffic } from './support/event-traffic.js';
import { figure } from './support/figure.js';
import { PATIENCE_MS, rounds, sized, STORE } from './support/form.js';
import { ServiceProcess } from './support/service-process.js';
import { storeEnv } from './support/store.js';

const KILLS = sized(STORE === 'mongo' ? 1 : 2, 100);
const SESSIONS = sized(8, 24);
const LONGEST_LIFE_MS = sized(600, 1_500);
const NOTHING_WRONG: Compared = { lost: [], outOfOrder: [], doubled: [] };
const POLL_MS = 20;
const RELAYED_WITHIN_MS = 20_000;

describe(`The events of a service on ${STORE} that is killed`, { timeout: PATIENCE_MS }, () => {
  let service: ServiceProcess;
  let traffic: EventTraffic;
  let place: Place;

  beforeAll(async () => {
    const env = storeEnv();
    service = await ServiceProcess.create(env);
    place = env.MONGODB_URI === undefined ? { folder: dirname(service.dataFile) } : { uri: env.MONGODB_URI };
    await withStore(place, (storage) => storage.interests.save('acme', { id: 'reliability' }));
    await service.start();
    traffic = new EventTraffic(service.instance);
    await traffic.begin(SESSIONS);
  });
  afterAll(() => service.dispose());

  const log = () => withStore(place, (storage) => logOf(storage, 'acme'));

  /** The embedded store has one process at a time, so its log is read while the service is down. */
  const checked = async (): Promise<number> => {
    if ('folder' in place) {
      await service.kill();
      const events = await log();
      await service.start();
      expect(await traffic.compared(events)).toEqual(NOTHING_WRONG);
      return events.length;
    }
    const since = performance.now();
    for (;;) {
      const events = await log();
      const found = await traffic.compared(events);
      const isLate = performance.now() - since > RELAYED_WITHIN_MS;
      if (found.lost.length > 0 && !isLate) continue;
      expect(found).toEqual(NOTHING_WRONG);
      return events.length;
    }
  };

  it(`R35 ${STORE}: ${KILLS} times kill -9 under changes loses no event and moves none before another`, async () => {
    let events = 0;
    for (const _ of rounds('R35', KILLS)) {
      traffic.start();
      const before = traffic.ends;
      await sleep(randomInt(LONGEST_LIFE_MS / 4, LONGEST_LIFE_MS));
      // A slow machine has ended no session yet, and a kill would then prove less.
      while (traffic.ends < before + 2) await sleep(POLL_MS);
      await service.kill();
      await traffic.stop();
      await service.start();
      events = await checked();
    }
    const { acknowledged, ends } = traffic;
    expect(ends).toBeGreaterThan(KILLS);
    figure({
      id: 'R35',
      result: `${KILLS} kills, ${acknowledged} changes acknowledged, ${events} events: 0 lost, 0 out of order, 0 twice with another id`,
    });
  });
});
