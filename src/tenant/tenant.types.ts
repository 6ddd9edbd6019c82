/** What a tenant can set for itself; what it leaves out comes from the configuration. */
export interface TenantSettings {
  /** How long an anonymous session is alive after its login or a refresh (behaviour E-02). */
  readonly anonymousLifetimeSeconds?: number;
  /** How long after that a refresh can wake it; 0 ends it with its lifetime (behaviour D-02). */
  readonly anonymousDormantSeconds?: number;
  readonly identityProviders?: readonly IdentityProvider[];
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
