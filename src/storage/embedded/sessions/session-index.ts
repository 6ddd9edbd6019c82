import { hash } from 'node:crypto';
import { facetKeyOf, keepsFacets } from '../../../session/session-facets.rules.js';
import type { Session } from '../../../session/session.types.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import type { Table } from '../store/table.js';
import type { KeyIndex } from '../store/key-index.js';

/** Short, as there is an entry for each session. */
const FACET_ID_LENGTH = 16;

const facetIdOf = (key: string): string => hash('sha256', key, 'base64url').slice(0, FACET_ID_LENGTH);

/** All sessions; the id of its facets is the last part of each entry. */
export const EVERYONE = 'a';
export const facetList = (id: string): string => `f${id}`;
export const customerList = (customerId: string): string => `c${customerId}`;
export const cartList = (cartId: string): string => `k${cartId}`;

export interface FacetRow {
  readonly key: string;
}

/** Sessions by facets, customer and cart, and how many each facet has: written with the session, in one transaction. */
export class SessionIndex {
  /** Keys: tenant, list, time of creation, session id, and for `EVERYONE` the id of the facets. */
  readonly entries: KeyIndex;
  /** Facet keys by their ids. */
  readonly facets: Table<FacetRow>;
  readonly counts: Table<number>;

  constructor(store: EmbeddedStore) {
    this.entries = store.keyIndex('sessions-listed');
    this.facets = store.table('session-facets');
    this.counts = store.table('session-facet-counts');
  }

  /** Inside `EmbeddedStore.write` only. A change that moves the session nowhere writes nothing. */
  move(before: Session | undefined, next: Session | undefined): void {
    if (before && next && isSamePlace(before, next)) return;
    const was = before ? facetKeyOf(before) : undefined;
    const is = next ? facetKeyOf(next) : undefined;
    const isNew = before?.createdAt.getTime() !== next?.createdAt.getTime();
    if (before && was !== undefined && (isNew || was !== is)) this.leave(before, facetIdOf(was));
    if (next && is !== undefined && (isNew || was !== is)) this.enter(next, is);
    const [left, entered] = [otherLists(before), otherLists(next)];
    for (const list of left) {
      if (before && (isNew || !entered.includes(list))) this.entries.remove(entryOf(before, list));
    }
    for (const list of entered) {
      if (next && (isNew || !left.includes(list))) this.entries.put(entryOf(next, list));
    }
  }

  /** Inside `EmbeddedStore.write` only. For a session that an older version wrote. */
  add(session: Session): void {
    const id = facetIdOf(facetKeyOf(session));
    if (this.entries.has(entryOf(session, facetList(id)))) this.entries.put(everyonesEntryOf(session, id));
    else this.move(undefined, session);
  }

  private enter(session: Session, key: string): void {
    const id = facetIdOf(key);
    const place = [session.tenant, id];
    const count = this.counts.get(place) ?? 0;
    if (count === 0) this.facets.put(place, { key });
    this.counts.put(place, count + 1);
    this.entries.put(entryOf(session, facetList(id)));
    this.entries.put(everyonesEntryOf(session, id));
  }

  private leave(session: Session, id: string): void {
    // One that is not indexed yet was not counted either.
    if (!this.entries.remove(entryOf(session, facetList(id)))) return;
    this.entries.remove(everyonesEntryOf(session, id));
    const place = [session.tenant, id];
    const count = (this.counts.get(place) ?? 1) - 1;
    if (count > 0) {
      this.counts.put(place, count);
      return;
    }
    this.counts.remove(place);
    this.facets.remove(place);
  }
}

const isSamePlace = (before: Session, next: Session): boolean =>
  keepsFacets(before, next) &&
  before.customerId === next.customerId &&
  before.createdAt.getTime() === next.createdAt.getTime();

const otherLists = (session: Session | undefined): readonly string[] => {
  const cartId = session?.context?.cartId?.value;
  return [
    ...(session?.customerId !== undefined ? [customerList(session.customerId)] : []),
    ...(cartId !== undefined ? [cartList(cartId)] : []),
  ];
};

const entryOf = ({ tenant, sessionId, createdAt }: Session, list: string): (string | number)[] => [
  tenant,
  list,
  createdAt.getTime(),
  sessionId,
];

const everyonesEntryOf = (session: Session, facetId: string): (string | number)[] => [
  ...entryOf(session, EVERYONE),
  facetId,
];
