import type { Session } from '../session/session.types.js';

/** Which sessions to list. What is absent does not matter. */
export interface SessionFilter {
  readonly kind?: Session['kind'];
  readonly state?: 'alive' | 'dormant';
  readonly customerId?: string;
  /** Of the customer, in any spelling. */
  readonly email?: string;
  readonly cartId?: string;
  readonly clientId?: string;
  /** Of the context, as the next two. */
  readonly siteCode?: string;
  readonly currency?: string;
  readonly targetLocation?: string;
  /** A segment token. */
  readonly segment?: string;
  /** At this time or later. */
  readonly createdAfter?: Date;
  /** Earlier than this. */
  readonly createdBefore?: Date;
}
