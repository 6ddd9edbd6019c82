import { DiscountRepository } from '../../discount/discount.repository.js';
import type { DiscountCode } from '../../discount/discount.types.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { Table } from './store/table.js';
import { listTable } from './store/listing.js';

export class LmdbDiscountRepository extends DiscountRepository {
  private readonly discounts: Table<DiscountCode>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.discounts = store.table('discounts');
  }

  override async findAll(tenant: string, codes: readonly string[]): Promise<readonly DiscountCode[]> {
    const found = [...new Set(codes)].map((code) => this.discounts.get([tenant, code]));
    return found.filter((discount) => discount !== undefined);
  }

  override list(tenant: string, listing: Listing): Promise<Listed<DiscountCode>> {
    return listTable(this.discounts, tenant, listing, ({ code }) => code);
  }

  override create(discount: DiscountCode): Promise<boolean> {
    const key = [discount.tenant, discount.code];
    return this.store.write(() => {
      if (this.discounts.get(key)) return false;
      this.discounts.put(key, discount);
      return true;
    });
  }

  override put(discount: DiscountCode): Promise<void> {
    return this.store.write(() => this.discounts.put([discount.tenant, discount.code], discount));
  }

  override remove(tenant: string, code: string): Promise<boolean> {
    return this.store.write(() => this.discounts.remove([tenant, code]));
  }
}
