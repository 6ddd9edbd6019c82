/** An OAuth client of a tenant (RFC 6749 section 2.1). Its id is unique over all tenants (behaviour C-03). */
export interface Client {
  readonly clientId: string;
  readonly tenant: string;
  /** `storefront`: public, may ask for anonymous tokens. `backend`: confidential, client credentials. */
  readonly kind: 'storefront' | 'backend';
  /** SHA-256 of the secret, base64url; a storefront has none. */
  readonly secretHash?: string;
  /** What it may be granted, in the canonical spelling. */
  readonly scopes: readonly string[];
}
