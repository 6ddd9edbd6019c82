import { setTimeout as sleep } from 'node:timers/promises';
import { EventLog, type StoredEvent, Subscribers } from '../../../src/events/index.js';
import type { Shop } from '../shop.js';

const PAUSE_MS = 20;
const PATIENCE_MS = 10_000;

/** Wants the events of a tenant, and reads them from the log. */
export class Subscriber {
  private constructor(
    private readonly log: EventLog,
    private readonly gate: Subscribers,
    private readonly tenant: string,
  ) {}

  static async of({ app }: Pick<Shop, 'app'>, tenant = 'acme'): Promise<Subscriber> {
    const gate = app.get(Subscribers);
    await gate.add(tenant, { id: 'subscriber' });
    return new Subscriber(app.get(EventLog), gate, tenant);
  }

  leave(): Promise<void> {
    return this.gate.remove(this.tenant, 'subscriber');
  }

  /** Returns all events of the log about a session, cart or customer. */
  async about(subject: string): Promise<readonly StoredEvent[]> {
    const all = await this.all();
    return all.filter((event) => event.subject === subject);
  }

  async all(): Promise<readonly StoredEvent[]> {
    const found: StoredEvent[] = [];
    let position: string | undefined;
    for (;;) {
      const some = await this.log.after(this.tenant, position, 100);
      found.push(...some.map(({ event }) => event));
      position = some.at(-1)?.position;
      if (position === undefined) return found;
    }
  }

  /** Waits for the last of these types, and returns the events about the subject. */
  async awaited(subject: string, ...types: readonly string[]): Promise<readonly StoredEvent[]> {
    const since = performance.now();
    for (;;) {
      const found = await this.about(subject);
      if (found.length >= types.length || performance.now() - since > PATIENCE_MS) return found;
      await sleep(PAUSE_MS);
    }
  }
}

/** Returns types without what they all begin with. */
export const typesOf = (events: readonly StoredEvent[]): readonly string[] =>
  events.map(({ type }) => type.replace('onesession.', ''));
