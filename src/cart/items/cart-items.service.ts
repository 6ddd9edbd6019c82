import { Injectable } from '@nestjs/common';
import { holdsScope } from '../../auth/index.js';
import { Config } from '../../config/config.schema.js';
import { CartAccessService } from '../access/cart-access.service.js';
import { PricedChangeService } from '../access/cart-priced-change.service.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { cartLimits } from '../cart-limits.js';
import { EXTERNAL_SCOPE } from '../cart.errors.js';
import { expectSize } from '../cart.rules.js';
import type { Cart } from '../cart.types.js';
import {
  type Batch,
  type Entry,
  type IdentifiedChanges,
  type LineDraft,
  priceIdsOfChanges,
  priceIdsOfDrafts,
  withChangedItems,
  withItems,
  withItemsReplaced,
} from '../lines/cart-item-batch.rules.js';
import {
  type ItemChanges,
  type ItemDraft,
  type ItemTerms,
  priceIdsOfChange,
  priceIdsOfDraft,
  withChangedItem,
  type WithItem,
  withItem,
  withoutItem,
  withoutItems,
} from '../lines/cart-items.rules.js';
import { covers } from '../lines/cart-line-prices.rules.js';
import { CartPricingService } from '../pricing/cart-pricing.service.js';

/** Which prices a change may need, and what it makes of the cart. Both functions are pure. */
interface ItemChange {
  readonly priceIds: (cart: Cart) => readonly string[];
  readonly decide: (cart: Cart, terms: ItemTerms) => Cart;
}

/** Changes the items of carts. Each change is one atomic write of the cart, so parallel changes are never lost. */
@Injectable()
export class CartItemsService {
  constructor(
    private readonly access: CartAccessService,
    private readonly pricing: CartPricingService,
    private readonly priced: PricedChangeService,
    private readonly config: Config,
  ) {}

  /** @throws CartNotFound | Forbidden, as the other methods do. @throws InvalidInput | TooLarge */
  async add(caller: CartCaller, cartId: string, draft: ItemDraft): Promise<WithItem> {
    let itemId = '';
    const cart = await this.change(caller, cartId, {
      priceIds: () => priceIdsOfDraft(draft),
      decide: (current, terms) => {
        const added = withItem(current, draft, terms);
        itemId = added.itemId;
        return added.cart;
      },
    });
    return { cart, itemId };
  }

  /**
   * Adds the accepted entries; a refused entry does not affect the others.
   * @throws TooLarge - the whole cart gets too large
   */
  addAll(caller: CartCaller, cartId: string, wishes: readonly Entry<ItemDraft>[]): Promise<Batch<string>> {
    return this.changeAll(
      caller,
      cartId,
      () => priceIdsOfDrafts(wishes),
      (current, terms) => withItems(current, wishes, terms),
    );
  }

  /**
   * Replaces all lines by the accepted entries; a refused entry does not affect the others.
   * @throws TooLarge - the whole cart gets too large
   */
  replaceAll(
    caller: CartCaller,
    cartId: string,
    drafts: readonly Entry<LineDraft>[],
  ): Promise<Batch<string>> {
    return this.changeAll(
      caller,
      cartId,
      () => priceIdsOfDrafts(drafts),
      (current, terms) => withItemsReplaced(current, drafts, terms),
    );
  }

  /** @throws CartItemNotFound | InvalidInput | TooLarge */
  async update(
    caller: CartCaller,
    cartId: string,
    itemId: string,
    changes: ItemChanges,
    mode: 'merge' | 'replace',
  ): Promise<void> {
    await this.change(caller, cartId, {
      priceIds: (cart) => priceIdsOfChange(cart, itemId, changes),
      decide: (current, terms) => withChangedItem(current, itemId, changes, mode, terms),
    });
  }

  /**
   * Applies the accepted entries; a refused entry does not affect the others.
   * @throws TooLarge - the whole cart gets too large
   */
  updateAll(
    caller: CartCaller,
    cartId: string,
    entries: readonly Entry<IdentifiedChanges>[],
  ): Promise<Batch<string>> {
    return this.changeAll(
      caller,
      cartId,
      (cart) => priceIdsOfChanges(cart, entries),
      (current, terms) => withChangedItems(current, entries, terms),
    );
  }

  /** @throws CartItemNotFound */
  async remove(caller: CartCaller, cartId: string, itemId: string): Promise<void> {
    const cart = await this.access.use(caller, cartId);
    await this.access.change(caller, cart, (current) => withoutItem(current, itemId));
  }

  async removeAll(caller: CartCaller, cartId: string): Promise<void> {
    const cart = await this.access.use(caller, cartId);
    await this.access.change(caller, cart, withoutItems);
  }

  private async changeAll(
    caller: CartCaller,
    cartId: string,
    priceIds: ItemChange['priceIds'],
    decide: (cart: Cart, terms: ItemTerms) => Batch<string>,
  ): Promise<Batch<string>> {
    let outcomes: Batch<string>['outcomes'] = [];
    const cart = await this.change(caller, cartId, {
      priceIds,
      decide: (current, terms) => {
        const batch = decide(current, terms);
        outcomes = batch.outcomes;
        return batch.cart;
      },
    });
    return { cart, outcomes };
  }

  private change(caller: CartCaller, cartId: string, { priceIds, decide }: ItemChange): Promise<Cart> {
    const rights = { external: holdsScope(caller.scopes, EXTERNAL_SCOPE) };
    const limits = cartLimits(this.config);
    const shopper = caller.kind === 'shopper' ? caller.session : undefined;
    return this.priced.change(
      caller,
      cartId,
      (cart) => this.pricing.ofLines(cart, priceIds(cart), shopper),
      (current, prices) => {
        if (!covers(prices, current, priceIds(current))) return 'outdated';
        const next = decide(current, { rights, prices, limits });
        return next === current ? current : expectSize(next, limits);
      },
    );
  }
}
