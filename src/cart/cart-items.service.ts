import { Injectable } from '@nestjs/common';
import { holdsScope } from '../auth/index.js';
import type { CartCaller } from './cart-access.rules.js';
import { CartAccessService } from './cart-access.service.js';
import {
  type Batch,
  type Entry,
  type IdentifiedChanges,
  withChangedItems,
  withItems,
} from './cart-item-batch.rules.js';
import {
  type ItemChanges,
  type ItemRights,
  type ItemWish,
  withChangedItem,
  type WithItem,
  withItem,
  withoutItem,
  withoutItems,
} from './cart-items.rules.js';
import { EXTERNAL_SCOPE } from './cart.errors.js';
import { expectSize } from './cart.rules.js';
import type { Cart } from './cart.types.js';

/** Each change is one atomic write of the cart: of parallel ones none is lost. */
@Injectable()
export class CartItemsService {
  constructor(private readonly access: CartAccessService) {}

  /** @throws CartNotFound | Forbidden, as all of these; InvalidInput | TooLarge */
  async add(caller: CartCaller, cartId: string, wish: ItemWish): Promise<WithItem> {
    let itemId = '';
    const cart = await this.change(caller, cartId, (current) => {
      const added = withItem(current, wish, rightsOf(caller));
      itemId = added.itemId;
      return added.cart;
    });
    return { cart, itemId };
  }

  /** A refused entry does not undo the others. @throws TooLarge - all of them together */
  addAll(caller: CartCaller, cartId: string, wishes: readonly Entry<ItemWish>[]): Promise<Batch<string>> {
    return this.changeAll(caller, cartId, (current) => withItems(current, wishes, rightsOf(caller)));
  }

  /** @throws CartItemNotFound | InvalidInput | TooLarge */
  async update(
    caller: CartCaller,
    cartId: string,
    itemId: string,
    changes: ItemChanges,
    mode: 'merge' | 'replace',
  ): Promise<void> {
    await this.change(caller, cartId, (current) =>
      withChangedItem(current, itemId, changes, mode, rightsOf(caller)),
    );
  }

  /** A refused entry does not undo the others. @throws TooLarge - all of them together */
  updateAll(
    caller: CartCaller,
    cartId: string,
    entries: readonly Entry<IdentifiedChanges>[],
  ): Promise<Batch<string>> {
    return this.changeAll(caller, cartId, (current) => withChangedItems(current, entries, rightsOf(caller)));
  }

  /** @throws CartItemNotFound */
  async remove(caller: CartCaller, cartId: string, itemId: string): Promise<void> {
    await this.change(caller, cartId, (current) => withoutItem(current, itemId));
  }

  async removeAll(caller: CartCaller, cartId: string): Promise<void> {
    await this.change(caller, cartId, withoutItems);
  }

  private async changeAll(
    caller: CartCaller,
    cartId: string,
    decide: (cart: Cart) => Batch<string>,
  ): Promise<Batch<string>> {
    let outcomes: Batch<string>['outcomes'] = [];
    const cart = await this.change(caller, cartId, (current) => {
      const batch = decide(current);
      outcomes = batch.outcomes;
      return batch.cart;
    });
    return { cart, outcomes };
  }

  private async change(caller: CartCaller, cartId: string, decide: (cart: Cart) => Cart): Promise<Cart> {
    await this.access.use(caller, cartId);
    return this.access.change(caller, cartId, (current) => {
      const next = decide(current);
      return next === current ? current : expectSize(next);
    });
  }
}

const rightsOf = ({ scopes }: CartCaller): ItemRights => ({ external: holdsScope(scopes, EXTERNAL_SCOPE) });
