import { SessionRepository, type Step } from '../../session/session.repository.js';
import type {
  SeenCookie,
  Session,
  SessionContext,
  SessionKey,
  Sourced,
  VtexState,
} from '../../session/session.types.js';
import { stateOf } from '../../session/tokens/lifetime.rules.js';
import type { Json } from '../../shared/json.js';
import type { MongoLink } from './link/mongo-link.js';
import { CoalescingWriter, type Decision } from './rows/coalescing-writer.js';
import { type Codec, type RecordRow, Records } from './rows/records.js';
import { idOf, op, Rows } from './rows/rows.js';
import { givenJson, storedJson } from './rows/stored-json.js';

interface AttributeRow extends Sourced<string> {
  readonly name: string;
}

interface ContextRow extends Omit<SessionContext, 'attributes'> {
  /** A list, because a name may be anything (D-14); `value` is JSON. */
  readonly attributes: readonly AttributeRow[];
}

interface NamedText {
  readonly name: string;
  readonly value: string;
}

/** Lists, because names may be anything (D-14). */
interface VtexRow extends Omit<VtexState, 'publicValues' | 'computed' | 'seen' | 'cookies'> {
  readonly publicValues: readonly AttributeRow[];
  readonly computed: readonly AttributeRow[];
  readonly seen: readonly NamedText[];
  readonly cookies: readonly (SeenCookie & { readonly name: string })[];
}

interface SessionRow extends RecordRow, Omit<Session, 'context' | 'vtex'> {
  readonly context?: ContextRow;
  readonly vtex?: VtexRow;
}

const keyOf = ({ tenant, sessionId }: SessionKey): string => idOf(tenant, sessionId);

const codec: Codec<Session, SessionRow> = {
  idOf: keyOf,
  toRow: ({ context, vtex, ...session }) => ({
    ...session,
    ...(context && { context: contextRow(context) }),
    ...(vtex && { vtex: vtexRow(vtex) }),
  }),
  fromRow: ({ _id, rev: _rev, context, vtex, ...session }) => ({
    ...session,
    ...(context && { context: contextOf(context) }),
    ...(vtex && { vtex: vtexOf(vtex) }),
  }),
};

const attributeRows = (values: ReadonlyMap<string, Sourced<Json>>): readonly AttributeRow[] =>
  Array.from(values, ([name, { value, ...origin }]) => ({ name, value: storedJson(value), ...origin }));

const attributesOf = <T extends Json>(rows: readonly AttributeRow[]): ReadonlyMap<string, Sourced<T>> =>
  new Map(rows.map(({ name, value, ...origin }) => [name, { value: givenJson<T>(value), ...origin }]));

const contextRow = ({ attributes, ...context }: SessionContext): ContextRow => ({
  ...context,
  attributes: attributeRows(attributes),
});

const contextOf = ({ attributes, ...context }: ContextRow): SessionContext => ({
  ...context,
  attributes: attributesOf(attributes),
});

const vtexRow = ({ publicValues, computed, seen, cookies, ...vtex }: VtexState): VtexRow => ({
  ...vtex,
  publicValues: attributeRows(publicValues),
  computed: attributeRows(computed),
  seen: Array.from(seen, ([name, value]) => ({ name, value })),
  cookies: Array.from(cookies, ([name, cookie]) => ({ name, ...cookie })),
});

const vtexOf = ({ publicValues, computed, seen, cookies, ...vtex }: VtexRow): VtexState => ({
  ...vtex,
  publicValues: attributesOf(publicValues),
  computed: attributesOf(computed),
  seen: new Map(seen.map(({ name, value }) => [name, value])),
  cookies: new Map(cookies.map(({ name, ...cookie }) => [name, cookie])),
});

export class MongoSessionRepository extends SessionRepository {
  private readonly sessions: Records<Session, SessionRow>;
  private readonly writer: CoalescingWriter<Session>;

  constructor(link: MongoLink) {
    super();
    this.sessions = new Records(new Rows<SessionRow>(link, 'sessions'), codec);
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

  override countsOfCustomers(
    tenant: string,
    customerIds: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    const filter = { tenant, customerId: op({ $in: customerIds }) };
    return this.sessions.rows.countsBy('customerId', filter, { tenant: 1, customerId: 1 });
  }

  override async remove(key: SessionKey): Promise<void> {
    await this.sessions.rows.remove({ _id: keyOf(key) });
  }
}

/** MongoDB erases what is gone within a minute; until then it is here, and not served. */
const presentAt = (session: Session | undefined, now: Date): Session | undefined =>
  session && stateOf(session, now) !== 'gone' ? session : undefined;
