import { Injectable } from '@nestjs/common';
import type { Listed, Listing } from '../shared/filter/filter.types.js';
import { DiscountCodeNotFound } from './discount.errors.js';
import { DiscountRepository } from './discount.repository.js';
import { canonicalCode, declaredCode } from './discount.rules.js';
import type { DiscountCode, DiscountDraft } from './discount.types.js';

/** Manages the codes that a tenant declares. The cart decides what they take off. */
@Injectable()
export class DiscountService {
  constructor(private readonly discounts: DiscountRepository) {}

  list(tenant: string, listing: Listing): Promise<Listed<DiscountCode>> {
    return this.discounts.list(tenant, listing);
  }

  /** Declares a code, or replaces its declaration as a whole. @throws InvalidInput */
  async declare(tenant: string, code: string, draft: DiscountDraft): Promise<void> {
    await this.discounts.put(declaredCode(tenant, code, draft));
  }

  /** @throws DiscountCodeNotFound */
  async remove(tenant: string, code: string): Promise<void> {
    if (!(await this.discounts.remove(tenant, canonicalCode(code)))) throw new DiscountCodeNotFound(code);
  }
}
