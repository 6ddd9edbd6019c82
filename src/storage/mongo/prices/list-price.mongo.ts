import { ListPriceRepository } from '../../../price/price-list.repository.js';
import type { ListPrice, ListPriceKey } from '../../../price/price-list.types.js';
import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import { paced } from '../../../shared/pace.js';
import type { MongoLink } from '../link/mongo-link.js';
import {
  LIST_PRICES_OF_ID,
  LIST_PRICES_OF_ITEM,
  LIST_PRICES_OF_MODEL,
  sortIndexOfList,
} from '../link/schemas.js';
import { CoalescingWriter } from '../rows/coalescing-writer.js';
import { listRows } from '../rows/listing.js';
import { type Codec, type RecordRow, Records } from '../rows/records.js';
import { idOf, op, Rows } from '../rows/rows.js';

/** How many prices of a list are removed by one command. */
const AT_ONCE = 1000;

interface ListPriceRow extends RecordRow, ListPrice {}

/** Ids of lists and prices may have any characters, so JSON keeps them apart. */
const keyOf = ({ tenant, priceListId, id }: ListPriceKey): string =>
  idOf(tenant, JSON.stringify([priceListId, id]));

const codec: Codec<ListPrice, ListPriceRow> = {
  idOf: keyOf,
  toRow: (price) => price,
  fromRow: ({ _id, rev: _rev, ...price }) => price,
};

const pricesOf = (rows: readonly ListPriceRow[]): Promise<readonly ListPrice[]> =>
  paced(rows, (row) => codec.fromRow(row));

export class MongoListPriceRepository extends ListPriceRepository {
  private readonly rows: Rows<ListPriceRow>;
  private readonly prices: Records<ListPrice, ListPriceRow>;
  private readonly writer: CoalescingWriter<ListPrice>;

  constructor(link: MongoLink) {
    super();
    this.rows = new Rows<ListPriceRow>(link, 'list_prices');
    this.prices = new Records(this.rows, codec);
    this.writer = new CoalescingWriter(this.prices);
  }

  override find(key: ListPriceKey): Promise<ListPrice | undefined> {
    return this.prices.find(keyOf(key));
  }

  override async list(tenant: string, priceListId: string, listing: Listing): Promise<Listed<ListPrice>> {
    const filter = [{ op: 'eq', path: 'priceListId', value: priceListId } as const, ...listing.filter];
    const { rows, ...rest } = await listRows(this.rows, tenant, { ...listing, filter }, sortIndexOfList);
    return { ...rest, rows: await pricesOf(rows) };
  }

  override create(price: ListPrice): Promise<boolean> {
    return this.prices.insert(price);
  }

  override change(key: ListPriceKey, decide: (current: ListPrice | undefined) => ListPrice): Promise<void> {
    return this.writer.change(keyOf(key), (current) => ({ next: decide(current), result: undefined }));
  }

  override remove(key: ListPriceKey): Promise<boolean> {
    return this.rows.remove({ _id: keyOf(key) });
  }

  override async removeAll(tenant: string, priceListId: string): Promise<void> {
    const options = { limit: AT_ONCE, hint: sortIndexOfList('id'), part: { _id: 1 } };
    for (;;) {
      const rows = await this.rows.list({ tenant, priceListId }, options);
      if (rows.length === 0) return;
      await this.rows.removeThese(rows.map(({ _id }) => _id));
    }
  }

  override async ofItems(
    tenant: string,
    priceListIds: readonly string[],
    itemIds: readonly string[],
  ): Promise<readonly ListPrice[]> {
    if (priceListIds.length === 0 || itemIds.length === 0) return [];
    const filter = { tenant, 'itemId.id': op({ $in: itemIds }), priceListId: op({ $in: priceListIds }) };
    return pricesOf(await this.rows.list(filter, { hint: LIST_PRICES_OF_ITEM }));
  }

  override async withIds(tenant: string, ids: readonly string[]): Promise<readonly ListPrice[]> {
    if (ids.length === 0) return [];
    return pricesOf(await this.rows.list({ tenant, id: op({ $in: ids }) }, { hint: LIST_PRICES_OF_ID }));
  }

  override async keysOfModel(
    tenant: string,
    priceModelId: string,
    limit: number,
  ): Promise<readonly ListPriceKey[]> {
    const rows = await this.rows.list(
      { tenant, priceModelId },
      { limit, hint: LIST_PRICES_OF_MODEL, part: { id: 1, priceListId: 1 } },
    );
    return rows.map(({ id, priceListId }) => ({ tenant, priceListId, id }));
  }
}
