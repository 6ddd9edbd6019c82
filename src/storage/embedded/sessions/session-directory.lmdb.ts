import { setImmediate } from 'node:timers/promises';
import { inState } from '../../../session-admin/in-state.rules.js';
import {
  type Among,
  type CountedGroup,
  type CountedKinds,
  type FacetGroup,
  type InState,
  type Position,
  type Range,
  SessionDirectory,
  type Slice,
} from '../../../session-admin/session-directory.repository.js';
import { facetsFrom, type SessionFacets } from '../../../session/session-facets.rules.js';
import type { Session } from '../../../session/session.types.js';
import type { Table } from '../store/table.js';
import type { KeyRange } from '../store/key-index.js';
import { type GroupedPosition, newestPassing } from '../../newest-passing.js';
import {
  cartList,
  customerList,
  EVERYONE,
  facetList,
  type FacetRow,
  type SessionIndex,
} from './session-index.js';
import type { LmdbSessionRepository } from './session.lmdb.js';

/** Entries of one list that are read at once; lists that have none of the newest are read one entry deep. */
const FIRST_READ = 1;
const READ_ON = 32;

/** Lists that are read before others get their turn. */
const LISTS_AT_ONCE = 200;

interface Entry {
  readonly at: number;
  readonly id: string;
}

/** What was read of one list and not used yet. */
interface Head {
  readonly list: string;
  entries: Entry[];
  /** Whether the list may have more. */
  open: boolean;
}

export class LmdbSessionDirectory extends SessionDirectory {
  private readonly sessions: Table<Session>;
  private readonly index: SessionIndex;
  /** By the row that was read: the store keeps rows in memory. */
  private readonly read = new WeakMap<FacetRow, SessionFacets>();

  constructor({ sessions, index }: Pick<LmdbSessionRepository, 'sessions' | 'index'>) {
    super();
    this.sessions = sessions;
    this.index = index;
  }

  override async groups(tenant: string): Promise<readonly FacetGroup[]> {
    return [...this.index.facets.under([tenant])].map(({ key, row }) => ({
      id: idIn(key),
      facets: this.facetsIn(row),
    }));
  }

  override async count(tenant: string): Promise<readonly CountedGroup[]> {
    const groups = await this.groups(tenant);
    const counts = new Map(
      [...this.index.counts.under([tenant])].map(({ key, row }) => [idIn(key), row] as const),
    );
    return groups.map((group) => ({ ...group, sessions: counts.get(group.id) ?? 0 }));
  }

  override async countKinds(tenants: readonly string[]): Promise<CountedKinds> {
    const counts = { anonymous: 0, customer: 0 };
    for (const tenant of tenants) {
      for (const { facets, sessions } of await this.count(tenant))
        if (facets) counts[facets.kind] += sessions;
    }
    return counts;
  }

  /** It keeps no index of them, as it reads customers quickly (decision 0061). */
  override async profiles(): Promise<undefined> {
    return undefined;
  }

  override async slice(
    tenant: string,
    among: Among,
    range: Range,
    limit: number,
    wanted?: InState,
  ): Promise<Slice> {
    const places = await this.newest(tenant, among, range, limit);
    // One that was erased meanwhile is left out.
    const found = places.map(({ sessionId }) => this.sessions.get([tenant, sessionId]));
    const last = places.at(-1);
    return {
      sessions: inState(
        found.filter((session) => session !== undefined),
        wanted,
      ),
      ...(last && places.length === limit && { end: last }),
    };
  }

  private async newest(
    tenant: string,
    among: Among,
    range: Range,
    limit: number,
  ): Promise<readonly Position[]> {
    if (!('passing' in among)) {
      const list = 'customerId' in among ? customerList(among.customerId) : cartList(among.cartId);
      return this.readList(tenant, list, range, limit).entries.map(positionOf);
    }
    const { behind, ...open } = range;
    const from = (start: Position | undefined): Range => ({ ...open, ...(start && { behind: start }) });
    const lists = {
      walk: async (start: Position | undefined, most: number) => this.walk(tenant, from(start), most),
      facetsOf: (group: string) => this.facetsOf(tenant, group),
      groups: () => this.groups(tenant),
      merge: (groups: readonly string[], start: Position | undefined, most: number) =>
        this.merge(tenant, groups.map(facetList), from(start), most),
    };
    return newestPassing(lists, among.passing, { limit, behind });
  }

  private walk(tenant: string, range: Range, limit: number): GroupedPosition[] {
    const keys = this.index.entries.backwards([tenant, EVERYONE], keyRangeOf(range), limit);
    return keys.map(([at, id, group]) => ({
      createdAt: new Date(Number(at)),
      sessionId: String(id),
      group: String(group),
    }));
  }

  private facetsOf(tenant: string, group: string): SessionFacets | undefined {
    const row = this.index.facets.get([tenant, group]);
    return row && this.facetsIn(row);
  }

  private facetsIn(row: FacetRow): SessionFacets {
    const known = this.read.get(row);
    if (known) return known;
    const facets = facetsFrom(row.key);
    this.read.set(row, facets);
    return facets;
  }

  /** Merges the lists, each of which is in order. */
  private async merge(
    tenant: string,
    lists: readonly string[],
    range: Range,
    limit: number,
  ): Promise<readonly Position[]> {
    const heads: Head[] = [];
    for (const [i, list] of lists.entries()) {
      const head = this.readList(tenant, list, range, lists.length === 1 ? limit : FIRST_READ);
      if (head.entries.length > 0) heads.push(head);
      if (i % LISTS_AT_ONCE === LISTS_AT_ONCE - 1) await setImmediate();
    }
    heads.sort((a, b) => newestFirst(first(a), first(b)));
    const merged: Entry[] = [];
    while (merged.length < limit) {
      const head = heads.shift();
      const entry = head?.entries.shift();
      if (!head || !entry) break;
      merged.push(entry);
      const rest = head.entries.length > 0 || !head.open ? head : this.readOn(tenant, head, range, entry);
      if (rest.entries.length > 0) insert(heads, rest);
    }
    return merged.map(positionOf);
  }

  private readOn(tenant: string, { list }: Head, range: Range, behind: Entry): Head {
    return this.readList(tenant, list, { ...range, behind: positionOf(behind) }, READ_ON);
  }

  private readList(tenant: string, list: string, range: Range, limit: number): Head {
    const keys = this.index.entries.backwards([tenant, list], keyRangeOf(range), limit);
    const entries = keys.map(([at, id]) => ({ at: Number(at), id: String(id) }));
    return { list, entries, open: entries.length === limit };
  }
}

const idIn = (key: unknown): string => (Array.isArray(key) ? String(key.at(-1)) : '');

const positionOf = ({ at, id }: Entry): Position => ({ createdAt: new Date(at), sessionId: id });

function keyRangeOf({ from, before, behind }: Range): KeyRange {
  const isBehindNearer = behind && !(before && before <= behind.createdAt);
  const start = isBehindNearer
    ? [behind.createdAt.getTime(), behind.sessionId]
    : before && [before.getTime()];
  return { ...(start && { before: start }), ...(from && { from: [from.getTime()] }) };
}

const first = ({ entries: [entry] }: Head): Entry => entry ?? { at: 0, id: '' };

const newestFirst = (a: Entry, b: Entry): number => b.at - a.at || (a.id < b.id ? 1 : -1);

/** Into its place: `heads` are in order of their first entries. */
function insert(heads: Head[], head: Head): void {
  let [low, high] = [0, heads.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = heads[middle];
    if (other && newestFirst(first(other), first(head)) < 0) low = middle + 1;
    else high = middle;
  }
  heads.splice(low, 0, head);
}
