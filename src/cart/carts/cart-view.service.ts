import { Injectable } from '@nestjs/common';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { CartItemNotFound } from '../cart.errors.js';
import type { ShipTo } from '../cart.rules.js';
import { CartCalculator } from '../totals/cart-calculator.service.js';
import type { CalculatedCart, LineTotals } from '../totals/cart-totals.types.js';
import { type CartCriteria, CartService } from './cart.service.js';

/** Reads carts together with what they cost now. */
@Injectable()
export class CartViewService {
  constructor(
    private readonly carts: CartService,
    private readonly calculator: CartCalculator,
  ) {}

  /** @throws NoOpenCart | Forbidden | InvalidInput */
  async findByCriteria(caller: CartCaller, criteria: CartCriteria): Promise<CalculatedCart> {
    return this.calculator.calculate(await this.carts.findByCriteria(caller, criteria));
  }

  /** @throws CartNotFound | Forbidden | InvalidInput */
  async read(caller: CartCaller, cartId: string, shipTo: ShipTo = {}): Promise<CalculatedCart> {
    return this.calculator.calculate(await this.carts.read(caller, cartId, shipTo));
  }

  /** @throws CartNotFound | CartItemNotFound | Forbidden */
  async readItem(
    caller: CartCaller,
    cartId: string,
    itemId: string,
  ): Promise<{ readonly calculated: CalculatedCart; readonly line: LineTotals }> {
    const calculated = await this.read(caller, cartId);
    const line = calculated.lines.find(({ item }) => item.id === itemId);
    if (!line) throw new CartItemNotFound(cartId, itemId);
    return { calculated, line };
  }
}
