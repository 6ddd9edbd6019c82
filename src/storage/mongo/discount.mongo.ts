import { DiscountRepository } from '../../discount/discount.repository.js';
import type { DiscountCode } from '../../discount/discount.types.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { listRows } from './rows/listing.js';
import { idOf, op, type Row, Rows } from './rows/rows.js';

type DiscountRow = Row & DiscountCode;

const rowOf = (discount: DiscountCode): DiscountRow => ({
  _id: idOf(discount.tenant, discount.code),
  ...discount,
});

const discountOf = ({ _id, ...discount }: DiscountRow): DiscountCode => discount;

export class MongoDiscountRepository extends DiscountRepository {
  private readonly discounts: Rows<DiscountRow>;

  constructor(link: MongoLink) {
    super();
    this.discounts = new Rows(link, 'discounts');
  }

  override async findAll(tenant: string, codes: readonly string[]): Promise<readonly DiscountCode[]> {
    if (codes.length === 0) return [];
    const rows = await this.discounts.list({ _id: op({ $in: codes.map((code) => idOf(tenant, code)) }) });
    return rows.map(discountOf);
  }

  override async list(tenant: string, listing: Listing): Promise<Listed<DiscountCode>> {
    const { rows, ...counted } = await listRows(this.discounts, tenant, listing);
    return { rows: rows.map(discountOf), ...counted };
  }

  override create(discount: DiscountCode): Promise<boolean> {
    return this.discounts.insert(rowOf(discount));
  }

  override async put(discount: DiscountCode): Promise<void> {
    const row = rowOf(discount);
    // Of two concurrent creations, one finds the other's code, and then replaces it.
    while (!(await this.discounts.put({ _id: row._id }, row)));
  }

  override remove(tenant: string, code: string): Promise<boolean> {
    return this.discounts.remove({ _id: idOf(tenant, code) });
  }
}
