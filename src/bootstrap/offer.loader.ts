import { Injectable } from '@nestjs/common';
import { declaredCode, DiscountRepository } from '../discount/index.js';
import type { DeclaredTenant } from './bootstrap.schema.js';
import { absent, differing, kept, made, type Outcome } from './outcome.rules.js';
import { placed } from './placed.js';
import { PriceLoader } from './price.loader.js';

/** Loads prices and discount codes. */
@Injectable()
export class OfferLoader {
  constructor(
    private readonly discounts: DiscountRepository,
    private readonly prices: PriceLoader,
  ) {}

  async load(tenant: DeclaredTenant, place: string): Promise<readonly Outcome[]> {
    return [...(await this.prices.load(tenant, place)), ...(await this.loadDiscounts(tenant, place))];
  }

  private async loadDiscounts(
    { name, discounts }: DeclaredTenant,
    place: string,
  ): Promise<readonly Outcome[]> {
    const records = discounts.map(({ code, ...draft }, i) => {
      const at = `${place}.discounts[${i}]`;
      return { at, record: placed(at, () => declaredCode(name, code, draft)) };
    });
    const created = await Promise.all(records.map(({ record }) => this.discounts.create(record)));
    const others = records.filter((_, i) => created[i] === false).map(({ record }) => record.code);
    const stored = others.length === 0 ? [] : await this.discounts.findAll(name, others);
    return records.map(({ at, record }, i) => {
      if (created[i]) return made(at);
      const there = stored.find(({ code }) => code === record.code);
      return there ? kept(at, differing(record, there)) : absent(at);
    });
  }
}
