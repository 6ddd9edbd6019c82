import type { PriceListRepository } from '../../../price/price-list.repository.js';
import type { PriceList } from '../../../price/price-list.types.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import { LmdbRecords } from '../store/managed-records.lmdb.js';

/** More lists than one reader has at one site. */
const MOST_OF_ONE = 100_000;

export class LmdbPriceListRepository extends LmdbRecords<PriceList> implements PriceListRepository {
  /** Tenant, site, reader and id of each. */
  private readonly byReader = this.store.keyIndex('price-lists-by-reader');

  constructor(store: EmbeddedStore) {
    super(store, 'price-lists');
  }

  async hasAny(tenant: string): Promise<boolean> {
    return this.rows.under([tenant], 1).next().done !== true;
  }

  ofReaders(
    tenant: string,
    siteCodes: readonly string[],
    readers: readonly string[],
  ): Promise<readonly PriceList[]> {
    const ids = siteCodes.flatMap((siteCode) =>
      readers.flatMap((reader) =>
        this.byReader.forwards([tenant, siteCode, reader], MOST_OF_ONE).map((key) => String(key[3])),
      ),
    );
    return this.findAll(tenant, ids);
  }

  protected override index(before?: PriceList, after?: PriceList): void {
    for (const key of before ? keysOf(before) : []) this.byReader.remove(key);
    for (const key of after ? keysOf(after) : []) this.byReader.put(key);
  }
}

const keysOf = ({ tenant, siteCode, readers, id }: PriceList): string[][] =>
  readers.map((reader) => [tenant, siteCode, reader, id]);
