import { PriceRepository } from '../../../price/price.repository.js';
import type { Price, PricesOfItems } from '../../../price/price.types.js';
import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import { paced } from '../../../shared/pace.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import type { Table } from '../store/table.js';
import { listTable } from '../store/listing.js';

const idOf = ({ id }: Price): string => id;

export class LmdbPriceRepository extends PriceRepository {
  private readonly prices: Table<Price>;
  /** Under tenant, item, currency, whom it is for, and its id. */
  private readonly byItem: Table<true>;
  private readonly byModel: Table<true>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.prices = store.table('prices');
    this.byItem = store.table('prices-by-item');
    this.byModel = store.table('prices-by-model');
  }

  override async find(tenant: string, id: string): Promise<Price | undefined> {
    return this.prices.get([tenant, id]);
  }

  override async findAll(tenant: string, ids: readonly string[]): Promise<readonly Price[]> {
    // Each may carry large mixins.
    const prices = await paced(new Set(ids), (id) => this.prices.get([tenant, id]));
    return prices.filter((price) => price !== undefined);
  }

  override create(price: Price): Promise<boolean> {
    return this.store.write(() => {
      if (this.prices.get([price.tenant, price.id])) return false;
      this.put(price);
      return true;
    });
  }

  override async change(
    tenant: string,
    id: string,
    decide: (current: Price | undefined) => Price,
  ): Promise<void> {
    await this.store.write(() => {
      const current = this.prices.get([tenant, id]);
      const next = decide(current);
      if (current) this.unlist(current);
      this.put(next);
    });
  }

  override remove(tenant: string, id: string): Promise<boolean> {
    return this.store.write(() => {
      const current = this.prices.get([tenant, id]);
      if (!current) return false;
      this.unlist(current);
      return this.prices.remove([tenant, id]);
    });
  }

  override async ofItems(tenant: string, wanted: PricesOfItems): Promise<readonly Price[]> {
    return this.findAll(
      tenant,
      wanted.itemIds.flatMap((itemId) => this.idsOf([tenant, itemId], wanted)),
    );
  }

  override list(tenant: string, listing: Listing): Promise<Listed<Price>> {
    return listTable(this.prices, tenant, listing, idOf);
  }

  override async idsOfModel(tenant: string, priceModelId: string, limit: number): Promise<readonly string[]> {
    return [...this.byModel.under([tenant, priceModelId], limit)].map(
      ({ key }) => (key as string[])[2] ?? '',
    );
  }

  private idsOf(item: readonly string[], { currency, audience }: PricesOfItems): readonly string[] {
    const under = currency === undefined ? item : [...item, currency];
    const keys = [...this.byItem.under(under)].map(({ key }) => key as string[]);
    return keys
      .filter(([, , , reader = '']) => audience?.includes(reader) ?? true)
      .map(([, , , , id = '']) => id);
  }

  private put(price: Price): void {
    this.prices.put([price.tenant, price.id], price);
    for (const key of itemKeysOf(price)) this.byItem.put(key, true);
    const key = modelKeyOf(price);
    if (key) this.byModel.put(key, true);
  }

  private unlist(price: Price): void {
    for (const key of itemKeysOf(price)) this.byItem.remove(key);
    const key = modelKeyOf(price);
    if (key) this.byModel.remove(key);
  }
}

const itemKeysOf = ({ tenant, id, itemId, currency, audience }: Price): string[][] =>
  audience.map((reader) => [tenant, itemId.id, currency, reader, id]);

const modelKeyOf = ({ tenant, id, priceModelId }: Price): string[] | undefined =>
  priceModelId === undefined ? undefined : [tenant, priceModelId, id];
