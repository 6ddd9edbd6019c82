/** An OAuth client of a tenant (RFC 6749 section 2.1). Its id is unique across all tenants (behaviour C-03). */
export interface Client {
  readonly clientId: string;
  readonly tenant: string;
  /** `storefront` is public and may ask for anonymous tokens. `backend` is confidential and uses client credentials. */
  readonly kind: 'storefront' | 'backend';
  /** A name for people to read. */
  readonly name?: string;
  /** E-mail address of the employee whose tool this is. The VTEX dialect knows an admin by it. */
  readonly email?: string;
  /** If false, the client gets no tokens, and the tokens that it has are refused. */
  readonly enabled: boolean;
  /** Newest first. Empty for a storefront. */
  readonly secrets: readonly ClientSecret[];
  /** The scopes that it may be granted, in canonical spelling. */
  readonly scopes: readonly string[];
  /** Part of each of its service tokens. A new epoch ends all of them. */
  readonly epoch: string;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Grows with each change. */
  readonly version: number;
}

export interface ClientSecret {
  /** SHA-256 of the secret, base64url */
  readonly hash: string;
  /** Until this time the secret is valid beside a newer one. The newest has no end. */
  readonly endsAt?: Date;
}
