import type { EndCause, StoredEvent } from '../../../events/event.types.js';
import { customerProvenBy } from '../../../session/proven-customers.rules.js';
import { type FoundIds, StoredSessions, type ToldStep } from '../../../session/session.repository.js';
import type { ChangedBy, Session, SessionKey } from '../../../session/session.types.js';
import { stateOf } from '../../../session/tokens/lifetime.rules.js';
import type { MongoLink } from '../link/mongo-link.js';
import type { MongoEventRelay } from '../events/event-relay.js';
import { SESSIONS_BY_END, SESSIONS_OF_CUSTOMER } from '../link/schemas.js';
import { CoalescingWriter, type Decision } from '../rows/coalescing-writer.js';
import { Records } from '../rows/records.js';
import { idOf, op, Rows } from '../rows/rows.js';
import { keyOf, sessionCodec, type SessionRow } from './session.row.js';

export class MongoSessionRepository extends StoredSessions {
  private readonly sessions: Records<Session, SessionRow>;
  private readonly writer: CoalescingWriter<Session>;
  private eventsOfExpired: (ended: Session) => readonly StoredEvent[] = () => [];

  constructor(link: MongoLink, relay: MongoEventRelay) {
    super();
    this.sessions = new Records(new Rows<SessionRow>(link, 'sessions'), sessionCodec, {
      isRemembered: true,
      onTold: (id) => relay.wake('sessions', id),
    });
    this.writer = new CoalescingWriter(this.sessions);
  }

  override async find(key: SessionKey, now: Date): Promise<Session | undefined> {
    return presentAt(await this.sessions.find(keyOf(key)), now);
  }

  override async create(
    session: Session,
    now: Date,
    _by?: ChangedBy,
    events?: readonly StoredEvent[],
  ): Promise<boolean> {
    const id = keyOf(session);
    const told = this.sessions.tell(undefined, { ...session }, events);
    for (;;) {
      if (await this.sessions.insert(told)) return true;
      const there = await this.sessions.read(id);
      if (there && presentAt(there.value, now)) return false;
      // In the place of one that is gone and not erased yet; or that was erased right now.
      if (there) await this.sessions.erase(id, there, this.eventsOfExpired(there.value));
    }
  }

  override change<R>(
    key: SessionKey,
    now: Date,
    decide: (current: Session) => ToldStep<R>,
  ): Promise<{ readonly result: R } | undefined> {
    const step = (stored: Session | undefined): Decision<Session, { readonly result: R } | undefined> => {
      const current = presentAt(stored, now);
      if (!current) return { next: stored, result: undefined };
      const { next, result, events } = decide(current);
      if (next === current) return { next: current, result: { result } };
      const revised = { ...next, revision: current.revision + 1 };
      return { next: this.sessions.tell(current, revised, events), result: { result } };
    };
    return this.writer.change(keyOf(key), step, this.sessions.asRead(key));
  }

  override async idsOfCustomer(tenant: string, customerId: string): Promise<readonly string[]> {
    const found = await this.sessions.rows.list({ tenant, customerId }, { part: { sessionId: 1 } });
    return found.map(({ sessionId }) => sessionId);
  }

  override async idsProvenBy(tenant: string, customerId: string): Promise<readonly string[]> {
    const filter = { tenant, 'vtex.cookies.token.claims.sub': customerId };
    const part = { _id: 1, sessionId: 1, 'vtex.cookies': 1 } as const;
    const found = await this.sessions.rows.list(filter, { part });
    return found
      .filter(({ vtex }) => vtex?.cookies.some((cookie) => customerProvenBy(cookie) === customerId))
      .map(({ sessionId }) => sessionId);
  }

  override async idsBegunBefore(
    tenant: string,
    { createdBefore, kind }: { readonly createdBefore: Date; readonly kind?: Session['kind'] },
    limit: number,
    after = '',
  ): Promise<FoundIds> {
    // By `_id`, which begins with the tenant and ends with the id of the session.
    const range = op({ $gt: idOf(tenant, after), $lt: `${tenant}0` });
    const options = {
      sort: { _id: 1 },
      hint: { _id: 1 },
      limit,
      part: { sessionId: 1, createdAt: 1, kind: 1 },
    } as const;
    const seen = await this.sessions.rows.list({ tenant, _id: range }, options);
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
    const filter = { tenant, customerId: op({ $in: customerIds }) };
    const counts = await this.sessions.rows.countsOf('customerId', filter, SESSIONS_OF_CUSTOMER);
    return new Map(customerIds.map((id) => [id, counts.get(id) ?? 0]));
  }

  override async remove(
    key: SessionKey,
    _cause?: EndCause,
    tell?: (ended: Session) => readonly StoredEvent[],
  ): Promise<void> {
    const id = keyOf(key);
    if (!tell && (await this.sessions.rows.remove({ _id: id, 'outbox.id': op({ $exists: false }) }))) return;
    for (;;) {
      const stored = await this.sessions.read(id);
      if (!stored || (await this.sessions.erase(id, stored, tell?.(stored.value)))) return;
    }
  }

  override tellOfExpired(tell: (ended: Session) => readonly StoredEvent[]): void {
    this.eventsOfExpired = tell;
  }

  /** Erases what MongoDB's TTL pass leaves, because its end has to be told. @returns how many */
  async sweep(now: Date, limit: number): Promise<number> {
    const due = { endsAt: op({ $lte: now }) };
    const rows = await this.sessions.rows.list(due, { sort: SESSIONS_BY_END, hint: SESSIONS_BY_END, limit });
    const erased = await Promise.all(
      rows.map((row) => {
        const stored = this.sessions.storedOf(row);
        return this.sessions.erase(row._id, stored, this.eventsOfExpired(stored.value));
      }),
    );
    return erased.filter(Boolean).length;
  }
}

/** MongoDB erases what is gone within a minute; until then it is here, and not served. */
const presentAt = (session: Session | undefined, now: Date): Session | undefined =>
  session && stateOf(session, now) !== 'gone' ? session : undefined;
