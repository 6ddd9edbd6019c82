import type { PriceModel } from './price-model.types.js';

/** Stores price models. An adapter must pass `test/contracts/price-model.contract.ts`. */
export abstract class PriceModelRepository {
  /** Lists all models of a tenant, which are few, in the order in which they were created. */
  abstract list(tenant: string): Promise<readonly PriceModel[]>;

  /**
   * Reads and writes all models of a tenant atomically, because at most one of them may be the default. `decide` must
   * be pure, because it runs again when another writer was faster. If it throws, nothing is written and the error is
   * passed on. If it returns the list it was given, nothing is written.
   */
  abstract change(
    tenant: string,
    decide: (current: readonly PriceModel[]) => readonly PriceModel[],
  ): Promise<void>;
}
