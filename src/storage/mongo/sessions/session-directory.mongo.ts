import { LRUCache } from 'lru-cache';
import { inState } from '../../../session-admin/in-state.rules.js';
import {
  type Among,
  type CountedGroup,
  type CountedKinds,
  type FacetFilter,
  type FacetGroup,
  type InState,
  type Position,
  type Range,
  SessionDirectory,
  type Slice,
} from '../../../session-admin/session-directory.repository.js';
import { facetsFrom, type SessionFacets } from '../../../session/session-facets.rules.js';
import type { Session } from '../../../session/session.types.js';
import type { MongoLink } from '../link/mongo-link.js';
import { newestPassing } from '../../newest-passing.js';
import {
  CUSTOMERS_BY_PROFILE,
  SESSIONS_BY_TIME,
  SESSIONS_OF_CART,
  SESSIONS_OF_CUSTOMER,
  SESSIONS_OF_FACETS,
} from '../link/schemas.js';
import { type Filter, idOf, type ListOptions, op, type Operators, type Row, Rows } from '../rows/rows.js';
import { sessionCodec, type SessionRow } from './session.row.js';

/** Up to this many values, MongoDB merges the parts of the index in order. With more, it sorts in memory. */
const VALUES_OF_QUERY = 200;

/** Of rows that an older version wrote. No facets are the empty text. */
const UNKNOWN = '';

const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;

const FACETS_KEPT = 20_000;

type Values = readonly (string | null)[];

export class MongoSessionDirectory extends SessionDirectory {
  private readonly rows: Rows<SessionRow>;
  private readonly customers: Rows<Row>;
  /** By the text that was read: reading one again takes as long as fetching it. */
  private readonly read = new LRUCache<string, SessionFacets>({ max: FACETS_KEPT });

  constructor(link: MongoLink) {
    super();
    this.rows = new Rows(link, 'sessions');
    this.customers = new Rows(link, 'customers');
  }

  override async groups(tenant: string): Promise<readonly FacetGroup[]> {
    return (await this.rows.valuesOf('facets', tenant, SESSIONS_OF_FACETS)).map((value) =>
      this.groupOf(value),
    );
  }

  override async count(tenant: string): Promise<readonly CountedGroup[]> {
    const counts = await this.rows.countsOf('facets', { tenant });
    return Array.from(counts, ([facets, sessions]) => ({ ...this.groupOf(facets), sessions }));
  }

  override async profiles(tenant: string): Promise<readonly string[] | undefined> {
    const found = await this.customers.valuesOf('search.profile', tenant, CUSTOMERS_BY_PROFILE);
    const known = found.filter((profile) => profile !== null);
    // An earlier version has written others, which have none yet.
    return known.length === found.length ? known : undefined;
  }

  /** The server knows how many there are. Of the customers' ones, it counts the entries of an index. */
  override async countKinds(tenants: readonly string[]): Promise<CountedKinds> {
    const [all, ...customers] = await Promise.all([
      this.rows.estimate(),
      ...tenants.map((tenant) => this.rows.count({ tenant, $and: OF_CUSTOMERS }, SESSIONS_OF_CUSTOMER)),
    ]);
    const customer = customers.reduce((sum, count) => sum + count, 0);
    return { anonymous: Math.max(0, all - customer), customer };
  }

  override async slice(
    tenant: string,
    among: Among,
    range: Range,
    limit: number,
    wanted?: InState,
  ): Promise<Slice> {
    if (!('passing' in among)) {
      const rows = await this.newest(tenant, partOfPerson(among), range, limit);
      return { sessions: sessionsOf(rows, wanted), ...endOf(rows.map(positionOf), limit) };
    }
    const places = await this.newestPassing(tenant, among.passing, range, limit);
    const ids = places.map(({ sessionId }) => idOf(tenant, sessionId));
    // The server leaves out most of the others, which would be read in vain.
    const rows = await this.rows.list({ _id: op({ $in: ids }), ...livingAs(wanted) }, BY_ID);
    const found = new Map(rows.map((row) => [row._id, row]));
    // One that was erased meanwhile is left out.
    const left = ids.map((id) => found.get(id)).filter((row) => row !== undefined);
    return { sessions: sessionsOf(left, wanted), ...endOf(places, limit) };
  }

  private newestPassing(
    tenant: string,
    passing: FacetFilter,
    { behind, ...open }: Range,
    limit: number,
  ): Promise<readonly Position[]> {
    const from = (start: Position | undefined): Range => ({ ...open, ...(start && { behind: start }) });
    const lists = {
      walk: async (start: Position | undefined, most: number) => {
        const rows = await this.newest(tenant, EVERYONE, from(start), most, GROUPED_PLACE);
        return rows.map((row) => ({ ...positionOf(row), group: row.facets ?? UNKNOWN }));
      },
      facetsOf: (group: string) => this.facetsIn(group),
      groups: () => this.groups(tenant),
      merge: (groups: readonly string[], start: Position | undefined, most: number) =>
        this.merge(tenant, groups, from(start), most),
    };
    return newestPassing(lists, passing, { limit, behind });
  }

  private async merge(
    tenant: string,
    groups: readonly string[],
    range: Range,
    limit: number,
  ): Promise<readonly Position[]> {
    const parts = chunksOf(groups.map((id) => (id === UNKNOWN ? null : id)));
    const found = await Promise.all(
      parts.map((values) => this.newest(tenant, partOfGroups(values), range, limit, PLACE)),
    );
    const rows = found.flat().toSorted(newestFirst);
    return rows.slice(0, limit).map(positionOf);
  }

  private facetsIn(text: string): SessionFacets | undefined {
    if (text === UNKNOWN) return undefined;
    const known = this.read.get(text);
    if (known) return known;
    const facets = facetsFrom(text);
    this.read.set(text, facets);
    return facets;
  }

  private groupOf(value: string | null): FacetGroup {
    const facets = this.facetsIn(value ?? UNKNOWN);
    return { id: value ?? UNKNOWN, ...(facets && { facets }) };
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
    { filter: chosen, hint }: Part,
    range: Readonly<Record<string, Operators>>,
    options: ListOptions,
  ): Promise<SessionRow[]> {
    const filter = { tenant, ...chosen, ...range };
    return this.rows.list(filter, { sort: NEWEST_FIRST, hint, ...options });
  }
}

/** Every id of a customer; unlike `$exists`, an index alone can answer it. */
const OF_CUSTOMERS: readonly Filter[] = [{ customerId: op({ $gte: '' }) }];

interface Part {
  readonly filter: Filter;
  readonly hint: Record<string, 1 | -1>;
}

const EVERYONE: Part = { filter: {}, hint: SESSIONS_BY_TIME };

const partOfGroups = (values: Values): Part => ({
  filter: { facets: op({ $in: values }) },
  hint: SESSIONS_OF_FACETS,
});

const partOfPerson = (among: { readonly customerId: string } | { readonly cartId: string }): Part =>
  'customerId' in among
    ? { filter: { customerId: among.customerId }, hint: SESSIONS_OF_CUSTOMER }
    : { filter: { 'context.cartId.value': among.cartId }, hint: SESSIONS_OF_CART };

function within({ from, before }: Omit<Range, 'behind'>): Operators {
  return op({ $lt: before ?? END_OF_TIME, ...(from && { $gte: from }) });
}

const END_OF_TIME = new Date(8.64e15);

/** What the indexes hold of a session. */
const PLACE = { _id: 1, createdAt: 1 } as const;
const GROUPED_PLACE = { ...PLACE, facets: 1 } as const;

const BY_ID = { hint: { _id: 1 } } as const;

const partOf = (part: object | undefined): ListOptions => (part ? { part } : {});

const sessionsOf = (rows: readonly SessionRow[], wanted: InState | undefined): readonly Session[] =>
  inState(
    rows.map((row) => sessionCodec.fromRow(row)),
    wanted,
  );

/** A customer's session has no clock, and is alive. */
function livingAs(wanted: InState | undefined): Readonly<Record<string, Operators>> {
  if (!wanted) return {};
  const isOver = { $lte: wanted.now };
  return { 'lifetime.aliveUntil': op(wanted.state === 'dormant' ? isOver : { $not: isOver }) };
}

function endOf(places: readonly Position[], limit: number): Pick<Slice, 'end'> {
  const last = places.at(-1);
  return last && places.length === limit ? { end: last } : {};
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

const newestFirst = (a: SessionRow, b: SessionRow): number =>
  b.createdAt.getTime() - a.createdAt.getTime() || (a._id < b._id ? 1 : -1);
