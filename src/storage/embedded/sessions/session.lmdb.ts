import type { Logger } from '@nestjs/common';
import type { EndCause, StoredEvent } from '../../../events/event.types.js';
import { type FoundIds, StoredSessions, type ToldStep } from '../../../session/session.repository.js';
import { provenCustomers } from '../../../session/proven-customers.rules.js';
import type { ChangedBy, Session, SessionKey } from '../../../session/session.types.js';
import { stateOf } from '../../../session/tokens/lifetime.rules.js';
import type { LmdbEventLog } from '../events/event-log.lmdb.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import type { EndIndex } from '../store/end-index.js';
import { LAST, type Table } from '../store/table.js';
import { SessionIndex } from './session-index.js';

const keyOf = ({ tenant, sessionId }: SessionKey): string[] => [tenant, sessionId];

const goneAt = (session: Session | undefined): Date | undefined => session?.lifetime?.goneAt;

/** One write, which other writes wait for. */
const INDEX_BATCH = 2_000;
const TOLD_EACH = 100_000;
/** Raise it when sessions get an index entry that stored sessions lack. */
const INDEXED = 'sessions-listed-3';

export class LmdbSessionRepository extends StoredSessions {
  /** Written here only; `LmdbSessionDirectory` reads it, and the index. */
  readonly sessions: Table<Session>;
  private readonly byCustomer: Table<true>;
  /** Customers whose tokens sessions hold from cookies. */
  private readonly byProven: Table<true>;
  private readonly ends: EndIndex;
  readonly index: SessionIndex;
  private readonly states: Table<true>;

  private eventsOfExpired: (ended: Session) => readonly StoredEvent[] = () => [];

  constructor(
    private readonly store: EmbeddedStore,
    private readonly events: LmdbEventLog,
  ) {
    super();
    this.sessions = store.table('sessions');
    this.byCustomer = store.table('sessions-by-customer');
    this.byProven = store.table('sessions-by-proven');
    this.ends = store.endIndex('sessions-by-end');
    this.index = new SessionIndex(store);
    this.states = store.table('index-states', 'service');
  }

  /**
   * Adds the index entries that earlier versions did not write. Runs once; if it is interrupted, the next start resumes
   * it.
   */
  async indexOlder(log: Pick<Logger, 'log'>): Promise<void> {
    if (this.states.get([INDEXED]) !== undefined) return;
    let done = 0;
    let behind: readonly string[] | undefined;
    do {
      const batch = take(this.sessions.sized([], behind), INDEX_BATCH);
      behind = batch.at(-1)?.key;
      await this.store.write(() => batch.forEach(({ row }) => this.indexOld(row)));
      done += batch.length;
      if (done > 0 && done % TOLD_EACH === 0)
        log.log(`Listing sessions of an earlier version: ${done} so far`);
    } while (behind);
    await this.store.write(() => this.states.put([INDEXED], true));
    if (done > 0) log.log(`Listed ${done} sessions of an earlier version`);
  }

  override async find(key: SessionKey, now: Date): Promise<Session | undefined> {
    return this.present(key, now);
  }

  override create(
    session: Session,
    now: Date,
    _by?: ChangedBy,
    events: readonly StoredEvent[] = [],
  ): Promise<boolean> {
    return this.store.write(() => {
      if (this.present(session, now)) return false;
      const expired = this.sessions.get(keyOf(session));
      if (expired) this.events.append(this.eventsOfExpired(expired));
      this.put(session);
      this.events.append(events);
      return true;
    });
  }

  override change<R>(
    key: SessionKey,
    now: Date,
    decide: (current: Session) => ToldStep<R>,
  ): Promise<{ readonly result: R } | undefined> {
    return this.store.write(() => {
      const current = this.present(key, now);
      if (!current) return undefined;
      const { next, result, events = [] } = decide(current);
      if (next !== current) this.put({ ...next, revision: current.revision + 1 });
      this.events.append(events);
      return { result };
    });
  }

  override async idsOfCustomer(tenant: string, customerId: string): Promise<readonly string[]> {
    return [...this.byCustomer.under([tenant, customerId])].map(({ key }) => (key as string[])[2] ?? '');
  }

  override async idsProvenBy(tenant: string, customerId: string): Promise<readonly string[]> {
    return [...this.byProven.under([tenant, customerId])].map(({ key }) => (key as string[])[2] ?? '');
  }

  override async idsBegunBefore(
    tenant: string,
    { createdBefore, kind }: { readonly createdBefore: Date; readonly kind?: Session['kind'] },
    limit: number,
    after?: string,
  ): Promise<FoundIds> {
    const start = after === undefined ? [tenant] : [tenant, after];
    const seen = Array.from(this.sessions.between(start, [tenant, LAST], limit), ({ row }) => row);
    const found = seen.filter(
      (one) => one.createdAt < createdBefore && (kind === undefined || one.kind === kind),
    );
    const last = seen.at(-1)?.sessionId;
    return {
      ids: found.map(({ sessionId }) => sessionId),
      ...(seen.length === limit && last !== undefined && { next: last }),
    };
  }

  override async countsOfCustomers(
    tenant: string,
    customerIds: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    return new Map(customerIds.map((id) => [id, this.byCustomer.count([tenant, id])]));
  }

  override async remove(
    key: SessionKey,
    _cause?: EndCause,
    tell?: (ended: Session) => readonly StoredEvent[],
  ): Promise<void> {
    await this.store.write(() => this.erase(key, tell));
  }

  override tellOfExpired(tell: (ended: Session) => readonly StoredEvent[]): void {
    this.eventsOfExpired = tell;
  }

  /** Erases sessions that are gone, up to `limit`. @returns how many */
  sweep(now: Date, limit: number): Promise<number> {
    return this.store.eraseEnded(this.ends, now, limit, ([tenant = '', sessionId = '']) =>
      this.erase({ tenant, sessionId }, this.eventsOfExpired),
    );
  }

  /** A part of the tenant's sessions, for `MovingRecords`. */
  some(tenant: string, limit: number, after?: string): readonly Session[] {
    const start = after === undefined ? [tenant] : [tenant, after];
    return Array.from(this.sessions.between(start, [tenant, LAST], limit), ({ row }) => row);
  }

  private present(key: SessionKey, now: Date): Session | undefined {
    const session = this.sessions.get(keyOf(key));
    return session && stateOf(session, now) !== 'gone' ? session : undefined;
  }

  private put(next: Session): void {
    const before = this.sessions.get(keyOf(next));
    this.sessions.putKept(keyOf(next), next);
    this.ends.move(keyOf(next), goneAt(before), goneAt(next));
    this.index.move(before, next);
    if (next.customerId !== undefined)
      this.byCustomer.put([next.tenant, next.customerId, next.sessionId], true);
    this.moveProven(before, next);
  }

  private indexOld(session: Session): void {
    this.index.add(session);
    this.moveProven(undefined, session);
  }

  private moveProven(before: Session | undefined, next: Session | undefined): void {
    if (before?.vtex?.cookies === next?.vtex?.cookies) return;
    const [was, is] = [before ? provenCustomers(before) : [], next ? provenCustomers(next) : []];
    const { tenant = '', sessionId = '' } = next ?? before ?? {};
    for (const id of was) if (!is.includes(id)) this.byProven.remove([tenant, id, sessionId]);
    for (const id of is) this.byProven.put([tenant, id, sessionId], true);
  }

  private erase(key: SessionKey, tell?: (ended: Session) => readonly StoredEvent[]): void {
    const before = this.sessions.get(keyOf(key));
    if (!before) return;
    if (tell) this.events.append(tell(before));
    this.sessions.remove(keyOf(key));
    this.ends.move(keyOf(key), goneAt(before), undefined);
    this.index.move(before, undefined);
    this.moveProven(before, undefined);
    if (before.customerId !== undefined) {
      this.byCustomer.remove([before.tenant, before.customerId, before.sessionId]);
    }
  }
}

function take<T>(all: Iterable<T>, most: number): T[] {
  const taken: T[] = [];
  for (const one of all) {
    taken.push(one);
    if (taken.length === most) break;
  }
  return taken;
}
