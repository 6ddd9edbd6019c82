import type { KeptTokens } from '../customer.types.js';

/** The port through which a change of credentials ends sessions. The session feature implements it. */
export abstract class OtherSessions {
  /** Ends the customer's sessions on every device, and of the kept session all other tokens. May be repeated. */
  abstract endAllBut(tenant: string, customerId: string, kept?: KeptTokens): Promise<void>;
}
