import { Injectable } from '@nestjs/common';
import { holdsScope } from '../auth/index.js';
import type { CartCaller } from './cart-access.rules.js';
import { CartAccessService } from './cart-access.service.js';
import { EXTERNAL_SCOPE } from './cart.errors.js';
import {
  type ItemChanges,
  itemOf,
  type ItemRights,
  type ItemWish,
  withChangedItem,
  withItem,
  withoutItem,
  withoutItems,
} from './cart-items.rules.js';
import type { Cart, CartItem } from './cart.types.js';

export interface AddedItem {
  readonly cart: Cart;
  readonly itemId: string;
}

/** Each change is one atomic write of the cart: of parallel ones none is lost. */
@Injectable()
export class CartItemsService {
  constructor(private readonly access: CartAccessService) {}

  /** @throws CartNotFound | Forbidden, as all of these */
  async list(caller: CartCaller, cartId: string): Promise<Cart> {
    return this.access.use(caller, cartId);
  }

  /** @throws CartItemNotFound */
  async read(caller: CartCaller, cartId: string, itemId: string): Promise<{ cart: Cart; item: CartItem }> {
    const cart = await this.access.use(caller, cartId);
    return { cart, item: itemOf(cart, itemId) };
  }

  /** @throws InvalidInput | TooLarge */
  async add(caller: CartCaller, cartId: string, wish: ItemWish): Promise<AddedItem> {
    let itemId = '';
    await this.access.use(caller, cartId);
    const cart = await this.access.change(caller, cartId, (current) => {
      const added = withItem(current, wish, rightsOf(caller));
      itemId = added.itemId;
      return added.cart;
    });
    return { cart, itemId };
  }

  /** @throws CartItemNotFound | InvalidInput | TooLarge */
  async update(
    caller: CartCaller,
    cartId: string,
    itemId: string,
    changes: ItemChanges,
    mode: 'merge' | 'replace',
  ): Promise<void> {
    await this.access.use(caller, cartId);
    await this.access.change(caller, cartId, (current) =>
      withChangedItem(current, itemId, changes, mode, rightsOf(caller)),
    );
  }

  /** @throws CartItemNotFound */
  async remove(caller: CartCaller, cartId: string, itemId: string): Promise<void> {
    await this.access.use(caller, cartId);
    await this.access.change(caller, cartId, (current) => withoutItem(current, itemId));
  }

  async removeAll(caller: CartCaller, cartId: string): Promise<void> {
    await this.access.use(caller, cartId);
    await this.access.change(caller, cartId, withoutItems);
  }
}

const rightsOf = ({ scopes }: CartCaller): ItemRights => ({ external: holdsScope(scopes, EXTERNAL_SCOPE) });
