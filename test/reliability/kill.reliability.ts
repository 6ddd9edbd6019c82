import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Crowd } from './support/crowd.js';
import { figure } from './support/figure.js';
import { PATIENCE_MS, rounds, sized, STORE } from './support/form.js';
import { violations } from './support/history.js';
import { Register } from './support/register.js';
import { ServiceProcess } from './support/service-process.js';
import { storeEnv } from './support/store.js';
import { percentile, seconds } from './support/timed.js';
import { beginWithCart, serviceToken } from './support/wire.js';

const ON_MONGO = STORE === 'mongo';
const KILLS = sized(ON_MONGO ? 1 : 2, 100);
/** The kill comes somewhere in the middle of that many. */
const WRITES = sized(800, 2_000);
const SHOPPERS = 64;
const CLIENTS = 8;

describe(`A service on ${STORE} that is killed`, { timeout: PATIENCE_MS }, () => {
  let service: ServiceProcess;
  let crowd: Crowd;
  let register: Register;

  beforeAll(async () => {
    // A verification refreshes as well: the shopper's own next refresh is a repetition of it.
    service = await ServiceProcess.create({ ...storeEnv(), REFRESH_GRACE_SECONDS: '86400' });
    await service.start();
    const { instance } = service;
    crowd = await Crowd.at(instance);
    const { session } = await beginWithCart(instance);
    register = new Register(instance, await serviceToken(instance), session);
  });
  afterAll(async () => {
    await service.dispose();
    await crowd.leave();
  });

  const killAmidWrites = async (): Promise<void> => {
    const { tally } = crowd.traffic;
    const upTo = tally.acknowledged + randomInt(WRITES / 4, (WRITES * 3) / 4);
    let killed: Promise<void> | undefined;
    const look = setInterval(() => {
      if (tally.acknowledged >= upTo) killed ??= service.kill();
    }, 1);
    await crowd.traffic.flood(SHOPPERS, () => false);
    clearInterval(look);
    await killed;
  };

  it(`R1, R5 ${STORE}: ${KILLS} times kill -9 in the middle of ${WRITES} writes loses nothing acknowledged, revives no token`, async () => {
    const starts: number[] = [];
    const registering = register.run(CLIENTS);
    for (const _ of rounds('R1', KILLS)) {
      const from = crowd.oracle.entries().length;
      await killAmidWrites();
      starts.push(await service.start());
      expect(await crowd.verifier.verify({ from })).toMatchObject({ lost: [], revived: [] });
    }
    register.stop();
    await registering;
    const all = await crowd.verifier.verify();
    expect(all).toMatchObject({ lost: [], revived: [] });
    expect([...crowd.traffic.tally.surprises, ...register.surprises]).toEqual([]);
    expect(violations(register.history, '')).toEqual([]);

    const [median, slowest] = [0.5, 1].map((share) => seconds(percentile(starts, share)));
    const { acknowledged, unknown } = crowd.traffic.tally;
    figure({
      id: 'R1',
      result:
        `${KILLS} kills, ${acknowledged} writes acknowledged and ${unknown} without an answer in ${all.sessions} ` +
        `sessions: 0 lost, 0 of ${all.deadTokens} ended tokens revived; a restart takes ${median} s, the slowest ${slowest} s`,
    });
    const { history, won } = register;
    const result = `${KILLS} kills, ${history.length} operations of which ${won} won a version: linearizable`;
    figure({ id: 'R5', part: 'kills of the service', result });
  });
});
