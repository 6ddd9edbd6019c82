import { Injectable } from '@nestjs/common';
import { expectSoldAt, SiteAccess } from '../../site-settings/index.js';
import { CartAccessService } from '../access/cart-access.service.js';
import { PricedChangeService } from '../access/cart-priced-change.service.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { customerIdOf } from '../caller/cart-owner.rules.js';
import { sameSlot } from '../cart.rules.js';
import type { Cart } from '../cart.types.js';
import { CartContextService } from '../handover/cart-context.service.js';
import { type PricePlace, repriced } from '../pricing/cart-prices.rules.js';
import { CartPricingService } from '../pricing/cart-pricing.service.js';

/** Moves carts to another site or currency, and refreshes their prices. */
@Injectable()
export class CartRepricingService {
  constructor(
    private readonly access: CartAccessService,
    private readonly pricing: CartPricingService,
    private readonly priced: PricedChangeService,
    private readonly sites: SiteAccess,
    private readonly inContext: CartContextService,
  ) {}

  /**
   * @throws CartNotFound | Forbidden | CartConflict
   * @throws InvalidInput - the site does not sell in this currency, or an item has no price in it
   */
  async changeCurrency(caller: CartCaller, cartId: string, currency: string): Promise<void> {
    const changed = await this.reprice(caller, cartId, async ({ tenant, siteCode }) => {
      expectSoldAt(await this.sites.active(tenant, siteCode), currency);
      return { siteCode, currency };
    });
    await this.follow(caller, changed);
  }

  /**
   * Moves the cart to another site. The cart takes the currency of that site; contexts take its language as well.
   * @throws CartNotFound | Forbidden | CartConflict
   * @throws InvalidInput - the cart's owner may not shop there, or an item has no price there
   * @throws CartExists - the owner already has an open cart there
   */
  async changeSite(caller: CartCaller, cartId: string, siteCode: string): Promise<void> {
    let language: string | undefined;
    const changed = await this.reprice(caller, cartId, async (cart) => {
      const { currency, defaultLanguage } = await this.sites.open(
        cart.tenant,
        siteCode,
        customerIdOf(cart.owner),
      );
      language = defaultLanguage;
      return cart.siteCode === siteCode ? cart : { siteCode, currency };
    });
    await this.follow(caller, changed, language);
  }

  /**
   * Moves the cart to a site and a currency at once, and leaves all contexts alone.
   * @throws CartNotFound | Forbidden | CartConflict | InvalidInput | CartExists - as `changeSite` does
   */
  place(caller: CartCaller, cartId: string, place: PricePlace): Promise<Cart> {
    return this.reprice(caller, cartId, async ({ tenant, owner }) => {
      expectSoldAt(await this.sites.open(tenant, place.siteCode, customerIdOf(owner)), place.currency);
      return place;
    });
  }

  /**
   * Updates prices that have changed. Items without a match keep their price.
   * @throws CartNotFound | Forbidden | CartConflict
   */
  async refresh(caller: CartCaller, cartId: string): Promise<void> {
    await this.reprice(caller, cartId, async (cart) => cart);
  }

  /** @throws CartConflict - the cart was closed, or kept changing */
  private reprice(
    caller: CartCaller,
    cartId: string,
    placeFor: (cart: Cart) => Promise<PricePlace>,
  ): Promise<Cart> {
    return this.priced.change(
      caller,
      cartId,
      async (cart) => {
        const place = await placeFor(cart);
        const next = repriced(cart, place, await this.pricing.best(caller, cart, place));
        if (!sameSlot(cart, next)) await this.access.expectFree(next);
        return { cart, next };
      },
      (current, { cart, next }) => {
        if (next === cart) return current;
        return current.version === cart.version && current.incoming === undefined ? next : 'outdated';
      },
    );
  }

  private async follow(caller: CartCaller, cart: Cart, language?: string): Promise<void> {
    // A shopper's other devices keep the currency that they show.
    if (caller.kind === 'shopper') await this.inContext.follow(caller.session, cart, language);
    else await this.inContext.followAll(cart, language);
  }
}
