import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { Price, PricesOfItems } from './price.types.js';

/** Where prices are kept. An adapter must pass `test/contracts/price.contract.ts`. */
export abstract class PriceRepository {
  abstract find(tenant: string, id: string): Promise<Price | undefined>;

  /** Prices with these ids, each once, in no particular order. Ids that no price has are skipped. */
  abstract findAll(tenant: string, ids: readonly string[]): Promise<readonly Price[]>;

  /** @returns false when there is one of this id: nothing was written. Of N concurrent calls one wins. */
  abstract create(price: Price): Promise<boolean>;

  /**
   * One atomic read and write of one price, which may not be there yet. `decide` may be called again when another
   * writer was faster, so it must be pure; what it throws is thrown here, and nothing is written.
   */
  abstract change(tenant: string, id: string, decide: (current: Price | undefined) => Price): Promise<void>;

  /** @returns false when there was none. */
  abstract remove(tenant: string, id: string): Promise<boolean>;

  /** Each once, in no particular order; of items of whatever type that have these ids. */
  abstract ofItems(tenant: string, wanted: PricesOfItems): Promise<readonly Price[]>;

  abstract list(tenant: string, listing: Listing): Promise<Listed<Price>>;

  /** Ids of prices of this model, in no particular order. */
  abstract idsOfModel(tenant: string, priceModelId: string, limit: number): Promise<readonly string[]>;
}
