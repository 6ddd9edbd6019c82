/** Tokens that stay good when all others of a customer end. */
export interface KeptTokens {
  readonly sessionId: string;
  /** Of the token that asked for the change; undefined for one that was made before there were grants. */
  readonly grant: string | undefined;
}

/** The port through which a change of credentials ends sessions. The session feature implements it. */
export abstract class OtherSessions {
  /** Ends the customer's sessions on every device, and of the kept session all other tokens. */
  abstract endAllBut(tenant: string, customerId: string, kept?: KeptTokens): Promise<void>;
}
