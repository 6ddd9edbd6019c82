import { ManagedRecords } from '../client-management/index.js';
import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { ListPrice, ListPriceKey, PriceList } from './price-list.types.js';

/** Stores price lists without their prices. An adapter must pass `test/contracts/price-list.contract.ts`. */
export abstract class PriceListRepository extends ManagedRecords<PriceList> {
  /** Tells whether the tenant has any price list. */
  abstract hasAny(tenant: string): Promise<boolean>;

  /**
   * Finds the lists of these sites for at least one of these readers, each once, in no particular order.
   * @param readers keys as in `PriceList.readers`, `ANY` among them if lists for everybody are wanted
   */
  abstract ofReaders(
    tenant: string,
    siteCodes: readonly string[],
    readers: readonly string[],
  ): Promise<readonly PriceList[]>;
}

/** Stores the prices in price lists. An adapter must pass `test/contracts/price-list.contract.ts`. */
export abstract class ListPriceRepository {
  abstract find(key: ListPriceKey): Promise<ListPrice | undefined>;

  abstract list(tenant: string, priceListId: string, listing: Listing): Promise<Listed<ListPrice>>;

  /** @returns false when the list has a price with this id; nothing was written. Of N concurrent calls, one wins */
  abstract create(price: ListPrice): Promise<boolean>;

  /**
   * Reads and writes one price atomically; it may not exist yet. `decide` must be pure, because it runs again when
   * another writer was faster. If it throws, nothing is written and the error is passed on.
   */
  abstract change(key: ListPriceKey, decide: (current: ListPrice | undefined) => ListPrice): Promise<void>;

  /** @returns false when there was no such price */
  abstract remove(key: ListPriceKey): Promise<boolean>;

  /** Removes all prices of a list. */
  abstract removeAll(tenant: string, priceListId: string): Promise<void>;

  /** Finds the prices that these lists have for items with these ids, of any item type, each once. */
  abstract ofItems(
    tenant: string,
    priceListIds: readonly string[],
    itemIds: readonly string[],
  ): Promise<readonly ListPrice[]>;

  /** Finds the prices with these ids in all lists, each once. */
  abstract withIds(tenant: string, ids: readonly string[]): Promise<readonly ListPrice[]>;

  /** Returns keys of prices of this price model, in no particular order. */
  abstract keysOfModel(tenant: string, priceModelId: string, limit: number): Promise<readonly ListPriceKey[]>;
}
