import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logOf, type Place, withStore } from './support/event-log.js';
import { type Compared, EventTraffic } from './support/event-traffic.js';
import { FailoverScene } from './support/failover-scene.js';
import { figure } from './support/figure.js';
import { PATIENCE_MS, rounds, sized } from './support/form.js';
import type { Endpoint } from './support/http-client.js';

const KILLS = sized(1, 10);
const SESSIONS = sized(8, 24);
const LONGEST_CALM_MS = sized(600, 3_000);
const ELECTION_MS = 2_000;
const NOTHING_WRONG: Compared = { lost: [], outOfOrder: [], doubled: [] };
const RELAYED_WITHIN_MS = 30_000;

describe('Events while MongoDB’s primary is killed', { timeout: PATIENCE_MS }, () => {
  let scene: FailoverScene;
  let traffic: EventTraffic;
  let place: Place;

  beforeAll(async () => {
    scene = await FailoverScene.open(2, ELECTION_MS);
    place = { uri: scene.fleet.env.MONGODB_URI ?? '' };
    await withStore(place, (storage) => storage.interests.save('acme', { id: 'reliability' }));
    // All instances look once more.
    await sleep(2_000);
    const { instances } = scene.fleet;
    let turn = 0;
    const inTurn: Endpoint = {
      send: (request) => {
        const instance = instances[(turn += 1) % instances.length] ?? scene.fleet.first;
        return instance.send(request);
      },
    };
    traffic = new EventTraffic(inTurn);
    await traffic.begin(SESSIONS);
  });
  afterAll(() => scene?.close());

  const checked = async (): Promise<number> => {
    const since = performance.now();
    for (;;) {
      const events = await withStore(place, (storage) => logOf(storage, 'acme'));
      const found = await traffic.compared(events);
      const isLate = performance.now() - since > RELAYED_WITHIN_MS;
      if (found.lost.length > 0 && !isLate) continue;
      expect(found).toEqual(NOTHING_WRONG);
      return events.length;
    }
  };

  it(`R35 mongo: ${KILLS} kills of the primary under changes through two instances lose no event`, async () => {
    let events = 0;
    for (const _ of rounds('R35, kills of the primary', KILLS)) {
      traffic.start();
      await sleep(randomInt(LONGEST_CALM_MS / 4, LONGEST_CALM_MS));
      const primary = await scene.set.primary();
      await primary.kill();
      await scene.writesAgain();
      await sleep(randomInt(LONGEST_CALM_MS / 4, LONGEST_CALM_MS));
      await traffic.stop();
      await scene.bringBack(primary);
      events = await checked();
    }
    const { acknowledged, ends } = traffic;
    expect(ends).toBeGreaterThan(KILLS);
    figure({
      id: 'R35',
      part: 'kills of the primary',
      result: `${KILLS} kills, ${acknowledged} changes acknowledged through 2 instances, ${events} events: 0 lost, 0 out of order, 0 twice with another id`,
    });
  });
});
