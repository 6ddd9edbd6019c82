import { Injectable } from '@nestjs/common';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { CartConflict } from '../cart.errors.js';
import type { Cart } from '../cart.types.js';
import { CartAccessService } from './cart-access.service.js';

/** Each but the first, because the cart was changed while its prices were looked up. */
const MOST_ATTEMPTS = 20;

/** Changes that need something looked up for the cart: it is written only if that still fits it. */
@Injectable()
export class PricedChangeService {
  constructor(private readonly access: CartAccessService) {}

  /**
   * @param lookUp for the cart as it is read
   * @param decide pure: it may run again. `outdated`: what was found is for another cart than this one is by now
   * @throws CartNotFound | Forbidden | CartConflict, and whatever the two throw
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
    throw new CartConflict('The cart was changed again and again meanwhile; read it again, and retry');
  }
}
