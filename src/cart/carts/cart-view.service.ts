import { Injectable } from '@nestjs/common';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { CartCountingService } from '../totals/cart-calculator.service.js';
import { CartItemNotFound } from '../cart.errors.js';
import { type CartCriteria, CartService } from './cart.service.js';
import type { ShipTo } from '../cart.rules.js';
import type { CountedCart, LineTotals } from '../totals/cart-totals.types.js';

/** Carts as they are answered: with what they cost now. */
@Injectable()
export class CartViewService {
  constructor(
    private readonly carts: CartService,
    private readonly counting: CartCountingService,
  ) {}

  /** @throws NoOpenCart | Forbidden | InvalidInput */
  async findByCriteria(caller: CartCaller, criteria: CartCriteria): Promise<CountedCart> {
    return this.counting.count(await this.carts.findByCriteria(caller, criteria));
  }

  /** @throws CartNotFound | Forbidden | InvalidInput */
  async read(caller: CartCaller, cartId: string, shipTo: ShipTo = {}): Promise<CountedCart> {
    return this.counting.count(await this.carts.read(caller, cartId, shipTo));
  }

  /** @throws CartNotFound | CartItemNotFound | Forbidden */
  async readItem(
    caller: CartCaller,
    cartId: string,
    itemId: string,
  ): Promise<{ readonly counted: CountedCart; readonly line: LineTotals }> {
    const counted = await this.read(caller, cartId);
    const line = counted.lines.find(({ item }) => item.id === itemId);
    if (!line) throw new CartItemNotFound(cartId, itemId);
    return { counted, line };
  }
}
