import type { Erasure } from './erasure.types.js';

/** Stores erasures while they are in progress. An adapter must pass `test/contracts/erasure.contract.ts`. */
export abstract class ErasureRepository {
  abstract find(tenant: string, customerId: string): Promise<Erasure | undefined>;

  /** Stores the erasure in place of any other for this customer. */
  abstract save(erasure: Erasure): Promise<void>;

  /** Lists erasures of all tenants, in no particular order. */
  abstract list(limit: number): Promise<readonly Erasure[]>;

  abstract remove(tenant: string, customerId: string): Promise<void>;

  /**
   * Overwrites on disk what was removed before this call, as far as the store permits. The embedded store rewrites its
   * pages. MongoDB does nothing here: its files, journal and oplog reuse their space in their own time.
   */
  abstract overwriteRemoved(): Promise<void>;
}
