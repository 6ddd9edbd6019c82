import { type FoundIds, SessionRepository, type Step } from '../../../session/session.repository.js';
import type { Session, SessionKey } from '../../../session/session.types.js';
import { stateOf } from '../../../session/tokens/lifetime.rules.js';
import type { MongoLink } from '../link/mongo-link.js';
import { SESSIONS_OF_CUSTOMER } from '../link/schemas.js';
import { CoalescingWriter, type Decision } from '../rows/coalescing-writer.js';
import { Records } from '../rows/records.js';
import { idOf, op, Rows } from '../rows/rows.js';
import { keyOf, sessionCodec, type SessionRow } from './session.row.js';

export class MongoSessionRepository extends SessionRepository {
  private readonly sessions: Records<Session, SessionRow>;
  private readonly writer: CoalescingWriter<Session>;

  constructor(link: MongoLink) {
    super();
    this.sessions = new Records(new Rows<SessionRow>(link, 'sessions'), sessionCodec);
    this.writer = new CoalescingWriter(this.sessions);
  }

  override async find(key: SessionKey, now: Date): Promise<Session | undefined> {
    return presentAt(await this.sessions.find(keyOf(key)), now);
  }

  override async create(session: Session, now: Date): Promise<boolean> {
    if (await this.sessions.insert(session)) return true;
    // In the place of one that is gone and not erased yet; or that was erased right now.
    const gone = { _id: keyOf(session), 'lifetime.goneAt': op({ $lte: now }) };
    return this.sessions.rows.put(gone, this.sessions.rowOf(session));
  }

  override change<R>(
    key: SessionKey,
    now: Date,
    decide: (current: Session) => Step<R>,
  ): Promise<{ readonly result: R } | undefined> {
    const step = (stored: Session | undefined): Decision<Session, { readonly result: R } | undefined> => {
      const current = presentAt(stored, now);
      if (!current) return { next: stored, result: undefined };
      const { next, result } = decide(current);
      const revised = next === current ? current : { ...next, revision: current.revision + 1 };
      return { next: revised, result: { result } };
    };
    return this.writer.change(keyOf(key), step, this.sessions.asRead(key));
  }

  override async idsOfCustomer(tenant: string, customerId: string): Promise<readonly string[]> {
    const found = await this.sessions.rows.list({ tenant, customerId }, { part: { sessionId: 1 } });
    return found.map(({ sessionId }) => sessionId);
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

  override async remove(key: SessionKey): Promise<void> {
    await this.sessions.rows.remove({ _id: keyOf(key) });
  }
}

/** MongoDB erases what is gone within a minute; until then it is here, and not served. */
const presentAt = (session: Session | undefined, now: Date): Session | undefined =>
  session && stateOf(session, now) !== 'gone' ? session : undefined;
