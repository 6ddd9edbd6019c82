import { Injectable } from '@nestjs/common';
import { CartAccessService } from '../access/cart-access.service.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { faultsOf, type ItemFault } from '../pricing/cart-prices.rules.js';
import { CartPricingService } from '../pricing/cart-pricing.service.js';
import { CartCalculator } from '../totals/cart-calculator.service.js';
import type { CalculatedDiscount } from '../totals/cart-totals.types.js';

/** What is wrong with a cart; all is empty: it is valid. */
export interface CartFaults {
  /** By the id of the item. */
  readonly items: ReadonlyMap<string, readonly ItemFault[]>;
  /** Those that take nothing off now. */
  readonly discounts: readonly CalculatedDiscount[];
}

/** Asks whether what was put into a cart still applies. */
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
