import { Injectable } from '@nestjs/common';
import { declaredCode, DiscountRepository } from '../discount/index.js';
import type { DeclaredTenant } from './bootstrap.schema.js';
import { PriceLoader } from './price.loader.js';

/** What things cost, and what a tenant takes off its prices. */
@Injectable()
export class OfferLoader {
  constructor(
    private readonly discounts: DiscountRepository,
    private readonly prices: PriceLoader,
  ) {}

  /** @returns for each one whether it was made */
  async load(tenant: DeclaredTenant): Promise<readonly boolean[]> {
    const { name, discounts } = tenant;
    const codes = discounts.map(({ code, ...draft }) => declaredCode(name, code, draft));
    const made = await Promise.all(codes.map((code) => this.discounts.create(code)));
    return [...(await this.prices.load(tenant)), ...made];
  }
}
