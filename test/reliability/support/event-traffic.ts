import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredEvent } from '../../../src/events/event.types.js';
import type { Endpoint } from './http-client.js';
import { atOnce } from './parallel.js';
import { Patient } from './patient.js';
import { begin, beginWithCart, readMine, serviceToken, setMine } from './wire.js';

const PAUSE_MS = 20;
const NAMES = 5;

interface Chain {
  readonly session: string;
  readonly access: string;
  /** Version of the context that was last acknowledged. */
  acknowledged: number;
}

/** What the log has, compared with the sessions themselves. */
export interface Compared {
  readonly lost: readonly string[];
  readonly outOfOrder: readonly string[];
  /** Told again with another id. */
  readonly doubled: readonly string[];
}

/** Sessions whose contexts change, and others that end, whatever becomes of the service. */
export class EventTraffic {
  private readonly chains: Chain[] = [];
  private readonly ended: string[] = [];
  private running: Promise<unknown> = Promise.resolve();
  private stopped = false;
  private support = '';
  private changes = 0;

  constructor(private readonly to: Endpoint) {}

  /** Sessions that ended. */
  get ends(): number {
    return this.ended.length;
  }

  /** Changes and ends that were acknowledged. */
  get acknowledged(): number {
    return this.changes + this.ended.length;
  }

  async begin(count: number): Promise<void> {
    this.support = await serviceToken(this.to, 'acme-support');
    const begun = await atOnce(count, () => beginWithCart(this.to));
    this.chains.push(...begun.map(({ session, access }) => ({ session, access, acknowledged: 1 })));
  }

  start(): void {
    this.stopped = false;
    this.running = Promise.all([...this.chains.map((chain) => this.change(chain)), this.end()]);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  /** The log must have each version of each context, in order, and one end of each session that ended. */
  async compared(log: readonly StoredEvent[]): Promise<Compared> {
    const bySession = Map.groupBy(log, ({ subject }) => subject);
    const found = { lost: [] as string[], outOfOrder: [] as string[], doubled: [] as string[] };
    for (const chain of this.chains) await this.compare(chain, bySession.get(chain.session) ?? [], found);
    for (const session of this.ended) {
      const types = (bySession.get(session) ?? []).map(({ type }) => type);
      const ends = types.filter((type) => type === 'onesession.session.ended').length;
      if (ends === 0) found.lost.push(`${session}: its end`);
      if (ends > 1) found.doubled.push(`${session}: its end`);
      if (types.at(-1) !== 'onesession.session.ended') found.outOfOrder.push(`${session}: its end`);
    }
    return found;
  }

  private async compare(
    { session, access, acknowledged }: Chain,
    told: readonly StoredEvent[],
    found: { lost: string[]; outOfOrder: string[]; doubled: string[] },
  ): Promise<void> {
    const { body } = await new Patient(this.to).send(readMine(access));
    const version: number = body.metadata.version;
    if (version < acknowledged) found.lost.push(`${session}: a change`);
    // A repeat with the same id is allowed.
    const once = [...new Map(told.toReversed().map((event) => [event.id, event])).values()].toReversed();
    const versions = once
      .filter(({ type }) => type.startsWith('onesession.context.'))
      .map(({ data }) => Number(data.version));
    for (let one = 1; one <= version; one += 1)
      if (!versions.includes(one)) found.lost.push(`${session}: the event of version ${one}`);
    if (versions.some((one, i) => one < (versions[i - 1] ?? 0))) found.outOfOrder.push(session);
    if (new Set(versions).size < versions.length) found.doubled.push(session);
  }

  private async change(chain: Chain): Promise<void> {
    for (let i = 0; !this.stopped; i += 1) {
      const answer = await this.to
        .send(setMine(chain.access, `key${i % NAMES}`, `${i}`))
        .catch(() => undefined);
      if (answer?.status === 201) {
        chain.acknowledged += 1;
        this.changes += 1;
      } else await sleep(PAUSE_MS);
    }
  }

  private async end(): Promise<void> {
    while (!this.stopped) {
      const begun = await begin(this.to).catch(() => undefined);
      if (!begun) await sleep(PAUSE_MS);
      else if (await this.endOne(begun.session)) this.ended.push(begun.session);
    }
  }

  /** One that is not there any more had been ended by a call whose answer was lost. */
  private async endOne(session: string): Promise<boolean> {
    const path = `/admin/acme/sessions/${session}`;
    for (;;) {
      const answer = await this.to
        .send({ method: 'DELETE', path, token: this.support })
        .catch(() => undefined);
      if (answer?.status === 204 || answer?.status === 404) return true;
      if (this.stopped) return false;
      await sleep(PAUSE_MS);
    }
  }
}
