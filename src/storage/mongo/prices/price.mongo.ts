import { PriceRepository } from '../../../price/price.repository.js';
import type { Price, PricesOfItems } from '../../../price/price.types.js';
import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import { paced } from '../../../shared/pace.js';
import type { MongoLink } from '../link/mongo-link.js';
import { PRICES_OF_ITEM, PRICES_OF_MODEL } from '../link/schemas.js';
import { CoalescingWriter } from '../rows/coalescing-writer.js';
import { listRows } from '../rows/listing.js';
import { type Codec, type RecordRow, Records } from '../rows/records.js';
import { idOf, op, Rows } from '../rows/rows.js';
import { type Texts, withGivenJson, withStoredJson } from '../rows/stored-json.js';

const JSON_FIELDS = ['mixins', 'mixinSchemas'] as const;

interface PriceRow extends RecordRow, Texts<Price, (typeof JSON_FIELDS)[number]> {}

const codec: Codec<Price, PriceRow> = {
  idOf: ({ tenant, id }) => idOf(tenant, id),
  toRow: (price) => withStoredJson(price, JSON_FIELDS),
  fromRow: ({ _id, rev: _rev, ...row }) => withGivenJson<Price>(row, JSON_FIELDS),
};

/** Each may carry large mixins. */
const pricesOf = (rows: readonly PriceRow[]): Promise<readonly Price[]> =>
  paced(rows, (row) => codec.fromRow(row));

export class MongoPriceRepository extends PriceRepository {
  private readonly rows: Rows<PriceRow>;
  private readonly prices: Records<Price, PriceRow>;
  private readonly writer: CoalescingWriter<Price>;

  constructor(link: MongoLink) {
    super();
    this.rows = new Rows<PriceRow>(link, 'prices');
    this.prices = new Records(this.rows, codec);
    this.writer = new CoalescingWriter(this.prices);
  }

  override find(tenant: string, id: string): Promise<Price | undefined> {
    return this.prices.find(idOf(tenant, id));
  }

  override async findAll(tenant: string, ids: readonly string[]): Promise<readonly Price[]> {
    if (ids.length === 0) return [];
    const rows = await this.rows.list({ _id: op({ $in: [...new Set(ids)].map((id) => idOf(tenant, id)) }) });
    return pricesOf(rows);
  }

  override create(price: Price): Promise<boolean> {
    return this.prices.insert(price);
  }

  override change(tenant: string, id: string, decide: (current: Price | undefined) => Price): Promise<void> {
    return this.writer.change(idOf(tenant, id), (current) => ({ next: decide(current), result: undefined }));
  }

  override remove(tenant: string, id: string): Promise<boolean> {
    return this.rows.remove({ _id: idOf(tenant, id) });
  }

  override async ofItems(tenant: string, wanted: PricesOfItems): Promise<readonly Price[]> {
    const { itemIds, currency, audience } = wanted;
    if (itemIds.length === 0) return [];
    const filter = {
      tenant,
      'itemId.id': op({ $in: itemIds }),
      ...(currency !== undefined && { currency }),
      ...(audience && { audience: op({ $in: audience }) }),
    };
    return pricesOf(await this.rows.list(filter, { hint: PRICES_OF_ITEM }));
  }

  override async list(tenant: string, listing: Listing): Promise<Listed<Price>> {
    const { rows, ...rest } = await listRows(this.rows, tenant, listing);
    return { ...rest, rows: await pricesOf(rows) };
  }

  override async idsOfModel(tenant: string, priceModelId: string, limit: number): Promise<readonly string[]> {
    const rows = await this.rows.list(
      { tenant, priceModelId },
      { limit, hint: PRICES_OF_MODEL, part: { id: 1 } },
    );
    return rows.map(({ id }) => id);
  }
}
