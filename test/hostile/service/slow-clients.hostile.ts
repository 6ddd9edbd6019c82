import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../../support/raw-client.js';
import { ProbedService } from './support/probed-service.js';

const SHORT = process.env.HOSTILE === 'short';
const SLOW_CLIENTS = SHORT ? 300 : 1_000;
/** More at once would be a flood, which is another thing than slowness. */
const AT_ONCE = 50;
const SECONDS = SHORT ? 8 : 45;

/** Of the honest client, in the long form (R21). */
const MOST_MS = SHORT ? Number.POSITIVE_INFINITY : 1_000;

const PIECE_MS = 1_000;

/** How each kind begins, and what it adds every second. */
const KINDS = {
  headers: { begin: 'GET /health/live HTTP/1.1\r\nhost: x\r\nx-slow: ', more: 'y' },
  bodies: {
    begin:
      'POST /customer/acme/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{',
    more: ' ',
  },
  // Twice: a thousand times more than that is more than the kernel keeps for all connections together.
  reading: { begin: 'GET /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(2), more: '' },
} as const;

type Kind = keyof typeof KINDS;

describe('Clients that are slow, all from one address', () => {
  let service: ProbedService;
  beforeAll(async () => void (service = await ProbedService.start()));
  afterAll(() => service.stop());

  it.each(Object.keys(KINDS) as Kind[])(
    'in their %s do not keep an honest one there from being answered [X-09, P-59]',
    async (kind) => {
      const gathering = Crowd.of(service.url, kind);
      const times: number[] = [];
      for (const end = performance.now() + SECONDS * 1000; performance.now() < end;) {
        const began = performance.now();
        // A connection of its own each time: a newcomer has it hardest.
        const { statusCode, body } = await request(`${service.url}/.well-known/jwks.json`, { reset: true });
        await body.dump();
        expect(statusCode).toBe(200);
        times.push(performance.now() - began);
        await pause(50);
      }
      const crowd = await gathering;
      const { rssMiB, blockedMs } = await service.look();
      const slowest = Math.max(...times);
      console.log(
        `${kind}: ${times.length} answers, the slowest in ${slowest.toFixed(0)} ms; of ${SLOW_CLIENTS} slow clients ` +
          `${crowd.open} are connected; ${rssMiB.toFixed(0)} MiB, blocked ${blockedMs.toFixed(0)} ms at most`,
      );
      expect(slowest).toBeLessThan(MOST_MS);
      crowd.leave();
    },
  );
});

/** Each that is cut off comes back. */
class Crowd {
  private readonly clients = new Set<RawClient>();
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly url: string,
    private readonly kind: Kind,
  ) {
    this.timer = setInterval(() => this.goOn(), PIECE_MS);
  }

  static async of(url: string, kind: Kind): Promise<Crowd> {
    const crowd = new Crowd(url, kind);
    for (let joined = 0; joined < SLOW_CLIENTS; joined += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => crowd.join()));
      await pause(100);
    }
    return crowd;
  }

  get open(): number {
    return [...this.clients].filter(({ isOpen }) => isOpen).length;
  }

  leave(): void {
    clearInterval(this.timer);
    for (const client of this.clients) client.drop();
  }

  private async join(): Promise<void> {
    const client = await RawClient.to(this.url);
    if (this.kind === 'reading') client.socket.pause();
    this.clients.add(client.send(KINDS[this.kind].begin));
  }

  private goOn(): void {
    const clients = [...this.clients];
    for (const client of clients.filter(({ isOpen }) => isOpen)) client.send(KINDS[this.kind].more);
    for (const client of clients.filter(({ isOpen }) => !isOpen).slice(0, AT_ONCE)) {
      this.clients.delete(client);
      void this.join().catch(() => undefined);
    }
  }
}
