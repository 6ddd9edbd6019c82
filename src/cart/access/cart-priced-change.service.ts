import { Injectable } from '@nestjs/common';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { CartConflict } from '../cart.errors.js';
import type { Cart } from '../cart.types.js';
import { CartAccessService } from './cart-access.service.js';

/** Attempts after the first are needed when the cart changes while its prices are looked up. */
const MOST_ATTEMPTS = 20;

/** Makes changes that depend on data looked up for the cart. A change is written only if that data still fits. */
@Injectable()
export class PricedChangeService {
  constructor(private readonly access: CartAccessService) {}

  /**
   * @param lookUp looks up the data for the cart as it was just read
   * @param decide a pure function that may run more than once; it returns 'outdated' when `found` no longer fits the
   *   current cart
   * @throws CartNotFound | Forbidden
   * @throws CartConflict - the cart was closed, or changed during every attempt
   * @throws whatever `lookUp` and `decide` throw
   */
  async change<F>(
    caller: CartCaller,
    cartId: string,
    lookUp: (cart: Cart) => Promise<F>,
    decide: (current: Cart, found: F) => Cart | 'outdated',
  ): Promise<Cart> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const cart = await this.access.use(caller, cartId);
      const found = await lookUp(cart);
      let outdated = false;
      const changed = await this.access.change(caller, cart, (current) => {
        const next = decide(current, found);
        outdated = next === 'outdated';
        return next === 'outdated' ? current : next;
      });
      if (!outdated) return changed;
    }
    throw new CartConflict('The cart keeps changing: read it again and retry');
  }
}
