import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Member, type ReplicaSet, startReplicaSet } from '../support/mongo/mongod.js';
import { figure } from './support/figure.js';
import { PATIENCE_MS, sized } from './support/form.js';
import { ServiceProcess } from './support/service-process.js';
import { databaseOf } from './support/store.js';
import { seconds } from './support/timed.js';
import { begin, beginSession } from './support/wire.js';

describe('A MongoDB that is away', { timeout: PATIENCE_MS }, () => {
  let set: ReplicaSet;
  let mongod: Member;
  let service: ServiceProcess;

  beforeAll(async () => {
    set = await startReplicaSet(1);
    mongod = await set.primary();
    service = await ServiceProcess.create({ MONGODB_URI: databaseOf(set.uri) });
  });
  afterAll(async () => {
    await service?.dispose();
    await set?.stop();
  });

  const expectAway = async (): Promise<void> => {
    await service.answers('/health/live', 200);
    await service.answers('/health/ready', 503);
    const { status, headers, body } = await service.instance.send(beginSession());
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toMatch(/mongo|127\.0\.0\.1|ECONN/i);
  };

  /** @returns milliseconds from the start of mongod until the service is ready */
  const comeBack = async (): Promise<number> => {
    await mongod.restart();
    const began = performance.now();
    await service.answers('/health/ready', 200);
    return performance.now() - began;
  };

  /** It goes away, and the service starts then, or runs already. */
  const OUTAGES = sized(['start', 'run'], ['start', 'run', 'start', 'run', 'start', 'run']);
  it('R23 mongo: a service that starts without MongoDB, or loses it, lives, is not ready, and connects when it comes', async () => {
    const waits: number[] = [];
    for (const outage of OUTAGES) {
      if (outage === 'start') await service.kill();
      await mongod.kill();
      if (outage === 'start') await service.launch();
      await expectAway();
      waits.push(await comeBack());
      await begin(service.instance);
    }
    const slowest = Math.max(...waits);
    const result = `${OUTAGES.length} outages: live, not ready, 503; ready ${seconds(slowest)} s after mongod at the latest`;
    figure({ id: 'R23', result });
  });
});
