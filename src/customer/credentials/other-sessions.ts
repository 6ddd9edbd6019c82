import type { KeptTokens } from '../customer.types.js';

/** Ends sessions after a change of credentials. The session feature implements this port. */
export abstract class OtherSessions {
  /** Ends the customer's sessions on every device, and all other tokens of the kept session. Safe to repeat. */
  abstract endAllBut(tenant: string, customerId: string, kept?: KeptTokens): Promise<void>;

  /** Ends all sessions of a customer whom the tenant has blocked. Safe to repeat. */
  abstract endAllOfBlocked(tenant: string, customerId: string): Promise<void>;
}
