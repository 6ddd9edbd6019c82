import type { VerifiedToken } from '../auth/index.js';
import type { Json } from '../shared/json.js';

export interface SessionKey {
  readonly tenant: string;
  /** A UUID, but for one that a backend chose itself (behaviour W-29). */
  readonly sessionId: string;
}

/** Where a value came from; `explain` and history need it, and it can't be made up afterwards. */
export type Source =
  'site' | 'profile' | 'login-query' | 'login' | 'cart' | 'shopper' | 'employee' | `app:${string}`;

export interface Sourced<T> {
  readonly value: T;
  readonly source: Source;
  readonly at: Date;
}

/** What the query of an anonymous login asked for; the values of the context when it comes into being. */
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
  /** Custom attributes. A Map, because their names may be anything (behaviour D-14). */
  readonly attributes: ReadonlyMap<string, Sourced<Json>>;
  /** `metadata.version`: 1 when made, and one more with each change. */
  readonly version: number;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

/** Values that a shopper chose in the VTEX dialect before there was a context: they win over those of a profile. */
export type OverrideValues = { readonly [K in keyof RequestedValues]?: Sourced<string> };

/** A cookie that apps were given. Its value is a credential, and is not kept (behaviour M-58). */
export interface SeenCookie {
  /** SHA-256, base64url */
  readonly hash: string;
  /**
   * The access token that an authentication cookie carries, without its signature: so whether it is still good can be
   * asked at each use, and it can't be used by those who steal the store.
   */
  readonly token?: VerifiedToken;
}

/** An employee who shops for others, as the token in the cookie proved. */
export interface Admin {
  readonly clientId: string;
  readonly email?: string;
  /** In the canonical spelling. */
  readonly scopes: readonly string[];
}

/** What the VTEX dialect keeps of a session beside its context. Absent until the session is used in that dialect. */
export interface VtexState {
  /** `public.*` until there is a context; from then on they are its attributes. */
  readonly publicValues: ReadonlyMap<string, Sourced<Json>>;
  /** Until there is a context. */
  readonly chosen: OverrideValues;
  /** What apps wrote, by `namespace.key`, as far as it has no other place in the record. */
  readonly computed: ReadonlyMap<string, Sourced<string>>;
  /** The inputs of apps as they last saw them: what differs was changed in the other dialect. */
  readonly seen: ReadonlyMap<string, string>;
  /** By name. */
  readonly cookies: ReadonlyMap<string, SeenCookie>;
  /** Apps that failed: the next change asks them again. */
  readonly failed: readonly string[];
  /** An employee acts as a customer: the client of the employee's tool, and when it ends by itself. */
  readonly impersonation?: { readonly clientId: string; readonly endsAt: Date };
  /** Until then the newest `vtex_session` token can come back, so the record is kept (behaviour D-26). */
  readonly heldUntil: Date;
}

/** When an anonymous session ends. A customer's has no such end: it lives until logout. */
export interface Lifetime {
  /** Until then it is served; from then on it is dormant. */
  readonly aliveUntil: Date;
  /** Until then a refresh wakes it; from then on it is gone, and its storage is reclaimed. */
  readonly goneAt: Date;
}

/** A refresh token is kept only as the hash of its secret. */
export interface RefreshToken {
  /** SHA-256, base64url */
  readonly hash: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** Of the access token that was issued with it; see `accessClaims`. */
  readonly grant?: string;
}

export interface UsedRefreshToken extends RefreshToken {
  readonly usedAt: Date;
  /** Together with the used secret it gives the successor's; alone it is worth nothing. */
  readonly salt: string;
  /** How often it was presented again within the grace, and answered. Absent: never. */
  readonly repeats?: number;
}

export interface RefreshTokens {
  readonly current?: RefreshToken;
  /** Newest first. Those that would have ended by themselves are dropped. */
  readonly used: readonly UsedRefreshToken[];
}

/** What a token is for: the aggregate, kept as one record, so that each change is one atomic write. */
export interface Session extends SessionKey {
  readonly kind: 'anonymous' | 'customer';
  /** The OAuth client that its tokens were issued to. */
  readonly clientId: string;
  /** Tokens of another epoch open nothing (see `accessClaims`), but for those that are `kept`. */
  readonly epoch: string;
  /**
   * The tokens of this grant outlive the epoch that they were issued in: a new password ends all tokens but those that
   * were used to set it, for its answer brings no new ones.
   */
  readonly kept?: { readonly grant: string };
  /** Grows with each write of the record, context or not. Kept by the repository. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly lifetime?: Lifetime;
  readonly refreshTokens: RefreshTokens;
  readonly asked: RequestedValues;
  readonly customerId?: string;
  readonly legalEntityId?: string;
  /** A coarse name of the browser and system that the customer logged in with: `Safari on iOS`. */
  readonly device?: string;
  /** Absent until the first cart. */
  readonly context?: SessionContext;
  readonly vtex?: VtexState;
}
