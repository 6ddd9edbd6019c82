import type { Session, SessionFacets } from '../session/index.js';

/** Where a session stands in a list: the newest comes first, then the larger id. */
export interface Position {
  readonly createdAt: Date;
  readonly sessionId: string;
}

/** The sessions that have the same facets. `facets` is absent for those that an older version wrote. */
export interface FacetGroup {
  readonly id: string;
  readonly facets?: SessionFacets;
}

export interface CountedGroup extends FacetGroup {
  readonly sessions: number;
}

export type CountedKinds = Readonly<Record<Session['kind'], number>>;

/** Tells whether to list the sessions that have these facets; undefined stands for those of which none are known. */
export type FacetFilter = (facets: SessionFacets | undefined) => boolean;

/** Which sessions to list. */
export type Among =
  { readonly passing: FacetFilter } | { readonly customerId: string } | { readonly cartId: string };

export interface Range {
  /** Begun at this time or later. */
  readonly from?: Date;
  /** Begun earlier than this. */
  readonly before?: Date;
  /** Only what comes behind this position. */
  readonly behind?: Position;
}

/** Sessions that are in this state at this time. */
export interface InState {
  readonly state: 'alive' | 'dormant';
  readonly now: Date;
}

export interface Slice {
  readonly sessions: readonly Session[];
  /** Where the next slice begins; absent when there is no more. */
  readonly end?: Position;
}

/**
 * Finds sessions for employees. Its index is written with the session itself: what a `SessionRepository` has stored is
 * listed at once. An adapter must pass `test/contracts/session-directory.contract.ts`; nothing else is promised.
 */
export abstract class SessionDirectory {
  /** Returns the groups of a tenant that have sessions. */
  abstract groups(tenant: string): Promise<readonly FacetGroup[]>;

  /**
   * Looks at as many sessions as `limit` says, and returns them in order; gone ones among them, as long as they are not
   * erased.
   * @param wanted of the sessions looked at, return only these
   */
  abstract slice(tenant: string, among: Among, range: Range, limit: number, wanted?: InState): Promise<Slice>;

  /** Counts the sessions of each group. Costs a look at each session of the tenant, on some stores. */
  abstract count(tenant: string): Promise<readonly CountedGroup[]>;

  /**
   * Returns the different profiles that customers of the tenant have, by `profileKeyOf`.
   * @returns undefined if the store can't tell them without a look at each customer
   */
  abstract profiles(tenant: string): Promise<readonly string[] | undefined>;

  /** Counts the sessions of these tenants together. May be an estimate, because it is asked again and again. */
  abstract countKinds(tenants: readonly string[]): Promise<CountedKinds>;
}
