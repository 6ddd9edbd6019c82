import { Injectable } from '@nestjs/common';
import { DiscountRepository } from '../../discount/index.js';
import { Clock } from '../../shared/clock.js';
import { SiteRepository } from '../../site-settings/index.js';
import type { Cart } from '../cart.types.js';
import { calculate, type CalculationInputs } from './cart-discounts.rules.js';
import type { CalculatedCart } from './cart-totals.types.js';

/** Calculates what carts cost, from the settings of their sites and the codes that are declared now. */
@Injectable()
export class CartCalculator {
  constructor(
    private readonly sites: SiteRepository,
    private readonly discounts: DiscountRepository,
    private readonly clock: Clock,
  ) {}

  async calculate(cart: Cart): Promise<CalculatedCart> {
    const codes = (cart.discounts ?? []).map(({ code }) => code);
    return calculate(cart, await this.inputsFor(cart, codes));
  }

  /** Returns a function that calculates any of these carts. Sites and codes that they share are read once. */
  async calculatorFor(tenant: string, carts: readonly Cart[]): Promise<(cart: Cart) => CalculatedCart> {
    const codes = new Set(carts.flatMap(({ discounts = [] }) => discounts.map(({ code }) => code)));
    const siteCodes = [...new Set(carts.map(({ siteCode }) => siteCode))];
    const [declared, sites] = await Promise.all([
      this.discounts.findAll(tenant, [...codes]),
      Promise.all(siteCodes.map((code) => this.sites.find(tenant, code))),
    ]);
    const now = this.clock.now();
    return (cart) => calculate(cart, { site: sites[siteCodes.indexOf(cart.siteCode)], codes: declared, now });
  }

  /** @param codes the codes to look up, in canonical form */
  async inputsFor({ tenant, siteCode }: Cart, codes: readonly string[]): Promise<CalculationInputs> {
    const [site, declared] = await Promise.all([
      this.sites.find(tenant, siteCode),
      this.discounts.findAll(tenant, codes),
    ]);
    return { site, codes: declared, now: this.clock.now() };
  }
}
