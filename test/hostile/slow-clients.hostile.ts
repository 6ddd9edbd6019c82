import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../reliability/support/figure.js';
import { sized, STORE } from '../reliability/support/form.js';
import { Crowd, type Slowness } from './support/crowd.js';
import { ProbedService } from './support/probed-service.js';

const CLIENTS = sized(300, 1_000);
const SECONDS = sized(2, 45);
const ASK_EVERY_MS = 50;

const isFull = sized(false, true);

/** Asserted in the full form only: a machine of CI may be busy with anything. */
const MOST_MS = sized(Number.POSITIVE_INFINITY, 1_000);
/**
 * 30 s are promised; then a second between two looks at all connections, and two until a client notices. Not of those
 * that do not read: of a thousand, some have their whole answer in the buffers of the kernel. The service has sent
 * everything then, and the connection waits for its next request. What is not taken is cut off:
 * `test/stories/resilience/slow-clients.e2e-spec.ts`.
 */
const MOST_LIFE_MS = { headers: 33_000, bodies: 33_000, reading: Number.POSITIVE_INFINITY } as const;

const KINDS: readonly Slowness[] = ['headers', 'bodies', 'reading'];

describe(`Clients that are slow, all from one address, on the ${STORE} store`, () => {
  let service: ProbedService;
  const seen: string[] = [];
  beforeAll(async () => void (service = await ProbedService.start()));
  afterAll(() => service.stop());

  it.each(KINDS)(
    'in their %s do not keep an honest one there from being answered [R21, X-09, P-59]',
    async (kind) => {
      const crowd = new Crowd(service.url, kind, CLIENTS);
      const times = await askFor(SECONDS * 1000);
      await crowd.joined;
      const { open, longestLifeMs } = crowd;
      crowd.leave();
      const slowest = Math.max(...times);
      const { rssMiB } = await service.look();
      expect(slowest).toBeLessThan(MOST_MS);
      if (isFull) expect(longestLifeMs).toBeLessThan(MOST_LIFE_MS[kind]);
      seen.push(
        `${kind}: ${times.length} answers, median ${median(times).toFixed(0)} ms, the slowest ${slowest.toFixed(0)} ms ` +
          `(${open} connected at the end, the longest for ${(longestLifeMs / 1000).toFixed(0)} s, ${rssMiB.toFixed(0)} MiB)`,
      );
    },
  );

  it('were slow in each of these ways [R21]', () => {
    expect(seen).toHaveLength(KINDS.length);
    const [load = 0] = loadavg();
    const result = `an honest client beside ${CLIENTS} slow ones; in their ${seen.join('; ')}; load ${load.toFixed(1)}`;
    figure({ id: 'R21', suite: 'hostile', result });
  });

  /** What an honest client does meanwhile, and how long each of its answers takes. */
  async function askFor(ms: number): Promise<readonly number[]> {
    const times: number[] = [];
    for (const end = performance.now() + ms; performance.now() < end; await pause(ASK_EVERY_MS)) {
      const began = performance.now();
      // A new connection each time: that is what a full house refuses first. This route looks at the store.
      const { statusCode, body } = await request(`${service.url}${ANONYMOUS_LOGIN}`, { reset: true });
      await body.dump();
      expect(statusCode).toBe(200);
      times.push(performance.now() - began);
    }
    return times;
  }
});

const ANONYMOUS_LOGIN = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
