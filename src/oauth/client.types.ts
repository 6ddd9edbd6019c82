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
  /** Public keys that verify its assertions (RFC 7523). A client has these or `jwksUri`, not both. */
  readonly jwks?: KeySet;
  /** Where its public keys are published. */
  readonly jwksUri?: string;
  /** The scopes that it may be granted, in canonical spelling. */
  readonly scopes: readonly string[];
  /** Part of each of its service tokens. A new epoch ends all of them. */
  readonly epoch: string;
  /** Some of its service tokens were revoked, and all of those have expired by then. Absent: none were. */
  readonly revokedUntil?: Date;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Grows with each change. */
  readonly version: number;
}

/** How a client may authenticate at the token endpoint (RFC 7591 section 2, OpenID Connect Core section 9). */
export type AuthMethod = 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';

/** A JSON Web Key Set of public keys (RFC 7517 section 5). */
export interface KeySet {
  readonly keys: readonly PublicKey[];
}

/** A public RSA, EC or Ed25519 key with its members of RFC 7517 and RFC 7518. */
export interface PublicKey {
  readonly kty: string;
  readonly kid?: string | undefined;
  readonly alg?: string | undefined;
  readonly use?: string | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
  readonly n?: string | undefined;
  readonly e?: string | undefined;
  /** When the client got it. Absent for a key of before this was kept. */
  readonly addedAt?: Date | undefined;
}

export interface ClientSecret {
  /** SHA-256 of the secret, base64url */
  readonly hash: string;
  /** Until this time the secret is valid beside a newer one. The newest has no end. */
  readonly endsAt?: Date;
}
