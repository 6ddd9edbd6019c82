import { loadavg } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from './support/figure.js';
import { PATIENCE_MS, sized, STORE } from './support/form.js';
import { metric } from './support/metrics.js';
import { ServiceProcess } from './support/service-process.js';
import { freshStore } from './support/store.js';
import type { StormReport } from './support/storm/protocol.js';
import { storm } from './support/storm/storm.js';
import { percentile } from './support/timed.js';
import { type Begun, beginWithCart, readMine, setMine, validate } from './support/wire.js';

const SESSIONS = sized(20, 200);
const REQUESTS = sized(1_000, 30_000);
const WARM_UP = sized(100, 3_000);
const CHECKS = sized(500, 5_000);
const CONNECTIONS = 32;
/** Sends requests as fast as the service answers them. */
const FULL_SPEED = 1_000_000;
const READS_FLOOR = 3_000;
const WRITES_FLOOR = STORE === 'mongo' ? 500 : 1_000;
/** Store operations that an instance starts by itself, as a share of the requests that it serves. */
const OF_ITS_OWN = 0.1;

describe(`A service on ${STORE} at full speed`, { timeout: PATIENCE_MS }, () => {
  let service: ServiceProcess;
  let sessions: Begun[];
  beforeAll(async () => {
    service = await ServiceProcess.create({ ...freshStore(), SWEEP_SECONDS: '3600' });
    await service.start();
    const begun = Array.from({ length: SESSIONS }, () => beginWithCart(service.instance));
    sessions = await Promise.all(begun);
  });
  afterAll(() => service.dispose());

  const hurry = (path: string, requests: number, body?: object): Promise<StormReport> =>
    storm({
      url: service.instance.url,
      path,
      tokens: sessions.map(({ access }) => access),
      ...(body && { body: JSON.stringify(body) }),
      requests,
      perSecond: FULL_SPEED,
      connections: CONNECTIONS,
    });

  const measured = async (path: string, status: number, body?: object): Promise<string> => {
    await hurry(path, WARM_UP, body);
    const { statuses, failures, latencies, seconds } = await hurry(path, REQUESTS, body);
    expect({ statuses, failures }).toEqual({ statuses: { [status]: REQUESTS }, failures: [] });
    const [half, most] = [0.5, 0.99].map((share) => percentile(latencies, share).toFixed(1));
    return `${Math.round(REQUESTS / seconds)} a second (p50 ${half} ms, p99 ${most} ms)`;
  };

  it(`R32 ${STORE}: reads of one’s own context and writes of attributes at full speed are all answered`, async () => {
    const { path } = readMine('');
    const { path: attributes, body } = setMine('', 'latitude', '48.13');
    const reads = await measured(path, 200);
    const writes = await measured(attributes, 201, body as object);
    figure({
      id: 'R32',
      result:
        `with ${CONNECTIONS} connections, own contexts read ${reads}, where ${READS_FLOOR} with a p99 of 20 ms are the floor; ` +
        `attributes written ${writes}, where ${WRITES_FLOOR} are the floor; 0 errors; load ${loadavg()[0]?.toFixed(1)} on the machine`,
    });
  });

  it(`R32 ${STORE}: a check of a token asks the store at most once`, async () => {
    const { instance } = service;
    const { path } = validate('');
    const operations = () => metric(instance, 'onesession_store_operations_total');
    const before = await operations();
    const { statuses } = await hurry(path, CHECKS);
    const asked = (await operations()) - before;
    expect(statuses).toEqual({ 200: CHECKS });
    expect(asked).toBeGreaterThan(0);
    expect(asked / CHECKS).toBeLessThan(1 + OF_ITS_OWN);
    const result = `${CHECKS} checks of tokens, ${(asked / CHECKS).toFixed(2)} operations of the store for each`;
    figure({ id: 'R32', part: 'checks of tokens', result });
  });
});
