import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { figure } from './support/figure.js';
import { sized, STORE } from './support/form.js';
import { ServiceProcess } from './support/service-process.js';
import { Load } from './support/soak/load.js';
import { memoryOf } from './support/soak/memory.js';
import { type Sample, slopeOf } from './support/soak/slope.js';
import { storeEnv } from './support/store.js';

const MINUTE_MS = 60_000;
const MIB = 2 ** 20;
const MINUTES = Number(process.env.SOAK_MINUTES ?? sized(0.25, 10));
const VISITS_PER_SECOND = Number(process.env.SOAK_VISITS_PER_SECOND ?? 30);
/** The service remembers 20,000 tokens of each kind; filling that up is no leak. */
const WARM_UP_VISITS = sized(50, 22_000);
/** Of the time under load: until as many sessions are erased as come, and the heap has its size. */
const SETTLING_SHARE = 0.3;
const RSS_SAMPLES = 300;
/** Few, as collecting all garbage holds up the service. */
const LIVE_SAMPLES = 40;
/** Of all requests. */
const MOST_LOST = 0.0001;
/** R14: 1 MiB in 10 minutes. */
const MOST_MIB_AN_HOUR = 6;

/**
 * Sessions end while the load goes on, so that after a while as many are erased as come. Those of the VTEX dialect are held
 * for longer, so the cache of rows is small enough to be full when the warm-up is over.
 */
const SHORT_LIVES = {
  EMBEDDED_CACHE_BYTES: String(8 * MIB),
  ANONYMOUS_LIFETIME_SECONDS: '60',
  ANONYMOUS_DORMANT_SECONDS: '30',
  SWEEP_SECONDS: '10',
};

/** Samples in MiB, spread evenly over the time until the signal. */
async function sampled(count: number, until: AbortSignal, measure: () => Promise<number> | number) {
  const samples: Sample[] = [];
  const began = performance.now();
  while (!until.aborted) {
    const value = (await measure()) / MIB;
    samples.push({ hours: (performance.now() - began) / (60 * MINUTE_MS), value });
    await sleep((MINUTES * MINUTE_MS) / count, undefined, { signal: until }).catch(() => undefined);
  }
  return samples.slice(Math.floor(samples.length * SETTLING_SHARE));
}

function told(samples: readonly Sample[]): string {
  const { perHour, error } = slopeOf(samples);
  const [first, last] = [samples[0], samples.at(-1)].map((one) => one?.value.toFixed(1));
  return `${first} to ${last} MiB, ${perHour.toFixed(1)} ± ${error.toFixed(1)} MiB an hour`;
}

describe(`A long time on ${STORE}`, { timeout: (MINUTES + 20) * MINUTE_MS }, () => {
  let service: ServiceProcess;
  afterEach(() => service.dispose());

  it(`R14 ${STORE}: in ${MINUTES} minutes of all sorts of visits all answers are right, and memory stays as it is`, async () => {
    service = await ServiceProcess.create({ ...storeEnv(), ...SHORT_LIVES }, { weighed: true });
    await service.start();
    const load = new Load(service.instance);
    await load.warmUp(WARM_UP_VISITS);
    const over = AbortSignal.timeout(MINUTES * MINUTE_MS);
    const [resident, own, live] = await Promise.all([
      sampled(RSS_SAMPLES, over, () => memoryOf(service.pid).resident),
      sampled(RSS_SAMPLES, over, () => memoryOf(service.pid).own),
      sampled(LIVE_SAMPLES, over, () => service.liveBytes()),
      load.run(VISITS_PER_SECOND, over),
    ]);
    const result =
      `${MINUTES} minutes of load after ${2 * WARM_UP_VISITS} visits to warm up: ${load.visits} visits with ${load.requests} ` +
      `requests, ${load.wrong} wrong answers, ${load.lost} without an answer, ${load.turnedAway} visits turned away. From ${SETTLING_SHARE * 100} % of the time on: ` +
      `RSS ${told(resident)}; without mapped files ${told(own)}; live after garbage collection ${told(live)}`;
    figure({ id: 'R14', result });
    expect(load.wrong, load.errors.join('\n')).toBe(0);
    expect(load.lost, load.errors.join('\n')).toBeLessThanOrEqual(load.requests * MOST_LOST);
    const { perHour, error } = slopeOf(live);
    // The short form is over before anything has settled.
    if (sized(false, true)) expect(perHour - 2 * error).toBeLessThan(MOST_MIB_AN_HOUR);
  });
});
