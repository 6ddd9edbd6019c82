/** The client that a token was issued to. */
export interface TokenClient {
  readonly clientId: string;
  readonly tenant: string;
  /** For a service token: the client's epoch at the time of issue. */
  readonly epoch?: string;
  /** For a service token: its `jti`. */
  readonly jti?: string;
}

export interface AdmittedClient {
  /** The scopes that it may be granted now, in the canonical spelling. */
  readonly scopes: readonly string[];
  /** E-mail address of the employee who uses this client. */
  readonly email?: string;
}

/** Tells whether the client of a token is still valid. The oauth feature implements this port. */
export abstract class ClientGate {
  /**
   * Reads the store at most once in five seconds for each client.
   * @throws Unauthenticated - it is gone, switched off or of another tenant, or the service token was ended
   */
  abstract authorize(client: TokenClient): Promise<AdmittedClient>;

  /** @throws Unauthenticated - this token of the operator was revoked */
  abstract authorizeOperator(jti: string): Promise<void>;
}
