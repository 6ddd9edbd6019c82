import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { figure } from './support/figure.js';
import { PATIENCE_MS, sized, STORE } from './support/form.js';
import type { Answer } from './support/http-client.js';
import { tallyOf } from './support/parallel.js';
import { ServiceProcess } from './support/service-process.js';
import { freshStore } from './support/store.js';
import type { StormReport } from './support/storm/protocol.js';
import { storm } from './support/storm/storm.js';
import { percentile, seconds } from './support/timed.js';
import { beginSession, expectAnswer, readMine } from './support/wire.js';

const PER_SECOND = sized(300, 1_000);
const LOGINS = sized(1_000, 60_000);
const WARM_UP = sized(100, 3_000);
/** Few enough that a busy machine only falls behind: nothing waits for as long as the service waits for its store. */
const CONNECTIONS = 48;

/** Above the limit of 600 a minute for one address; see `src/rate-limit/limits.rules.ts`. */
const REFUSED_STORM = sized(1_200, 20_000);
const PER_MINUTE = 600;
const ATTACKER = '198.51.100.1';
const OTHERS_EVERY_MS = 200;
/** Logins in a row that are answered as ever. */
const WELL = 20;

describe(`A storm of anonymous logins on ${STORE}`, { timeout: PATIENCE_MS }, () => {
  let service: ServiceProcess;
  afterEach(() => service.dispose());

  const start = async (env: NodeJS.ProcessEnv): Promise<void> => {
    service = await ServiceProcess.create({ ...freshStore(), ...env });
    await service.start();
  };

  const { path } = beginSession();
  const blow = (requests: number, headers: Readonly<Record<string, string>> = {}): Promise<StormReport> =>
    storm({
      url: service.instance.url,
      path,
      headers,
      requests,
      perSecond: PER_SECOND,
      connections: CONNECTIONS,
    });

  const reached = ({ latencies, seconds: taken }: StormReport): string => {
    const [half, most] = [0.5, 0.99].map((share) => percentile(latencies, share).toFixed(1));
    return (
      `${Math.round(latencies.length / taken)} a second of ${PER_SECOND} that were asked for, for ` +
      `${taken.toFixed(1)} s; p50 ${half} ms, p99 ${most} ms`
    );
  };

  it(`R13 ${STORE}: below the limit each login makes a session`, async () => {
    await start({ RATE_LIMITS: 'off' });
    await blow(WARM_UP);
    const report = await blow(LOGINS);
    expect(report.failures).toEqual([]);
    expect(report.statuses).toEqual({ 200: LOGINS });
    const tokens = report.bodies.map((body) => JSON.parse(body).access_token);
    expect(new Set(tokens).size).toBe(tokens.length);
    // Alive, and without a context: a token that opens nothing is 401.
    for (const token of tokens) await expectAnswer(service.instance, readMine(token), 404);
    figure({ id: 'R13', result: `${LOGINS} logins, 0 errors: ${reached(report)}` });
  });

  /** Of another address each. @returns logins until the signal, one after the other */
  const others = async (until: AbortSignal): Promise<readonly Answer[]> => {
    const answers: Answer[] = [];
    while (!until.aborted) {
      answers.push(await from(`203.0.113.${answers.length % 250}`));
      await sleep(OTHERS_EVERY_MS, undefined, { signal: until }).catch(() => undefined);
    }
    return answers;
  };
  const from = (address: string): Promise<Answer> =>
    service.instance.send({ ...beginSession(), headers: { 'x-forwarded-for': address } });

  it(`R13 ${STORE}: above the limit its address is refused with 429, and nobody else`, async () => {
    await start({ RATE_LIMITS: 'on', TRUSTED_PROXIES: '127.0.0.1' });
    const calm = new AbortController();
    const rest = others(calm.signal);
    const report = await blow(REFUSED_STORM, { 'x-forwarded-for': ATTACKER });
    const { 200: admitted = 0, 429: refused = 0 } = report.statuses;
    expect(report.failures).toEqual([]);
    expect(admitted + refused).toBe(REFUSED_STORM);
    const minutes = Math.ceil(report.seconds / 60);
    expect(admitted).toBeGreaterThanOrEqual(PER_MINUTE);
    expect(admitted).toBeLessThanOrEqual(PER_MINUTE * minutes);
    expect(report.retryAfter).toBeGreaterThan(0);
    expect(report.retryAfter).toBeLessThanOrEqual(60);

    const over = performance.now();
    for (let i = 0; i < WELL; i++) expect((await from(`192.0.2.${i}`)).status).toBe(200);
    const well = performance.now() - over;
    calm.abort();
    const answers = await rest;
    expect(tallyOf(answers)).toEqual({ 200: answers.length });

    const wait = report.retryAfter ?? 0;
    // A minute is too long for the short form.
    const again = sized(false, true);
    if (again) {
      await sleep(wait * 1000);
      expect((await from(ATTACKER)).status).toBe(200);
    }
    const result =
      `${admitted} admitted and ${refused} refused with 429, 0 errors: ${reached(report)}; ${answers.length} logins from other ` +
      `addresses meanwhile, all 200; the next ${WELL} within ${seconds(well)} s of its end` +
      (again ? `; its address again after the ${wait} s of Retry-After` : '');
    figure({ id: 'R13', part: 'above the limit', result });
  });
});
