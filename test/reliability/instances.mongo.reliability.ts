import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Balancer } from './support/balancer.js';
import { Crowd } from './support/crowd.js';
import { figure } from './support/figure.js';
import { Fleet } from './support/fleet.js';
import { PATIENCE_MS, rounds, sized } from './support/form.js';
import type { Instance } from './support/http-client.js';
import { logoutStaysFinal } from './support/logout-figure.js';
import { storeEnv } from './support/store.js';
import { beginWithCart, expectAnswer, patchMine, readMine, setMine } from './support/wire.js';

const INSTANCES = 3;
/** A context holds 200 attributes. */
const WRITES_OF_A_SESSION = 150;

describe(`${INSTANCES} instances on MongoDB`, { timeout: PATIENCE_MS }, () => {
  let fleet: Fleet;

  beforeAll(async () => {
    fleet = await Fleet.start(INSTANCES, { ...storeEnv(), REFRESH_GRACE_SECONDS: '86400' });
  });
  afterAll(() => fleet.dispose());

  const WRITES = sized(100, 10_000);
  it(`R27 mongo: what one instance has written, another one reads at once: ${WRITES} times`, async () => {
    const { instances } = fleet;
    let access = '';
    let version = 0;
    for (let write = 0; write < WRITES; write++) {
      const [a, b] = [instances[write % INSTANCES], instances[(write + 1) % INSTANCES]] as [
        Instance,
        Instance,
      ];
      if (write % WRITES_OF_A_SESSION === 0) [{ access }, version] = [await beginWithCart(a), 1];
      const patches = write % 2 === 0;
      const change = patches
        ? patchMine(access, version, { context: { n: write } })
        : setMine(access, `n${write}`, String(write));
      await expectAnswer(a, change, patches ? 204 : 201);
      version++;
      const { body } = await expectAnswer(b, readMine(access), 200);
      expect(body.metadata.version).toBe(version);
      expect(patches ? body.context.n : body.context[`n${write}`]).toBe(patches ? write : String(write));
    }
    figure({ id: 'R27', result: `0 stale of ${WRITES} reads on another instance, right after the write` });
  });

  const LOGOUTS = sized(3, 120);
  it('R10 mongo: a logout is final at once on all of them, also for writes under way, after a crash, and for a new context of its id [P-11]', () =>
    logoutStaysFinal(fleet, LOGOUTS));

  const ROUNDS = sized(1, 10);
  const WRITES_PER_SECOND = sized(20, 100);
  const CALM_MS = sized(500, 2_000);
  /** Longer than it takes requests after it was told to stop, as on a machine that is short of time. */
  const STALL_MS = 1_200;
  it(`R17 mongo: a rolling restart of ${INSTANCES} instances under load fails no request and ends no session: ${ROUNDS} times`, async () => {
    const balancer = new Balancer(fleet.instances);
    const crowd = await Crowd.at(balancer);
    const { traffic, verifier } = crowd;
    const stops: number[] = [];
    await traffic.start(WRITES_PER_SECOND);
    for (const _ of rounds('R17', ROUNDS)) {
      for (const service of fleet.services) {
        await sleep(CALM_MS);
        const stalls = service === fleet.services[0];
        const { code, ms } = await service.stop(stalls ? STALL_MS : 0);
        expect(code).toBe(0);
        if (!stalls) stops.push(ms);
        await service.start();
      }
    }
    await sleep(CALM_MS);
    await traffic.stop();
    const { acknowledged, failures, surprises } = traffic.tally;
    const verified = await verifier.verify();
    await crowd.leave();
    balancer.close();
    expect(verified).toMatchObject({ lost: [], revived: [] });
    expect(surprises).toEqual([]);
    expect(failures.slice(0, 5)).toEqual([]);
    const result =
      `${ROUNDS * INSTANCES} restarts, in ${ROUNDS} of which the instance stalls, ${acknowledged} writes: 0 failed ` +
      `requests, ${verified.sessions} sessions go on; slowest stop ${Math.round(Math.max(...stops))} ms`;
    figure({ id: 'R17', result });
  });
});
