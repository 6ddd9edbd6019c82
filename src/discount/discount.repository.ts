import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { DiscountCode } from './discount.types.js';

/** Where discount codes are kept. An adapter must pass `test/contracts/discount.contract.ts`. */
export abstract class DiscountRepository {
  /** Those of these codes that are declared, in no particular order. */
  abstract findAll(tenant: string, codes: readonly string[]): Promise<readonly DiscountCode[]>;

  abstract list(tenant: string, listing: Listing): Promise<Listed<DiscountCode>>;

  /** @returns false when there is one of this code: nothing was written. Of N concurrent calls one wins. */
  abstract create(discount: DiscountCode): Promise<boolean>;

  /** Made, or replaced as a whole. */
  abstract put(discount: DiscountCode): Promise<void>;

  /** @returns false when there was none. */
  abstract remove(tenant: string, code: string): Promise<boolean>;
}
