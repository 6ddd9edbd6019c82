import { Injectable } from '@nestjs/common';
import { CartAccessService } from '../access/cart-access.service.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { faultsOf, type ItemFault } from '../pricing/cart-prices.rules.js';
import { CartPricingService } from '../pricing/cart-pricing.service.js';
import { CartCalculator } from '../totals/cart-calculator.service.js';
import type { CalculatedDiscount } from '../totals/cart-totals.types.js';

/** What is wrong with a cart. The cart is valid when both are empty. */
export interface CartFaults {
  /** Problems by item id. */
  readonly items: ReadonlyMap<string, readonly ItemFault[]>;
  /** Discount codes that currently take nothing off. */
  readonly discounts: readonly CalculatedDiscount[];
}

/** Checks whether the prices and discount codes of a cart still apply. */
@Injectable()
export class CartValidationService {
  constructor(
    private readonly access: CartAccessService,
    private readonly pricing: CartPricingService,
    private readonly calculator: CartCalculator,
  ) {}

  /** @throws CartNotFound | Forbidden */
  async validate(caller: CartCaller, cartId: string): Promise<CartFaults> {
    const cart = await this.access.use(caller, cartId);
    const { discounts } = await this.calculator.calculate(cart);
    return {
      items: faultsOf(cart, await this.pricing.valid(caller, cart)),
      discounts: discounts.filter(({ problems }) => problems.length > 0),
    };
  }
}
