import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { DiscountCode } from './discount.types.js';

/** Stores discount codes. An adapter must pass `test/contracts/discount.contract.ts`. */
export abstract class DiscountRepository {
  /** Finds the codes that are declared, in no particular order. Others are skipped. */
  abstract findAll(tenant: string, codes: readonly string[]): Promise<readonly DiscountCode[]>;

  abstract list(tenant: string, listing: Listing): Promise<Listed<DiscountCode>>;

  /** @returns false when the code is already declared; nothing was written. Of N concurrent calls, one wins */
  abstract create(discount: DiscountCode): Promise<boolean>;

  /** Creates the code, or replaces it as a whole. */
  abstract put(discount: DiscountCode): Promise<void>;

  /** @returns false when there was no such code */
  abstract remove(tenant: string, code: string): Promise<boolean>;
}
