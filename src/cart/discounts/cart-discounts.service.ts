import { Injectable } from '@nestjs/common';
import { canonicalCode, DiscountCodeNotFound } from '../../discount/index.js';
import { CartAccessService } from '../access/cart-access.service.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import type { Cart } from '../cart.types.js';
import { CartCalculator } from '../totals/cart-calculator.service.js';
import { withDiscount, withoutDiscount, withoutDiscounts } from '../totals/cart-discounts.rules.js';
import type { CalculatedCart } from '../totals/cart-totals.types.js';

/** Manages the discount codes of carts. Each change is one atomic write of the cart. */
@Injectable()
export class CartDiscountsService {
  constructor(
    private readonly access: CartAccessService,
    private readonly calculator: CartCalculator,
  ) {}

  /** @throws CartNotFound | Forbidden; the other methods throw these too */
  async list(caller: CartCaller, cartId: string): Promise<CalculatedCart> {
    return this.calculator.calculate(await this.access.use(caller, cartId));
  }

  /**
   * @returns the cart with the code as the last of its discounts
   * @throws DiscountCodeNotFound | DiscountConflict
   * @throws InvalidInput - the code is not valid for this cart now
   */
  async add(caller: CartCaller, cartId: string, typed: string): Promise<Cart> {
    const cart = await this.access.use(caller, cartId);
    const counting = await this.calculator.inputsFor(cart, [canonicalCode(typed)]);
    const [code] = counting.codes;
    if (!code) throw new DiscountCodeNotFound(typed);
    return this.access.change(caller, cart, (current) => withDiscount(current, code, counting));
  }

  /** @throws DiscountNotFound */
  async remove(caller: CartCaller, cartId: string, index: number): Promise<void> {
    const cart = await this.access.use(caller, cartId);
    await this.access.change(caller, cart, (current) => withoutDiscount(current, index));
  }

  /** @param codes the codes to remove, where a code that the cart does not have is ignored; absent: all */
  async removeAll(caller: CartCaller, cartId: string, codes?: readonly string[]): Promise<void> {
    const canonical = codes?.map(canonicalCode);
    const cart = await this.access.use(caller, cartId);
    await this.access.change(caller, cart, (current) => withoutDiscounts(current, canonical));
  }
}
