import type { VerifiedToken } from '../auth/index.js';
import type { Json } from '../shared/json.js';

export interface SessionKey {
  readonly tenant: string;
  /** A UUID, unless a backend chose the id itself (behaviour W-29). */
  readonly sessionId: string;
}

/** Where a value came from. History and `explain` need it, and it can't be reconstructed later. */
export type Source =
  | 'site'
  | 'profile'
  | 'login-query'
  | 'login'
  | 'cart'
  | 'shopper'
  | 'employee'
  | 'agent'
  | 'handover'
  | `app:${string}`;

export interface Sourced<T> {
  readonly value: T;
  readonly source: Source;
  readonly at: Date;
}

/** What the query of an anonymous login asked for. The context, once it is made, starts with these values. */
export interface RequestedValues {
  readonly siteCode?: string;
  readonly currency?: string;
  readonly targetLocation?: string;
  readonly language?: string;
}

export interface SessionContext {
  readonly siteCode: Sourced<string>;
  /** ISO 4217 */
  readonly currency: Sourced<string>;
  /** ISO 3166-1 alpha-2 */
  readonly targetLocation: Sourced<string>;
  /** BCP 47 */
  readonly language: Sourced<string>;
  readonly cartId?: Sourced<string>;
  readonly customerId?: Sourced<string>;
  /** Custom attributes. A Map, because a name may be any string (behaviour D-14). */
  readonly attributes: ReadonlyMap<string, Sourced<Json>>;
  /** `metadata.version`: 1 for a new context, increased by one with each change. */
  readonly version: number;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

/** Values that a shopper chose in the VTEX dialect before there was a context. They win over those of the profile. */
export type OverrideValues = { readonly [K in keyof RequestedValues]?: Sourced<string> };

/** A cookie that was passed to apps. Its value is a credential and is not stored (behaviour M-58). */
export interface SeenCookie {
  /** SHA-256 of the value, base64url */
  readonly hash: string;
  /**
   * The access token in an authentication cookie, without its signature. The service can check at each use whether the
   * token is still valid, and a thief of the store can't use it.
   */
  readonly token?: VerifiedToken;
}

/** An employee who shops on behalf of others, as proved by the token in the cookie. */
export interface Admin {
  readonly clientId: string;
  readonly email?: string;
  /** In canonical spelling. */
  readonly scopes: readonly string[];
}

/** The state that the VTEX dialect keeps beside the context. Absent until the session is used in that dialect. */
export interface VtexState {
  /** `public.*` until there is a context. After that, they are its attributes. */
  readonly publicValues: ReadonlyMap<string, Sourced<Json>>;
  /** Empty once there is a context. */
  readonly chosen: OverrideValues;
  /** Outputs of apps by `namespace.key`, unless the record has another place for them. */
  readonly computed: ReadonlyMap<string, Sourced<Json>>;
  /** The inputs of apps as the apps last saw them. A difference means that the other dialect changed the value. */
  readonly seen: ReadonlyMap<string, string>;
  /** Cookies by name. */
  readonly cookies: ReadonlyMap<string, SeenCookie>;
  /** Apps that failed. The next change calls them again. */
  readonly failed: readonly string[];
  /**
   * Present while an employee acts as a customer: the client of the employee's tool, and when the impersonation ends by
   * itself.
   */
  readonly impersonation?: { readonly clientId: string; readonly endsAt: Date };
  /** Until this time the newest `vtex_session` token may come back, so the record is kept (behaviour D-26). */
  readonly heldUntil: Date;
}

/** When an anonymous session ends. A customer session has no lifetime: it lives until logout. */
export interface Lifetime {
  /** The session is served until this time and is dormant afterwards. */
  readonly aliveUntil: Date;
  /** A refresh wakes the session until this time. Afterwards it is gone, and its storage is reclaimed. */
  readonly goneAt: Date;
}

/** A refresh token. Only the hash of its secret is stored. */
export interface RefreshToken {
  /** SHA-256 of the secret, base64url */
  readonly hash: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** The grant of the access token that was issued with it; see `accessClaims`. */
  readonly grant?: string;
  /** The client that it was issued to. Absent if that is the one that the session belongs to. */
  readonly clientId?: string;
}

export interface UsedRefreshToken extends RefreshToken {
  readonly usedAt: Date;
  /** Gives the successor's secret, but only together with the used secret. */
  readonly salt: string;
  /** How often it was presented again within the grace and answered. Absent means never. */
  readonly repeats?: number;
}

export interface RefreshTokens {
  readonly current?: RefreshToken;
  /** Newest first. Tokens that would have expired by now are dropped. */
  readonly used: readonly UsedRefreshToken[];
}

/** One value that changed. Without `from` it is new; without `to` it was removed. */
export interface FieldChange {
  /** `currency`, or `context.colour` for the attribute `colour`. */
  readonly field: string;
  readonly from?: Json;
  readonly to?: Json;
  /** True if `from` and `to` are left out, because they are too long or the tenant wants no values of attributes. */
  readonly valuesOmitted?: true;
}

/** Who changed a context. */
export interface ChangedBy {
  readonly kind: 'shopper' | 'employee' | 'app' | 'login' | 'cart' | 'agent' | 'handover';
  /**
   * The customer, the OAuth client of the employee or the agent, the name of the app, the cart, or a coarse name of the
   * browser that took the session over. Absent for a guest.
   */
  readonly id?: string;
  /** Address of the profile that a shopping agent claims as its own. Only `id` is proved. */
  readonly agent?: string;
  /** Why, in the words of the employee. */
  readonly reason?: string;
}

/** The latest changes of a context; see `history/history.rules.ts`. */
export interface SessionHistory {
  /** Number of entries that were ever made, including those that are no longer kept. */
  readonly made: number;
  /** Number of entries in `lines`. */
  readonly kept: number;
  /** Size of `lines` in UTF-8. Counting it again with each change would cost more than the rest of the change. */
  readonly bytes: number;
  /** The kept entries, oldest first, a line each. Only readers of the history parse them. */
  readonly lines: string;
}

/**
 * A session with its tokens and its context. This is the aggregate, one record, so that each change is one atomic
 * write.
 */
export interface Session extends SessionKey {
  readonly kind: 'anonymous' | 'customer';
  /**
   * The OAuth client that the session belongs to: the one that began it, took it over or logged in last. Its tokens were
   * issued to it, unless they name another one.
   */
  readonly clientId: string;
  /** Tokens of another epoch are refused (see `accessClaims`), except for those that are `kept`. */
  readonly epoch: string;
  /**
   * Tokens of this grant stay valid after a change of epoch. A new password ends all tokens except those that were used
   * to set it, because its answer issues no new ones.
   */
  readonly kept?: { readonly grant: string };
  /** Grows with each write of the record, whether or not the context changes. The repository sets it. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly lifetime?: Lifetime;
  readonly refreshTokens: RefreshTokens;
  readonly asked: RequestedValues;
  readonly customerId?: string;
  readonly legalEntityId?: string;
  /** A coarse name of the browser and system that the customer logged in with: `Safari on iOS`. */
  readonly device?: string;
  /** Absent until the first cart is made. */
  readonly context?: SessionContext;
  /** Absent until the context is made. Employees see it, shoppers never do. */
  readonly history?: SessionHistory;
  readonly vtex?: VtexState;
}
