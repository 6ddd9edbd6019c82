import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Member } from '../support/mongo/mongod.js';
import { Crowd } from './support/crowd.js';
import { ELECTED_WITHIN_MS, lastBefore, notNear, unasked } from './support/elections.js';
import { FailoverScene } from './support/failover-scene.js';
import { figure } from './support/figure.js';
import { PATIENCE_MS, rounds, sized } from './support/form.js';
import { violations } from './support/history.js';
import type { Endpoint } from './support/http-client.js';
import { loggedInAtLast, logOutAtLast, othersAt, usesOf } from './support/logout.js';
import { Register } from './support/register.js';
import { seconds } from './support/timed.js';
import { beginWithCart, serviceToken } from './support/wire.js';

const ELECTIONS = sized([2_000], [10_000, 2_000]);
const WRITES_PER_SECOND = sized(20, 200);
const FEW_PER_SECOND = sized(10, 20);
const ALONE_MS = 300;
const CALM_MS = sized(500, 3_000);
const REFRESH_EVERY = 10;

interface Kill {
  readonly primary: Member;
  /** Milliseconds by `performance.now`. */
  readonly killed: number;
  /** Milliseconds until a write succeeded again. */
  readonly outage: number;
}

describe.each(ELECTIONS)('MongoDB with elections after %i ms', { timeout: PATIENCE_MS }, (electionMs) => {
  const part = `election ${electionMs / 1000} s`;
  let scene: FailoverScene;
  let crowd: Crowd;

  beforeAll(async () => void (scene = await FailoverScene.open(2, electionMs)));
  afterAll(() => scene?.close());
  beforeEach(async () => void (crowd = await Crowd.at(scene.fleet.first)));
  afterEach(() => crowd.leave());

  const nothingLost = async (): Promise<void> => {
    await crowd.traffic.stop();
    expect(await crowd.verifier.verify({ refreshEvery: REFRESH_EVERY })).toMatchObject({
      lost: [],
      revived: [],
    });
    expect(crowd.traffic.tally.surprises).toEqual([]);
  };

  /**
   * For a moment nobody gets what the primary writes, so that what it acknowledges then dies with it: a logout too.
   * @returns which one was killed: it stays away
   */
  const killPrimary = async (): Promise<Kill> => {
    const { patient } = scene;
    const [first] = patient as [Endpoint];
    const one = await loggedInAtLast(first, 0);
    const primary = await scene.set.primary();
    await scene.holdBack(scene.othersThan(primary));
    const loggedOut = logOutAtLast(first, one);
    await sleep(ALONE_MS);
    const killed = performance.now();
    await primary.kill();
    await scene.catchUp(scene.othersThan(primary));
    const outage = (await scene.writesAgain()) - killed;
    await loggedOut;
    await sleep(CALM_MS);
    expect(await usesOf(one, patient, await othersAt(first))).toEqual([]);
    return { primary, killed, outage };
  };

  const KILLS = sized(1, 20);
  const CLIENTS = 4;
  it(`R2, R5, R10 mongo: ${KILLS} kills of the primary under ${WRITES_PER_SECOND} writes a second lose nothing acknowledged`, async () => {
    const { tally } = crowd.traffic;
    const { session } = await beginWithCart(scene.fleet.first);
    const register = new Register(scene.fleet.first, await serviceToken(scene.fleet.first), session);
    const kills: Kill[] = [];
    const bringBackLast = async (): Promise<void> => {
      const last = kills.at(-1);
      if (last) await scene.bringBack(last.primary);
    };
    const began = performance.now();
    const running = register.run(CLIENTS);
    for (const _ of rounds(`R2, ${part}`, KILLS)) {
      await crowd.traffic.start(WRITES_PER_SECOND);
      await bringBackLast();
      await sleep(CALM_MS);
      kills.push(await killPrimary());
      await crowd.traffic.stop();
    }
    await bringBackLast();
    register.stop();
    await running;
    await nothingLost();
    expect(tally.failures.filter(({ what }) => what !== '503').slice(0, 5)).toEqual([]);
    expect(register.surprises).toEqual([]);
    expect(violations(register.history, '')).toEqual([]);

    const { acknowledged, failures } = tally;
    const killed = kills.map((kill) => kill.killed);
    const others = unasked(await scene.electionsSince(began), killed);
    const own = notNear(others, failures).map((one) => ({
      ...one,
      after: one.at - lastBefore(one.at, killed),
    }));
    expect(own.filter(({ after }) => after > ELECTED_WITHIN_MS).slice(0, 5)).toEqual([]);
    const latest = Math.max(0, ...own.map(({ after }) => after));
    const outage = seconds(Math.max(...kills.map((kill) => kill.outage)));
    figure({
      id: 'R2',
      part,
      result:
        `${KILLS} kills, ${acknowledged} writes acknowledged: 0 lost; ${failures.length} answers 503 with Retry-After, ` +
        `the latest ${seconds(latest)} s after its kill, no other errors; writes back within ${outage} s${besides(others)}`,
    });
    const { history, won } = register;
    const operations = `${history.length} operations of which ${won} won a version: linearizable`;
    figure({ id: 'R5', part: `kills of the primary, ${part}`, result: `${KILLS} kills, ${operations}` });
    const uses = `0 ended tokens accepted on ${scene.fleet.instances.length} instances, ${KILLS} kills amid a logout`;
    figure({ id: 'R10', part: `kills of the primary, ${part}`, result: uses });
  });

  const STEPDOWNS = sized(2, 50);
  /** With three members, two instances and their clients on two cores, more can't catch up from one to the next. */
  const AT_STEPDOWNS_PER_SECOND = sized(20, 100);
  /** In between, the member that stepped down may be elected again. */
  const STEPDOWN_EVERY_MS = sized(2_100, 3_000);
  it(`R3 mongo: ${STEPDOWNS} stepdowns under ${AT_STEPDOWNS_PER_SECOND} writes a second are seen by no client`, async () => {
    const { tally } = crowd.traffic;
    await crowd.traffic.start(AT_STEPDOWNS_PER_SECOND);
    const began = performance.now();
    const asked: number[] = [];
    for (const stepdown of rounds(`R3, ${part}`, STEPDOWNS)) {
      if (stepdown > 1) await sleep(STEPDOWN_EVERY_MS);
      asked.push(performance.now());
      await scene.stepDown();
      await scene.writesAgain();
    }
    await sleep(CALM_MS);
    await nothingLost();
    const others = unasked(await scene.electionsSince(began), asked);
    expect(notNear(others, tally.failures).slice(0, 5)).toEqual([]);
    const p99 = Math.round(tally.percentile(0.99));
    const result = `${STEPDOWNS} stepdowns, ${tally.acknowledged} writes: 0 lost, 0 errors, p99 ${p99} ms${besides(others)}`;
    figure({ id: 'R3', part, result });
  });

  const STALLS = sized(1, 3);
  const STALLED_MS = sized(3_000, 30_000);
  /** The full form waits until a client has found it among the members again. */
  const STALE_MS = sized(2_000, 12_000);
  it(`R4 mongo: a primary that stalls for ${STALLED_MS / 1000} s and comes back loses nothing and revives no token`, async () => {
    const { patient } = scene;
    const [first] = patient as [Endpoint];
    let tries = 0;
    let outage = 0;
    await crowd.traffic.start(FEW_PER_SECOND);
    for (const stall of rounds(`R4, ${part}`, STALLS)) {
      const one = await loggedInAtLast(first, stall);
      const bystanders = await othersAt(first);
      const primary = await scene.set.primary();
      await scene.holdBack(scene.othersThan(primary));
      await sleep(ALONE_MS);
      const began = performance.now();
      // What it has then is stale, and stays so for a while when it is back.
      await scene.holdBack([primary]);
      primary.pause();
      await scene.catchUp(scene.othersThan(primary));
      await logOutAtLast(first, one);
      outage = Math.max(outage, performance.now() - began);
      const resumeAt = Math.max(began + STALLED_MS, performance.now() + CALM_MS);
      const resumed = sleep(resumeAt - performance.now()).then(() => primary.resume());
      for (; performance.now() < resumeAt + STALE_MS; tries++) {
        expect(await usesOf(one, patient, bystanders)).toEqual([]);
      }
      await resumed;
      await scene.catchUp([primary]);
      await scene.inRole(primary);
    }
    await nothingLost();
    const { acknowledged, failures } = crowd.traffic.tally;
    expect(failures.filter(({ what }) => what !== '503').slice(0, 5)).toEqual([]);
    const result =
      `${STALLS} stalls, ${acknowledged} writes acknowledged, ${failures.length} answers 503: 0 lost; a logout was ` +
      `acknowledged within ${seconds(outage)} s, then 0 tokens accepted in ${tries} rounds of uses`;
    figure({ id: 'R4', part, result });
  });
});

const besides = (elections: readonly number[]): string =>
  elections.length === 0 ? '' : ` (not counted: errors around ${elections.length} elections of its own)`;
