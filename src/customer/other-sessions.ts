/** The port through which a new password ends sessions; the session feature, which stands behind, fulfils it. */
export abstract class OtherSessions {
  /** Ends the customer's sessions on all devices. @param keptSessionId but for this one */
  abstract endOthersOf(tenant: string, customerId: string, keptSessionId?: string): Promise<void>;
}
