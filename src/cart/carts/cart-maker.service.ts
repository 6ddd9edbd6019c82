import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { AddressBudgets } from '../../rate-limit/index.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { cartLimits } from '../cart-limits.js';
import { TooManyCarts } from '../cart.errors.js';
import { CartRepository } from '../cart.repository.js';
import type { Cart } from '../cart.types.js';

/** Stores new carts, within the limits per owner and per client address. */
@Injectable()
export class CartMaker {
  constructor(
    private readonly carts: CartRepository,
    private readonly budgets: AddressBudgets,
    private readonly config: Config,
  ) {}

  /**
   * @returns the cart, or the one that a parallel call created in its slot
   * @throws TooManyCarts | TooManyRequests
   */
  async makeOrFind(caller: CartCaller, cart: Cart): Promise<Cart | undefined> {
    if (caller.kind === 'shopper') this.budgets.spendCart(caller.address);
    const { open } = cartLimits(this.config);
    const made = await this.carts.create(cart, open);
    if (made === 'too-many') throw new TooManyCarts(open);
    return made ? cart : this.carts.findOpen(cart);
  }
}
