import type { PriceListRepository } from '../../../price/price-list.repository.js';
import type { PriceList } from '../../../price/price-list.types.js';
import type { MongoLink } from '../link/mongo-link.js';
import { PRICE_LISTS_OF_READER, sortIndex } from '../link/schemas.js';
import { MongoRecords } from '../rows/managed-records.mongo.js';
import { op } from '../rows/rows.js';

export class MongoPriceListRepository extends MongoRecords<PriceList> implements PriceListRepository {
  constructor(link: MongoLink) {
    super(link, 'price_lists', ['mixins', 'mixinSchemas']);
  }

  async hasAny(tenant: string): Promise<boolean> {
    const found = await this.rows.list({ tenant }, { limit: 1, hint: sortIndex('id'), part: { id: 1 } });
    return found.length > 0;
  }

  async ofReaders(
    tenant: string,
    siteCodes: readonly string[],
    readers: readonly string[],
  ): Promise<readonly PriceList[]> {
    const rows = await this.rows.list(
      { tenant, siteCode: op({ $in: siteCodes }), readers: op({ $in: readers }) },
      { hint: PRICE_LISTS_OF_READER },
    );
    return this.fromRows(rows);
  }
}
