import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { Price, PricesOfItems } from './price.types.js';

/** Stores prices. An adapter must pass `test/contracts/price.contract.ts`. */
export abstract class PriceRepository {
  abstract find(tenant: string, id: string): Promise<Price | undefined>;

  /** Finds the prices with these ids, each once, in no particular order. Unknown ids are skipped. */
  abstract findAll(tenant: string, ids: readonly string[]): Promise<readonly Price[]>;

  /** @returns false when the id is taken; nothing was written. Of N concurrent calls, one wins */
  abstract create(price: Price): Promise<boolean>;

  /**
   * Reads and writes one price atomically; it may not exist yet. `decide` must be pure, because it runs again when
   * another writer was faster. If it throws, nothing is written and the error is passed on.
   */
  abstract change(tenant: string, id: string, decide: (current: Price | undefined) => Price): Promise<void>;

  /** @returns false when there was no such price */
  abstract remove(tenant: string, id: string): Promise<boolean>;

  /** Finds the prices of items with these ids, of any item type, each once, in no particular order. */
  abstract ofItems(tenant: string, wanted: PricesOfItems): Promise<readonly Price[]>;

  abstract list(tenant: string, listing: Listing): Promise<Listed<Price>>;

  /** Returns ids of prices of this model, in no particular order. */
  abstract idsOfModel(tenant: string, priceModelId: string, limit: number): Promise<readonly string[]>;
}
