import type { PriceRepository } from '../../../price/price.repository.js';
import type { Price, PricesOfItems } from '../../../price/price.types.js';
import type { MongoLink } from '../link/mongo-link.js';
import { PRICES_OF_ITEM, PRICES_OF_MODEL } from '../link/schemas.js';
import { MongoRecords } from '../rows/managed-records.mongo.js';
import { op } from '../rows/rows.js';

export class MongoPriceRepository extends MongoRecords<Price> implements PriceRepository {
  constructor(link: MongoLink) {
    super(link, 'prices', ['mixins', 'mixinSchemas']);
  }

  async ofItems(tenant: string, wanted: PricesOfItems): Promise<readonly Price[]> {
    const { itemIds, currency, audience } = wanted;
    if (itemIds.length === 0) return [];
    const filter = {
      tenant,
      'itemId.id': op({ $in: itemIds }),
      ...(currency !== undefined && { currency }),
      ...(audience && { audience: op({ $in: audience }) }),
    };
    return this.fromRows(await this.rows.list(filter, { hint: PRICES_OF_ITEM }));
  }

  async idsOfModel(tenant: string, priceModelId: string, limit: number): Promise<readonly string[]> {
    const rows = await this.rows.list(
      { tenant, priceModelId },
      { limit, hint: PRICES_OF_MODEL, part: { id: 1 } },
    );
    return rows.map(({ id }) => id);
  }
}
