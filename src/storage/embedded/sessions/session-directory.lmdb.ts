import { setImmediate } from 'node:timers/promises';
import {
  type Among,
  type CountedGroup,
  type FacetGroup,
  type Position,
  type Range,
  SessionDirectory,
  type Slice,
} from '../../../session-admin/session-directory.repository.js';
import { facetsFrom, type SessionFacets } from '../../../session/session-facets.rules.js';
import type { Session } from '../../../session/session.types.js';
import type { Table } from '../store/table.js';
import type { KeyRange } from '../store/key-index.js';
import { cartList, customerList, facetList, type FacetRow, type SessionIndex } from './session-index.js';
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
    return groups.map((group) => ({ ...group, sessions: this.index.counts.get([tenant, group.id]) ?? 0 }));
  }

  override async slice(tenant: string, among: Among, range: Range, limit: number): Promise<Slice> {
    const entries = await this.newest(tenant, listsOf(among), range, limit);
    // One that was erased meanwhile is left out.
    const found = entries.map(({ id }) => this.sessions.get([tenant, id]));
    const last = entries.at(-1);
    return {
      sessions: found.filter((session) => session !== undefined),
      ...(last && entries.length === limit && { end: positionOf(last) }),
    };
  }

  private facetsIn(row: FacetRow): SessionFacets {
    const known = this.read.get(row);
    if (known) return known;
    const facets = facetsFrom(row.key);
    this.read.set(row, facets);
    return facets;
  }

  /** Merges the lists, each of which is in order. */
  private async newest(
    tenant: string,
    lists: readonly string[],
    range: Range,
    limit: number,
  ): Promise<readonly Entry[]> {
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
    return merged;
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

function listsOf(among: Among): readonly string[] {
  if ('groups' in among) return among.groups.map(facetList);
  return ['customerId' in among ? customerList(among.customerId) : cartList(among.cartId)];
}

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
