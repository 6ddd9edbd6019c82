/**
 * - `keep`: the session's cart is in use; the older one can still be read by its id
 * - `merge`: the older one is in use, with the lines of both
 * - `useExisting`: the older one is in use; the session's can be read by its id as long as the session lives
 * - `useSession`: the session's cart is in use; the older one is closed
 */
export type CartAtLogin = 'keep' | 'merge' | 'useExisting' | 'useSession';

/**
 * - `checked`: an item costs what the price that it names says
 * - `given`: an item costs what its caller says; for tenants whose prices are kept elsewhere
 */
export type CartPrices = 'checked' | 'given';

/** What a tenant can set for itself; what it leaves out comes from the configuration. */
export interface TenantSettings {
  /** How long an anonymous session is alive after its login or a refresh (behaviour E-02). */
  readonly anonymousLifetimeSeconds?: number;
  /** How long after that a refresh can wake it; 0 ends it with its lifetime (behaviour D-02). */
  readonly anonymousDormantSeconds?: number;
  /** What becomes of the session's cart when its shopper logs in and has an open one already; `keep` if absent. */
  readonly cartAtLogin?: CartAtLogin;
  /** Where the amounts of internal cart items come from; `checked` if absent (F-01). */
  readonly cartPrices?: CartPrices;
  readonly identityProviders?: readonly IdentityProvider[];
  /** A new customer can log in only after following the link of a mail. */
  readonly doubleOptIn?: boolean;
  /**
   * A sign-up does not tell whether its e-mail has an account: the owner of one gets a mail instead (P-56). It implies
   * `doubleOptIn`, or a login with the password just chosen would tell.
   */
  readonly hidesExistingAccounts?: boolean;
  readonly mail?: MailSettings;
  readonly vtex?: VtexTenantSettings;
}

/** How browsers on the tenant's storefronts may use sessions by cookie. */
export interface VtexTenantSettings {
  /** Origins whose pages may call with cookies, exactly as browsers name them: `https://shop.example`. */
  readonly allowedOrigins?: readonly string[];
  /** Cookies for storefronts on another site than the service: `SameSite=None; Partitioned`. */
  readonly crossSiteCookies?: boolean;
  /** `public.storeUserEmail` gives another person's price tables only to the sessions of employees. */
  readonly priceTablesNeedProof?: boolean;
  /** An employee must say why, to act as a customer (F-52). */
  readonly impersonationNeedsReason?: boolean;
  /** `profile.phone` and `profile.document` are shown to nobody (behaviour D-21). */
  readonly hidesPhoneAndDocument?: boolean;
}

/** Of mails to customers. Addresses of pages that use a token hold `{token}`, and may hold `{site}`. */
export interface MailSettings {
  /** E-mail address of the sender. */
  readonly from?: string;
  readonly optInUrl?: string;
  readonly passwordResetUrl?: string;
  readonly emailChangeUrl?: string;
  readonly emailChangeUndoUrl?: string;
  /** Where a customer asks for a new password; it holds no token. */
  readonly passwordForgottenUrl?: string;
}

/** An outside OpenID Connect issuer whose tokens are exchanged for a customer's (behaviour W-22). */
export interface IdentityProvider {
  /** `default`, or the name that the query's `config` asks for. */
  readonly config: string;
  /** `iss` of its tokens. */
  readonly issuer: string;
  readonly jwksUri: string;
  /** `aud` that its tokens must have. */
  readonly audience: string;
}

export interface Tenant {
  readonly name: string;
  readonly settings: TenantSettings;
}
