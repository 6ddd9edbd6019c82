import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionLost, type Endpoint, NotSent } from './http-client.js';
import { type Begun, beginWithCart, expectAnswer, readMine, setMine } from './wire.js';

const RETRY_MS = 20;

/**
 * A client that numbers its writes and makes one at a time, each to the next of its sessions. So any prefix of its
 * history is known by the number of its last write. After a crash it repeats the write that had no answer.
 */
export class Lane {
  /** When each write was acknowledged, as milliseconds of the machine's clock. */
  readonly acknowledgedAt: number[] = [];

  private constructor(private readonly sessions: readonly Begun[]) {}

  /** The number of the last one. Numbers begin with 1. */
  get acknowledged(): number {
    return this.acknowledgedAt.length;
  }

  static async begin(to: Endpoint, sessions: number): Promise<Lane> {
    const begun: Begun[] = [];
    for (let i = 0; i < sessions; i++) begun.push(await beginWithCart(to));
    return new Lane(begun);
  }

  async write(to: Endpoint, goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      const next = this.acknowledged + 1;
      try {
        await expectAnswer(to, setMine(this.sessionOf(next).access, 'n', String(next)), 201);
        this.acknowledgedAt.push(Date.now());
      } catch (error) {
        if (!(error instanceof ConnectionLost || error instanceof NotSent)) throw error;
        await sleep(RETRY_MS);
      }
    }
  }

  /** @returns the number of the last write, if what is there is a prefix of the history @throws Error if it is none */
  prefixIn(at: Endpoint): Promise<number> {
    return this.prefixOf((session) => this.numberIn(at, session));
  }

  /** The same. @param numberOf what a session says; 0 if nothing was written to it */
  async prefixOf(numberOf: (session: Begun) => Promise<number>): Promise<number> {
    const numbers = await Promise.all(this.sessions.map(numberOf));
    const last = Math.max(...numbers);
    const expected = this.sessions.map((_, place) => this.lastOf(place, last));
    if (String(numbers) !== String(expected)) {
      throw new Error(`not a prefix: sessions have ${String(numbers)} instead of ${String(expected)}`);
    }
    return last;
  }

  private sessionOf(write: number): Begun {
    const session = this.sessions[write % this.sessions.length];
    if (!session) throw new Error('a lane needs sessions');
    return session;
  }

  /** The last write up to `upTo` that went to the session at this place; 0 if none did. */
  private lastOf(place: number, upTo: number): number {
    const count = this.sessions.length;
    const last = upTo - ((((upTo - place) % count) + count) % count);
    return Math.max(last, 0);
  }

  private async numberIn(at: Endpoint, { access }: Begun): Promise<number> {
    const { body } = await expectAnswer(at, readMine(access), 200);
    return Number(body.context?.n ?? 0);
  }
}
