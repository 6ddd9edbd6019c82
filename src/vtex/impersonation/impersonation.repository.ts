import type { Impersonation } from './impersonation.types.js';

/**
 * Stores impersonations. Records are never removed, and changed only to forget a person. Contract:
 * `impersonation.contract.ts`.
 */
export abstract class ImpersonationRepository {
  /** Adds a record before the impersonation begins. If the session is not saved then, it records the attempt. */
  abstract add(impersonation: Impersonation): Promise<void>;

  /** Lists the newest first; those of the same millisecond in any order. @param limit maximum number */
  abstract list(tenant: string, limit: number): Promise<readonly Impersonation[]>;

  /** Finds the impersonations of a customer, in no particular order. */
  abstract ofCustomer(tenant: string, customerId: string): Promise<readonly Impersonation[]>;

  /** Replaces the record with the same id, which must have begun at the same moment. */
  abstract replace(impersonation: Impersonation): Promise<void>;
}
