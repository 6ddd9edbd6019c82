/**
 * - `keep`: the session's cart is used; the customer's older one stays readable by its id
 * - `merge`: the older cart is used, with the lines of both
 * - `useExisting`: the older cart is used; the session's stays readable by its id while the session lives
 * - `useSession`: the session's cart is used; the older one is closed
 */
export type CartAtLogin = 'keep' | 'merge' | 'useExisting' | 'useSession';

/**
 * - `checked`: the price that an item names decides what the item costs
 * - `given`: the caller decides what an item costs, for tenants that manage prices elsewhere
 */
export type CartPrices = 'checked' | 'given';

/** Settings of a tenant. The configuration provides those that are absent. */
export interface TenantSettings {
  /** Seconds that an anonymous session is alive after its login or a refresh (E-02). */
  readonly anonymousLifetimeSeconds?: number;
  /** Seconds after that in which a refresh can wake the session; 0 means none (D-02). */
  readonly anonymousDormantSeconds?: number;
  /** What happens to the session's cart when its shopper logs in and already has an open one. Default: `keep`. */
  readonly cartAtLogin?: CartAtLogin;
  /** Where the amounts of internal cart items come from. Default: `checked` (F-01). */
  readonly cartPrices?: CartPrices;
  readonly identityProviders?: readonly IdentityProvider[];
  /** Whether a new customer must follow a link in a mail before the first login. */
  readonly doubleOptIn?: boolean;
  /**
   * Whether a sign-up hides if its e-mail address has an account; the owner of that account gets a mail instead (P-56).
   * Implies `doubleOptIn`, because a login with the new password would reveal it otherwise.
   */
  readonly hidesExistingAccounts?: boolean;
  /** Whether the history of a session leaves out the values of its custom attributes, and keeps only their names. */
  readonly historyOmitsAttributeValues?: boolean;
  /** Whether events carry the values of custom attributes. Otherwise they carry only the names. */
  readonly eventsWithAttributeValues?: boolean;
  readonly mail?: MailSettings;
  readonly handover?: HandoverSettings;
  readonly vtex?: VtexTenantSettings;
}

/** How browsers on the tenant's storefronts may use sessions by cookie. */
export interface VtexTenantSettings {
  /** Origins whose pages may call with cookies, written as browsers send them: `https://shop.example`. */
  readonly allowedOrigins?: readonly string[];
  /** Whether cookies work for storefronts on another site than the service: `SameSite=None; Partitioned`. */
  readonly crossSiteCookies?: boolean;
  /** Whether `public.storeUserEmail` gives another person's price tables only to the sessions of employees. */
  readonly priceTablesNeedProof?: boolean;
  /** Whether an employee must give a reason to act as a customer (F-52). */
  readonly impersonationNeedsReason?: boolean;
  /** Whether to hide `profile.phone` and `profile.document` from everybody (D-21). */
  readonly hidesPhoneAndDocument?: boolean;
}

/** Settings for mails to customers. URLs of pages that use a token contain `{token}`, and may contain `{site}`. */
export interface MailSettings {
  /** E-mail address of the sender. */
  readonly from?: string;
  readonly optInUrl?: string;
  readonly passwordResetUrl?: string;
  readonly emailChangeUrl?: string;
  readonly emailChangeUndoUrl?: string;
  /** Page where a customer requests a new password. Contains no token. */
  readonly passwordForgottenUrl?: string;
}

/** Where handover links lead. Both are fixed addresses: nothing in a link or a request can change them. */
export interface HandoverSettings {
  /**
   * Page of the storefront that links lead to, instead of the page of this service. It gets the token in the fragment:
   * `#handover=...`.
   */
  readonly pageUrl?: string;
  /** Where the page of this service sends the browser once the session is open. Default: `STOREFRONT_URL`. */
  readonly shopUrl?: string;
}

/** An outside OpenID Connect issuer. Its tokens are exchanged for those of a customer (W-22). */
export interface IdentityProvider {
  /** `default`, or the name that `config` in the query selects. */
  readonly config: string;
  /** `iss` of the issuer's tokens. */
  readonly issuer: string;
  readonly jwksUri: string;
  /** `aud` that the issuer's tokens must have. */
  readonly audience: string;
}

/** How long passwords that came from another system are kept. Days are ISO 8601, in UTC. */
export interface PasswordRetention {
  /** From this day on, customers who have not logged in yet need a new password. */
  readonly endsOn: string;
  /** The day on which they are reminded. */
  readonly remindsOn: string;
  /** Whether they get mails about it. */
  readonly mails: boolean;
  /** They were reminded. */
  readonly reminded?: true;
}

export interface Tenant {
  readonly name: string;
  readonly settings: TenantSettings;
  readonly passwordRetention?: PasswordRetention;
  /** If false, everything of the tenant is refused as if it did not exist. Absent: true. */
  readonly enabled?: boolean;
  /** Absent in tenants of versions that did not write it down, as the rest. */
  readonly createdAt?: Date;
  readonly modifiedAt?: Date;
  /** Grows with each change. Absent: 1. */
  readonly version?: number;
}
