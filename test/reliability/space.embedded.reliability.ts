import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sweeps } from '../../src/shared/sweeps.js';
import { secondsAfter } from '../../src/shared/clock.js';
import { EmbeddedStorage } from '../../src/storage/embedded/embedded-storage.js';
import { asOpened } from '../support/store/drivers.js';
import { openShop, type Shop } from '../support/shop.js';
import { TestClock } from '../support/test-clock.js';
import { figure } from './support/figure.js';
import { PATIENCE_MS, sized } from './support/form.js';
import { cartsAmong, createSessions } from './support/many-sessions.js';
import { seconds, timed } from './support/timed.js';

const SESSIONS = sized(10_000, 1_000_000);
const DAY_SECONDS = 86_400;

/** The clock is turned between waves, so this one runs in the process of the test. */
const env = { LOG_LEVEL: 'silent', SWEEP_SECONDS: '1000000' };

describe('Space on embedded', { timeout: PATIENCE_MS }, () => {
  const WAVES = 4;
  /** How much the file may vary between waves, because pages are split differently. */
  const TOLERANCE = 1.05;
  const folder = mkdtempSync(join(tmpdir(), 'onesession-space-'));
  const clock = new TestClock();
  let storage: EmbeddedStorage;
  let shop: Shop;

  beforeAll(async () => {
    storage = await EmbeddedStorage.open(folder);
    shop = await openShop({ env, clock, opened: asOpened(storage) });
  });
  afterAll(async () => {
    await shop.close();
    rmSync(folder, { recursive: true });
  });

  it(`R12 embedded: ${SESSIONS} sessions that end are erased, and the file stops growing`, async () => {
    const sweeper = shop.app.get(Sweeps);
    const sizes: number[] = [];
    const sweeps: number[] = [];
    for (let wave = 0; wave < WAVES; wave++) {
      const now = clock.now();
      await createSessions(storage, SESSIONS, now, secondsAfter(now, DAY_SECONDS));
      expect(await sweeper.run()).toBe(0);
      clock.advanceSeconds(DAY_SECONDS);
      let erased = 0;
      sweeps.push(await timed(async () => void (erased = await sweeper.run())));
      expect(erased).toBe(SESSIONS + cartsAmong(SESSIONS));
      sizes.push(statSync(join(folder, 'data.mdb')).size);
    }
    expect(Math.max(...sizes.slice(1))).toBeLessThanOrEqual((sizes[0] ?? 0) * TOLERANCE);
    const slowest = Math.max(...sweeps);
    const mib = sizes.map((size) => Math.round(size / 2 ** 20));
    figure({
      id: 'R12',
      result:
        `${WAVES} waves of ${SESSIONS} sessions, all erased, a wave within ${seconds(slowest)} s; ` +
        `file after each: ${mib.join(', ')} MiB`,
    });
  });
});
