import {
  type Among,
  type CountedGroup,
  type FacetGroup,
  type Position,
  type Range,
  SessionDirectory,
  type Slice,
} from '../../../session-admin/session-directory.repository.js';
import { facetsFrom } from '../../../session/session-facets.rules.js';
import type { Session } from '../../../session/session.types.js';
import type { MongoLink } from '../link/mongo-link.js';
import { SESSIONS_OF_CART, SESSIONS_OF_CUSTOMER, SESSIONS_OF_FACETS } from '../link/schemas.js';
import { idOf, type ListOptions, op, type Operators, Rows } from '../rows/rows.js';
import { sessionCodec, type SessionRow } from './session.row.js';

/** Up to so many values MongoDB merges the parts of the index in order; with more, it sorts in memory. */
const VALUES_OF_QUERY = 200;

/** Of rows that an older version wrote. No facets are the empty text. */
const UNKNOWN = '';

const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;

type Values = readonly (string | null)[];

export class MongoSessionDirectory extends SessionDirectory {
  private readonly rows: Rows<SessionRow>;

  constructor(link: MongoLink) {
    super();
    this.rows = new Rows(link, 'sessions');
  }

  override async groups(tenant: string): Promise<readonly FacetGroup[]> {
    return (await this.rows.valuesOf('facets', tenant)).map(groupOf);
  }

  override async count(tenant: string): Promise<readonly CountedGroup[]> {
    const counts = await this.rows.countsOf('facets', { tenant });
    return Array.from(counts, ([facets, sessions]) => ({ ...groupOf(facets), sessions }));
  }

  override async slice(tenant: string, among: Among, range: Range, limit: number): Promise<Slice> {
    const { path, values, hint } = queryOf(among);
    const parts = chunksOf(values).map((chunk) => ({ path, values: chunk, hint }));
    const [part] = parts;
    if (!part) return { sessions: [] };
    if (parts.length === 1) {
      const rows = await this.newest(tenant, part, range, limit);
      return { sessions: sessionsOf(rows), ...endOf(rows, limit) };
    }
    // The index alone tells which of them are the newest.
    const found = await Promise.all(parts.map((one) => this.newest(tenant, one, range, limit, PLACE)));
    const places = merged(found.flat(), limit);
    const rows = await this.rows.list({ _id: op({ $in: places.map(({ _id }) => _id) }) });
    // One that was erased meanwhile is left out.
    return { sessions: sessionsOf(merged(rows, limit)), ...endOf(places, limit) };
  }

  /** Those that began at the time of the position are asked for apart, so that each query is one range. */
  private async newest(
    tenant: string,
    part: Part,
    range: Range,
    limit: number,
    fields?: object,
  ): Promise<SessionRow[]> {
    const { behind, ...open } = range;
    if (!behind || (open.before && open.before <= behind.createdAt)) {
      return this.list(tenant, part, { createdAt: within(open) }, { limit, ...partOf(fields) });
    }
    const rest = { ...open, before: behind.createdAt };
    const sameTime = {
      createdAt: op({ $eq: behind.createdAt }),
      _id: op({ $lt: idOf(tenant, behind.sessionId) }),
    };
    const first = await this.list(tenant, part, sameTime, { limit, sort: { _id: -1 }, ...partOf(fields) });
    if (first.length === limit) return first;
    const left = { limit: limit - first.length, ...partOf(fields) };
    const others = await this.list(tenant, part, { createdAt: within(rest) }, left);
    return [...first, ...others];
  }

  private list(
    tenant: string,
    { path, values, hint }: Part,
    range: Readonly<Record<string, Operators>>,
    options: ListOptions,
  ): Promise<SessionRow[]> {
    const filter = { tenant, [path]: op({ $in: values }), ...range };
    return this.rows.list(filter, { sort: NEWEST_FIRST, hint, ...options });
  }
}

interface Part {
  readonly path: string;
  readonly values: Values;
  readonly hint: Record<string, 1 | -1>;
}

function queryOf(among: Among): Part {
  if ('groups' in among) {
    const values = among.groups.map((id) => (id === UNKNOWN ? null : id));
    return { path: 'facets', values, hint: SESSIONS_OF_FACETS };
  }
  return 'customerId' in among
    ? { path: 'customerId', values: [among.customerId], hint: SESSIONS_OF_CUSTOMER }
    : { path: 'context.cartId.value', values: [among.cartId], hint: SESSIONS_OF_CART };
}

const groupOf = (value: string | null): FacetGroup =>
  value === null ? { id: UNKNOWN } : { id: value, facets: facetsFrom(value) };

function within({ from, before }: Omit<Range, 'behind'>): Operators {
  return op({ $lt: before ?? END_OF_TIME, ...(from && { $gte: from }) });
}

const END_OF_TIME = new Date(8.64e15);

/** What the index holds of a session. */
const PLACE = { _id: 1, createdAt: 1 } as const;

const partOf = (part: object | undefined): ListOptions => (part ? { part } : {});

const sessionsOf = (rows: readonly SessionRow[]): Session[] => rows.map((row) => sessionCodec.fromRow(row));

function endOf(rows: readonly SessionRow[], limit: number): Pick<Slice, 'end'> {
  const last = rows.at(-1);
  return last && rows.length === limit ? { end: positionOf(last) } : {};
}

/** A tenant's name has no slash. */
const positionOf = ({ _id, createdAt }: SessionRow): Position => ({
  createdAt,
  sessionId: _id.slice(_id.indexOf('/') + 1),
});

const chunksOf = (values: Values): readonly Values[] =>
  Array.from({ length: Math.ceil(values.length / VALUES_OF_QUERY) }, (_, i) =>
    values.slice(i * VALUES_OF_QUERY, (i + 1) * VALUES_OF_QUERY),
  );

const merged = (rows: readonly SessionRow[], limit: number): SessionRow[] =>
  rows
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a._id < b._id ? 1 : -1))
    .slice(0, limit);
