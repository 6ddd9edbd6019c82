import type { PriceModel } from './price-model.types.js';

/** Where price models are kept. An adapter must pass `test/contracts/price-model.contract.ts`. */
export abstract class PriceModelRepository {
  /** All of a tenant: they are few. In the order in which they were made. */
  abstract list(tenant: string): Promise<readonly PriceModel[]>;

  /**
   * One atomic read and write of all models of a tenant, for which of them is the default is decided among them.
   * `decide` may be called again when another writer was faster, so it must be pure; what it throws is thrown here,
   * and nothing is written. Returning the list that it was given writes nothing.
   */
  abstract change(
    tenant: string,
    decide: (current: readonly PriceModel[]) => readonly PriceModel[],
  ): Promise<void>;
}
