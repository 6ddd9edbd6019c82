import type { JsonObject } from '../shared/json.js';

export const EVENT_TYPES = [
  'onesession.session.began',
  'onesession.context.created',
  'onesession.context.changed',
  'onesession.session.became_customers',
  'onesession.session.handed_over',
  'onesession.session.ended',
  'onesession.refresh_token.reused',
  'onesession.cart.created',
  'onesession.cart.changed',
  'onesession.cart.merged',
  'onesession.cart.closed',
  'onesession.customer.created',
  'onesession.customer.changed',
  'onesession.customer.erased',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** Why a session ended. */
export type EndCause = 'logout' | 'expired' | 'employee' | 'password' | 'reuse' | 'erased' | 'limit';

export interface StoredEvent {
  /** Stable over retries: made of the record, its revision and the place in the change. */
  readonly id: string;
  readonly tenant: string;
  readonly type: EventType;
  /** The session; of events about carts and customers, the cart and the customer. */
  readonly subject: string;
  /** Grows with each event of one subject. */
  readonly sequence: number;
  readonly time: Date;
  readonly data: JsonObject;
  /** For events about carts: the session in which it happened, if known. */
  readonly sessionId?: string;
  /** The customer whose session it was. Not sent; needed to erase the customer. */
  readonly person?: string;
}

/**
 * Says which events a write makes, from the record before and after it: undefined where there is none. Runs again if
 * another writer was faster.
 */
export type Tell<T> = (before: T | undefined, after: T | undefined) => readonly StoredEvent[];

/**
 * An event with its place in the tenant's log. Positions of a tenant only grow, and an event never appears before one
 * that was already read.
 */
export interface LoggedEvent {
  readonly event: StoredEvent;
  /** Sorts as text. Clients must not interpret it. */
  readonly position: string;
}

/** Somebody who wants the events of a tenant: an enabled webhook, or the open streams of an instance. */
export interface Interest {
  readonly id: string;
  /**
   * When the interest ends. A stream keeps renewing it. Absent for a webhook, whose interest lasts until it is removed.
   */
  readonly until?: Date;
}
