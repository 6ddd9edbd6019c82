import type { Impersonation } from './impersonation.types.js';

/** Where impersonations are written down; none is removed, and none is changed but to forget a person. Contract: `impersonation.contract.ts`. */
export abstract class ImpersonationRepository {
  /** Before it begins: one that was not saved then left a record of what was tried. */
  abstract add(impersonation: Impersonation): Promise<void>;

  /** The newest first, those of one millisecond in any order. @param limit how many at most */
  abstract list(tenant: string, limit: number): Promise<readonly Impersonation[]>;

  /** In no particular order. */
  abstract ofCustomer(tenant: string, customerId: string): Promise<readonly Impersonation[]>;

  /** Writes it over the one of its id, which began at the same moment. */
  abstract replace(impersonation: Impersonation): Promise<void>;
}
