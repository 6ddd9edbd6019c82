import { setTimeout as pause } from 'node:timers/promises';
import { RawClient } from '../../support/people/raw-client.js';

/** How each kind begins, and what it adds every second. */
const KINDS = {
  headers: { begin: 'GET /health/live HTTP/1.1\r\nhost: x\r\nx-slow: ', more: 'y' },
  bodies: {
    begin:
      'POST /customer/acme/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{',
    more: ' ',
  },
  // Twice: a thousand times more than that is more than the kernel keeps for all connections together. What is sent
  // later may stand between requests, and tells a client that does not read that it was cut off.
  reading: { begin: 'GET /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(2), more: '\r\n' },
} as const;

export type Slowness = keyof typeof KINDS;

const PIECE_MS = 1_000;
/** More at once would be a flood, which is another thing than slowness. */
const AT_ONCE = 50;

/** Slow clients of one kind. Each that is cut off comes back. */
export class Crowd {
  /** All have connected once. */
  readonly joined: Promise<void>;
  private readonly clients = new Map<RawClient, number>();
  private readonly timer: NodeJS.Timeout;
  private longest = 0;

  constructor(
    private readonly url: string,
    private readonly kind: Slowness,
    size: number,
  ) {
    this.timer = setInterval(() => this.goOn(), PIECE_MS);
    this.joined = this.gather(size);
  }

  get open(): number {
    return [...this.clients.keys()].filter(({ isOpen }) => isOpen).length;
  }

  /** Of any connection, ended or not. */
  get longestLifeMs(): number {
    const open = [...this.clients].filter(([{ isOpen }]) => isOpen);
    return Math.max(this.longest, ...open.map(([, since]) => performance.now() - since));
  }

  leave(): void {
    clearInterval(this.timer);
    for (const client of this.clients.keys()) client.drop();
  }

  private async gather(size: number): Promise<void> {
    for (let joined = 0; joined < size; joined += AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, size - joined) }, () => this.join()));
      await pause(100);
    }
  }

  private async join(): Promise<void> {
    const client = await RawClient.to(this.url);
    const since = performance.now();
    client.socket.once('close', () => {
      this.longest = Math.max(this.longest, performance.now() - since);
    });
    if (this.kind === 'reading') client.socket.pause();
    this.clients.set(client.send(KINDS[this.kind].begin), since);
  }

  private goOn(): void {
    const all = [...this.clients];
    for (const [client] of all.filter(([{ isOpen }]) => isOpen)) client.send(KINDS[this.kind].more);
    for (const [client] of all.filter(([{ isOpen }]) => !isOpen).slice(0, AT_ONCE)) {
      this.clients.delete(client);
      void this.join().catch(() => undefined);
    }
  }
}
