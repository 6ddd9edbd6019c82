import type { LoggedEvent, StoredEvent } from '../events/event.types.js';
import { matchesType } from '../events/type-pattern.rules.js';
import type { EmployeeCounts, EndReason, LastWords, Reader, StreamCounts } from './live.types.js';

/** Limit per session. It exceeds what one browser needs; further streams are leaks. */
export const MOST_PER_SESSION = 5;

/** The share of an instance's streams that is reserved for employees. */
const SHARE_OF_EMPLOYEES = 0.1;

/** One address may hold this share of what shoppers have, so that nobody takes it all with many sessions. */
const SHARE_OF_ADDRESS = 0.25;

/** Employees of one tenant may hold this share of all, so that no tenant's client takes the streams of the others. */
const SHARE_OF_TENANT = 0.25;

export type Refusal = 'session' | 'instance';

/** Decides whether one more stream of a shopper fits. @param most setting MAX_LIVE_STREAMS */
export function refusalOfShopper(counts: StreamCounts, most: number): Refusal | undefined {
  if (counts.ofSession >= MOST_PER_SESSION) return 'session';
  const forShoppers = Math.max(1, Math.floor(most * (1 - SHARE_OF_EMPLOYEES)));
  const perAddress = Math.max(MOST_PER_SESSION, Math.floor(forShoppers * SHARE_OF_ADDRESS));
  const full = counts.all >= most || counts.ofShoppers >= forShoppers || counts.ofAddress >= perAddress;
  return full ? 'instance' : undefined;
}

/** Decides whether one more stream of an employee fits. @param most setting MAX_LIVE_STREAMS */
export function refusalOfEmployee({ all, ofTenant }: EmployeeCounts, most: number): Refusal | undefined {
  const perTenant = Math.max(MOST_PER_SESSION, Math.floor(most * SHARE_OF_TENANT));
  return all >= most || ofTenant >= perTenant ? 'instance' : undefined;
}

const ENDED = 'onesession.session.ended';
const BECAME_CUSTOMERS = 'onesession.session.became_customers';

const isOfCart = ({ type }: StoredEvent): boolean => type.startsWith('onesession.cart.');

/** Whether an event is of this session or of a cart of it. The cart of the session counts, also if an employee changed it. */
export function isOfSession(event: StoredEvent, sessionId: string, { cartId }: Reader): boolean {
  if (isOfCart(event))
    return event.sessionId === sessionId || (cartId !== undefined && event.subject === cartId);
  return event.subject === sessionId && !event.type.startsWith('onesession.customer.');
}

/** A change of the context names its cart, whose next event may come with it. */
export function withCartOf(reader: Reader, { event: { type, data } }: LoggedEvent): Reader {
  const cartId = type.startsWith('onesession.context.') ? data['cartId'] : undefined;
  return typeof cartId === 'string' ? { ...reader, cartId } : reader;
}

/**
 * Returns what a shopper may still see once the token opens nothing any more: what happened in the session before its
 * end, or before the login that ended an anonymous token. Events of carts are left out. Their order relative to the
 * session's events is unknown, so they may be the customer's already.
 * @returns undefined if none of the events says why the token ended
 */
export function lastWordsOf(
  events: readonly LoggedEvent[],
  sessionId: string,
  kind: 'anonymous' | 'customer',
): LastWords | undefined {
  const own = events.filter(({ event }) => event.subject === sessionId && !isOfCart(event));
  const end = own.findIndex(
    ({ event }) => event.type === ENDED || (event.type === BECAME_CUSTOMERS && kind === 'anonymous'),
  );
  const last = own[end];
  if (!last) return undefined;
  return last.event.type === ENDED
    ? { events: own.slice(0, end + 1), reason: 'session-ended' }
    : { events: beforeChange(own.slice(0, end), last.event), reason: 'token-ended' };
}

/** A login is one change with several events, and its others belong to the customer too. */
const beforeChange = (events: readonly LoggedEvent[], { time }: StoredEvent): readonly LoggedEvent[] =>
  events.filter(({ event }) => event.time < time);

/** Tells whether an event reports the end of this session. */
export const endsSession = ({ event }: LoggedEvent, sessionId: string): boolean =>
  event.type === ENDED && event.subject === sessionId;

/** Whether a type is one of `onesession.context.changed` or within one of `onesession.context.*`. */
export const isOfTypes = (type: string, patterns: readonly string[]): boolean =>
  patterns.length === 0 || patterns.some((pattern) => matchesType(pattern, type));

/** Whether a reader may come again with the same token. */
export const mayResume = (reason: EndReason): boolean => reason === 'resume' || reason === 'stopping';
