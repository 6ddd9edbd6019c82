import type { Erasure } from './erasure.types.js';

/** Where erasures are kept while they last. An adapter must pass `test/contracts/erasure.contract.ts`. */
export abstract class ErasureRepository {
  abstract find(tenant: string, customerId: string): Promise<Erasure | undefined>;

  /** Writes it in the place of the one that is stored for this customer. */
  abstract save(erasure: Erasure): Promise<void>;

  /** Of all tenants, in no particular order. */
  abstract list(limit: number): Promise<readonly Erasure[]>;

  abstract remove(tenant: string, customerId: string): Promise<void>;

  /**
   * Overwrites on the disk what was removed before this call, as far as the store lets us. The embedded store rewrites
   * its pages. MongoDB does nothing here: its files, journal and oplog reuse their space in their own time.
   */
  abstract overwriteRemoved(): Promise<void>;
}
