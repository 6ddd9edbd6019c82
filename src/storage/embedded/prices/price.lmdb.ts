import type { PriceRepository } from '../../../price/price.repository.js';
import type { Price, PricesOfItems } from '../../../price/price.types.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import { LmdbRecords } from '../store/managed-records.lmdb.js';
import type { Table } from '../store/table.js';

export class LmdbPriceRepository extends LmdbRecords<Price> implements PriceRepository {
  /** Under tenant, item, currency, whom it is for, and its id. */
  private readonly byItem: Table<true>;
  private readonly byModel: Table<true>;

  constructor(store: EmbeddedStore) {
    super(store, 'prices');
    this.byItem = store.table('prices-by-item');
    this.byModel = store.table('prices-by-model');
  }

  async ofItems(tenant: string, wanted: PricesOfItems): Promise<readonly Price[]> {
    return this.findAll(
      tenant,
      wanted.itemIds.flatMap((itemId) => this.idsOf([tenant, itemId], wanted)),
    );
  }

  async idsOfModel(tenant: string, priceModelId: string, limit: number): Promise<readonly string[]> {
    return [...this.byModel.under([tenant, priceModelId], limit)].map(
      ({ key }) => (key as string[])[2] ?? '',
    );
  }

  protected override index(before?: Price, after?: Price): void {
    for (const key of before ? itemKeysOf(before) : []) this.byItem.remove(key);
    for (const key of before ? modelKeysOf(before) : []) this.byModel.remove(key);
    for (const key of after ? itemKeysOf(after) : []) this.byItem.put(key, true);
    for (const key of after ? modelKeysOf(after) : []) this.byModel.put(key, true);
  }

  private idsOf(item: readonly string[], { currency, audience }: PricesOfItems): readonly string[] {
    const under = currency === undefined ? item : [...item, currency];
    const keys = [...this.byItem.under(under)].map(({ key }) => key as string[]);
    return keys
      .filter(([, , , reader = '']) => audience?.includes(reader) ?? true)
      .map(([, , , , id = '']) => id);
  }
}

const itemKeysOf = ({ tenant, id, itemId, currency, audience }: Price): string[][] =>
  audience.map((reader) => [tenant, itemId.id, currency, reader, id]);

const modelKeysOf = ({ tenant, id, priceModelId }: Price): string[][] =>
  priceModelId === undefined ? [] : [[tenant, priceModelId, id]];
