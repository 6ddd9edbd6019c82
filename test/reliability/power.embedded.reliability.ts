import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readThrough } from '../../src/storage/embedded/backup/copy.js';
import { EmbeddedStorage } from '../../src/storage/embedded/embedded-storage.js';
import { figure } from './support/figure.js';
import { PATIENCE_MS, rounds, sized } from './support/form.js';
import { Lane } from './support/lane.js';
import { type DiskEvent, diskEvents, tracedBy } from './support/power/disk-events.js';
import { imageAt } from './support/power/image.js';
import { ServiceProcess } from './support/service-process.js';

const IMAGES = sized(40, 2_000);
const LOAD_MS = sized(2_000, 10_000);
const LANES = 16;
const SESSIONS_OF_A_LANE = 5;
/** The client's clock has milliseconds, the trace microseconds. */
const CLOCK_MS = 1;

describe('The power goes while the embedded store is written', { timeout: PATIENCE_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-power-'));
  const data = join(folder, 'data');
  const [file, trace] = [join(data, 'data.mdb'), join(folder, 'trace')];
  let service: ServiceProcess;
  beforeAll(async () => {
    const env = { DATA_DIR: data, SWEEP_SECONDS: '3600' };
    service = await ServiceProcess.create(env, { under: tracedBy(trace, file) });
    await service.start();
  });
  afterAll(async () => {
    await service.dispose();
    rmSync(folder, { recursive: true });
  });

  /** @returns what the service writes while the lanes do, and the file as it was before */
  const written = async (lanes: readonly Lane[]) => {
    await service.kill();
    await sleep(100);
    const before = readFileSync(file);
    await service.start();
    let writing = true;
    const all = Promise.all(lanes.map((lane) => lane.write(service.instance, () => writing)));
    await sleep(LOAD_MS);
    writing = false;
    await all;
    await service.kill();
    // strace writes its last lines after the process is gone.
    while (!readFileSync(trace).subarray(-500).includes('+++ killed by SIGKILL +++')) await sleep(50);
    return { before, events: await diskEvents(trace) };
  };

  const restored = async (image: Buffer, lanes: readonly Lane[]): Promise<readonly number[]> => {
    const to = join(folder, 'image');
    mkdirSync(to);
    writeFileSync(join(to, 'data.mdb'), image);
    await readThrough(to);
    const storage = await EmbeddedStorage.open(to);
    try {
      const numberOf = async (sessionId: string): Promise<number> => {
        const session = await storage.sessions.find({ tenant: 'acme', sessionId }, new Date());
        return Number(session?.context?.attributes.get('n')?.value ?? 0);
      };
      return await Promise.all(lanes.map((lane) => lane.prefixOf(({ session }) => numberOf(session))));
    } finally {
      await storage.close();
      rmSync(to, { recursive: true });
    }
  };

  it(`R31 embedded: ${IMAGES} images of the disk, without what was not synced, hold every acknowledged write`, async () => {
    const lanes = await Promise.all(
      Array.from({ length: LANES }, () => Lane.begin(service.instance, SESSIONS_OF_A_LANE)),
    );
    const { before, events } = await written(lanes);
    const syncs = events.filter(({ kind }) => kind === 'sync').length;
    let held = 0;
    for (const _ of rounds('R31', IMAGES)) {
      const { begun, done } = events[Math.floor(Math.random() * events.length)] as DiskEvent;
      const time = begun + Math.random() * (done - begun) * 2;
      const found = await restored(imageAt(before, events, time, Math.random), lanes);
      for (const [i, { acknowledgedAt }] of lanes.entries()) {
        const acknowledged = acknowledgedAt.filter((at) => at + CLOCK_MS < time).length;
        expect(found[i]).toBeGreaterThanOrEqual(acknowledged);
        held += acknowledged;
      }
    }
    expect(held).toBeGreaterThan(0);
    expect(syncs).toBeGreaterThan(10);
    const writes = lanes.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
    figure({
      id: 'R31',
      result:
        `${IMAGES} images of a disk that lost what was not synced, at moments of ${writes} writes with ${syncs} syncs: ` +
        `each opens, reads through, and is a prefix of the history with all that was acknowledged`,
    });
  });
});
