import { ManagedRecords } from '../client-management/index.js';
import type { Price, PricesOfItems } from './price.types.js';

/** Stores prices. An adapter must pass `test/contracts/price.contract.ts`. */
export abstract class PriceRepository extends ManagedRecords<Price> {
  /** Finds the prices of items with these ids, of any item type, each once, in no particular order. */
  abstract ofItems(tenant: string, wanted: PricesOfItems): Promise<readonly Price[]>;

  /** Returns ids of prices of this model, in no particular order. */
  abstract idsOfModel(tenant: string, priceModelId: string, limit: number): Promise<readonly string[]>;
}
