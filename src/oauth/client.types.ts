/** An OAuth client of a tenant (RFC 6749 section 2.1). Its id is unique over all tenants (behaviour C-03). */
export interface Client {
  readonly clientId: string;
  readonly tenant: string;
  /** `storefront`: public, may ask for anonymous tokens. `backend`: confidential, client credentials. */
  readonly kind: 'storefront' | 'backend';
  /** For people. */
  readonly name?: string;
  /** Of the employee whose tool it is, by which the VTEX dialect knows an admin. */
  readonly email?: string;
  /** Switched off, it gets no tokens, and those that it has are refused. */
  readonly enabled: boolean;
  /** Newest first; a storefront has none. */
  readonly secrets: readonly ClientSecret[];
  /** What it may be granted, in the canonical spelling. */
  readonly scopes: readonly string[];
  /** Is in each of its service tokens: another epoch ends all of them. */
  readonly epoch: string;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Grows with each change. */
  readonly version: number;
}

export interface ClientSecret {
  /** SHA-256 of the secret, base64url */
  readonly hash: string;
  /** Until then it is good beside a newer one; the newest has no end. */
  readonly endsAt?: Date;
}
