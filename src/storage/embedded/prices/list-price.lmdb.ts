import { ListPriceRepository } from '../../../price/price-list.repository.js';
import type { ListPrice, ListPriceKey } from '../../../price/price-list.types.js';
import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import { paced } from '../../../shared/pace.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import type { KeyIndex } from '../store/key-index.js';
import { listOf } from '../store/listing.js';
import type { Table } from '../store/table.js';

/** How many prices of a list are removed in one write. */
const AT_ONCE = 500;

/** More prices than one list has for an item, or than lists have a price with one id. */
const MOST_OF_ONE = 100_000;

export class LmdbListPriceRepository extends ListPriceRepository {
  /** Under tenant, list and id. */
  private readonly rows: Table<ListPrice>;
  /** Tenant, item, list and id. */
  private readonly byItem: KeyIndex;
  /** Tenant, id and list. */
  private readonly byId: KeyIndex;
  /** Tenant, price model, list and id. */
  private readonly byModel: KeyIndex;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.rows = store.table('list-prices');
    this.byItem = store.keyIndex('list-prices-by-item');
    this.byId = store.keyIndex('list-prices-by-id');
    this.byModel = store.keyIndex('list-prices-by-model');
  }

  override async find(key: ListPriceKey): Promise<ListPrice | undefined> {
    return this.rows.get(placeOf(key));
  }

  override list(tenant: string, priceListId: string, listing: Listing): Promise<Listed<ListPrice>> {
    return listOf(this.rows, this.rows.sized([tenant, priceListId]), listing, ({ id }) => id);
  }

  override create(price: ListPrice): Promise<boolean> {
    return this.store.write(() => {
      if (this.rows.get(placeOf(price))) return false;
      this.put(price);
      return true;
    });
  }

  override async change(
    key: ListPriceKey,
    decide: (current: ListPrice | undefined) => ListPrice,
  ): Promise<void> {
    await this.store.write(() => {
      const current = this.rows.get(placeOf(key));
      const next = decide(current);
      if (current) this.unlist(current);
      this.put(next);
    });
  }

  override remove(key: ListPriceKey): Promise<boolean> {
    return this.store.write(() => this.erase(placeOf(key)));
  }

  override async removeAll(tenant: string, priceListId: string): Promise<void> {
    for (;;) {
      const found = [...this.rows.under([tenant, priceListId], AT_ONCE)];
      if (found.length === 0) return;
      await this.store.write(() => {
        for (const { key } of found) this.erase(key as string[]);
      });
    }
  }

  override async ofItems(
    tenant: string,
    priceListIds: readonly string[],
    itemIds: readonly string[],
  ): Promise<readonly ListPrice[]> {
    const lists = new Set(priceListIds);
    const keys = await paced([...new Set(itemIds)], (itemId) =>
      [...lists].flatMap((list) => this.byItem.forwards([tenant, itemId, list], MOST_OF_ONE)),
    );
    return this.all(keys.flat().map(([, , list, id]) => [tenant, String(list), String(id)]));
  }

  override withIds(tenant: string, ids: readonly string[]): Promise<readonly ListPrice[]> {
    const keys = [...new Set(ids)].flatMap((id) => this.byId.forwards([tenant, id], MOST_OF_ONE));
    return this.all(keys.map(([, id, list]) => [tenant, String(list), String(id)]));
  }

  override async keysOfModel(
    tenant: string,
    priceModelId: string,
    limit: number,
  ): Promise<readonly ListPriceKey[]> {
    const keys = this.byModel.forwards([tenant, priceModelId], limit);
    return keys.map(([, , list, id]) => ({ tenant, priceListId: String(list), id: String(id) }));
  }

  private async all(places: readonly string[][]): Promise<readonly ListPrice[]> {
    const found = await paced(places, (place) => this.rows.get(place));
    return found.filter((price) => price !== undefined);
  }

  private put(price: ListPrice): void {
    this.rows.put(placeOf(price), price);
    const { tenant, priceListId, id, itemId, priceModelId } = price;
    this.byItem.put([tenant, itemId.id, priceListId, id]);
    this.byId.put([tenant, id, priceListId]);
    if (priceModelId !== undefined) this.byModel.put([tenant, priceModelId, priceListId, id]);
  }

  private unlist({ tenant, priceListId, id, itemId, priceModelId }: ListPrice): void {
    this.byItem.remove([tenant, itemId.id, priceListId, id]);
    this.byId.remove([tenant, id, priceListId]);
    if (priceModelId !== undefined) this.byModel.remove([tenant, priceModelId, priceListId, id]);
  }

  private erase(place: string[]): boolean {
    const current = this.rows.get(place);
    if (!current) return false;
    this.unlist(current);
    return this.rows.remove(place);
  }
}

const placeOf = ({ tenant, priceListId, id }: ListPriceKey): string[] => [tenant, priceListId, id];
