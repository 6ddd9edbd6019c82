import { facetKeyOf } from '../../../session/session-facets.rules.js';
import type {
  Lifetime,
  SeenCookie,
  Session,
  SessionContext,
  SessionKey,
  Sourced,
  VtexState,
} from '../../../session/session.types.js';
import type { Json } from '../../../shared/json.js';
import { SESSIONS_OF_FACETS } from '../link/schemas.js';
import type { AddedField } from '../rows/older-rows.js';
import type { Codec, RecordRow } from '../rows/records.js';
import { idOf } from '../rows/rows.js';
import { givenJson, storedJson } from '../rows/stored-json.js';

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

export interface SessionRow extends RecordRow, Omit<Session, 'context' | 'vtex' | 'lifetime'> {
  readonly lifetime?: Omit<Lifetime, 'goneAt'> & Partial<Pick<Lifetime, 'goneAt'>>;
  readonly context?: ContextRow;
  readonly vtex?: VtexRow;
  /** Its facets as text, for lists and counts. Absent in a row that an older version wrote. */
  readonly facets?: string;
  /**
   * Takes the place of `lifetime.goneAt` if somebody wants events of the tenant: MongoDB's TTL pass would remove the
   * session without a word, so an instance does it.
   */
  readonly endsAt?: Date;
}

export const keyOf = ({ tenant, sessionId }: SessionKey): string => idOf(tenant, sessionId);

export const sessionCodec: Codec<Session, SessionRow> = {
  idOf: keyOf,
  toRow: (session, isTold) => {
    const { context, vtex, lifetime, ...rest } = session;
    return {
      ...rest,
      ...(lifetime && (isTold ? swept(lifetime) : { lifetime })),
      facets: facetKeyOf(session),
      ...(context && { context: contextRow(context) }),
      ...(vtex && { vtex: vtexRow(vtex) }),
    };
  },
  fromRow: ({ _id, rev: _rev, facets: _facets, outbox: _outbox, ...row }) => {
    const { context, vtex, lifetime, endsAt, ...session } = row;
    const goneAt = lifetime?.goneAt ?? endsAt;
    return {
      ...session,
      ...(lifetime && goneAt && { lifetime: { aliveUntil: lifetime.aliveUntil, goneAt } }),
      ...(context && { context: contextOf(context) }),
      ...(vtex && { vtex: vtexOf(vtex) }),
    };
  },
};

const swept = ({ aliveUntil, goneAt }: Lifetime): Pick<SessionRow, 'lifetime' | 'endsAt'> => ({
  lifetime: { aliveUntil },
  endsAt: goneAt,
});

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

export const SESSION_FACETS: AddedField<SessionRow> = {
  collection: 'sessions',
  field: 'facets',
  index: SESSIONS_OF_FACETS,
  valueOf: (row) => facetKeyOf(sessionCodec.fromRow(row)),
};
