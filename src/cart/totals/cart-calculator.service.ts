import { Injectable } from '@nestjs/common';
import { DiscountRepository } from '../../discount/index.js';
import { Clock } from '../../shared/clock.js';
import { SiteRepository } from '../../site-settings/index.js';
import { counted, type Counting } from './cart-discounts.rules.js';
import type { CountedCart } from './cart-totals.types.js';
import type { Cart } from '../cart.types.js';

/** Works out what carts cost, by the settings of their sites and the codes that are declared now. */
@Injectable()
export class CartCountingService {
  constructor(
    private readonly sites: SiteRepository,
    private readonly discounts: DiscountRepository,
    private readonly clock: Clock,
  ) {}

  async count(cart: Cart): Promise<CountedCart> {
    const codes = (cart.discounts ?? []).map(({ code }) => code);
    return counted(cart, await this.countingOf(cart, codes));
  }

  /** Works out one of these carts when it is wanted. Sites and codes that they share are asked for once. */
  async counterOf(tenant: string, carts: readonly Cart[]): Promise<(cart: Cart) => CountedCart> {
    const codes = new Set(carts.flatMap(({ discounts = [] }) => discounts.map(({ code }) => code)));
    const siteCodes = [...new Set(carts.map(({ siteCode }) => siteCode))];
    const [declared, sites] = await Promise.all([
      this.discounts.findAll(tenant, [...codes]),
      Promise.all(siteCodes.map((code) => this.sites.find(tenant, code))),
    ]);
    const now = this.clock.now();
    return (cart) => counted(cart, { site: sites[siteCodes.indexOf(cart.siteCode)], codes: declared, now });
  }

  /** @param codes that are asked for; in their canonical form */
  async countingOf({ tenant, siteCode }: Cart, codes: readonly string[]): Promise<Counting> {
    const [site, declared] = await Promise.all([
      this.sites.find(tenant, siteCode),
      this.discounts.findAll(tenant, codes),
    ]);
    return { site, codes: declared, now: this.clock.now() };
  }
}
