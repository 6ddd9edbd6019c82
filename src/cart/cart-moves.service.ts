import { Injectable } from '@nestjs/common';
import { Forbidden, InvalidInput } from '../shared/domain-error.js';
import { type CartCaller, mergeability } from './cart-access.rules.js';
import { CartAccessService } from './cart-access.service.js';
import { CartContextService } from './cart-context.service.js';
import { CartHolderService } from './cart-holder.service.js';
import { CartMergeService } from './cart-merge.service.js';
import { type PricePlace, repriced } from './cart-prices.rules.js';
import { CartPricingService } from './cart-pricing.service.js';
import { CartConflict } from './cart.errors.js';
import { CartRepository } from './cart.repository.js';
import { sameSlot } from './cart.rules.js';
import type { Cart } from './cart.types.js';

/** Each but the first, because the cart was changed while its prices were looked up. */
const MOST_ATTEMPTS = 20;

/** A cart becomes part of another, or goes to another site or currency, or is brought up to date. */
@Injectable()
export class CartMovesService {
  constructor(
    private readonly access: CartAccessService,
    private readonly merges: CartMergeService,
    private readonly pricing: CartPricingService,
    private readonly inContext: CartContextService,
    private readonly holders: CartHolderService,
    private readonly carts: CartRepository,
  ) {}

  /**
   * Anonymous carts go into a customer's; they are closed (W-53, C-08). What was merged before is left out.
   * @throws CartNotFound | Forbidden | InvalidInput | TooLarge
   */
  async merge(caller: CartCaller, cartId: string, sourceIds: readonly string[]): Promise<void> {
    const target = await this.access.use(caller, cartId);
    if (target.owner.kind !== 'customer') throw InvalidInput.of('cartId', 'must be the cart of a customer');
    const ids = [...new Set(sourceIds)];
    const found = await Promise.all(ids.map((id) => this.sourceOf(caller, target, id)));
    const sources = found.filter((source) => source !== undefined);
    await this.merges.merge(target, sources);
  }

  /** @throws CartNotFound | Forbidden | InvalidInput - the site does not sell in it, or an item has no price in it */
  async changeCurrency(caller: CartCaller, cartId: string, currency: string): Promise<void> {
    const changed = await this.reprice(caller, cartId, async ({ tenant, siteCode }) => {
      const { availableCurrencies } = await this.pricing.activeSite(tenant, siteCode);
      if (availableCurrencies.includes(currency)) return { siteCode, currency };
      throw InvalidInput.of('currency', `the site ${siteCode} sells in ${availableCurrencies.join(', ')}`);
    });
    await this.follow(caller, changed);
  }

  /**
   * The currency and the language become those of the site as well.
   * @throws CartNotFound | Forbidden; InvalidInput - the cart's owner may not shop there; CartExists - there is an open
   *   one at the site
   */
  async changeSite(caller: CartCaller, cartId: string, siteCode: string): Promise<void> {
    let language: string | undefined;
    const changed = await this.reprice(caller, cartId, async (cart) => {
      const { currency, defaultLanguage } = await this.pricing.openSite(cart, siteCode);
      language = defaultLanguage;
      return cart.siteCode === siteCode ? cart : { siteCode, currency };
    });
    await this.follow(caller, changed, language);
  }

  /** Prices that are others by now. What no price matches stays. @throws CartNotFound | Forbidden | CartConflict */
  async refresh(caller: CartCaller, cartId: string): Promise<void> {
    await this.reprice(caller, cartId, async (cart) => cart);
  }

  /**
   * Prices are looked up first; the cart is written only over what they were looked up for.
   * @throws CartConflict
   */
  private async reprice(
    caller: CartCaller,
    cartId: string,
    placeFor: (cart: Cart) => Promise<PricePlace>,
  ): Promise<Cart> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const cart = await this.access.use(caller, cartId);
      const place = await placeFor(cart);
      const next = repriced(cart, place, await this.pricing.best(caller, cart, place));
      if (next === cart) return cart;
      if (!sameSlot(cart, next)) await this.access.expectFree(next);
      let written = false;
      const changed = await this.access.change(caller, cartId, (current) => {
        written = current.version === cart.version && current.incoming === undefined;
        return written ? next : current;
      });
      if (written) return changed;
    }
    throw new CartConflict('The cart was changed again and again meanwhile; read it again, and retry');
  }

  private async follow(caller: CartCaller, cart: Cart, language?: string): Promise<void> {
    const session = await this.holders.sessionFor(caller, cart);
    if (session) await this.inContext.follow(session, cart, language);
  }

  /** Undefined: it is in that cart already. @throws InvalidInput | Forbidden */
  private async sourceOf(caller: CartCaller, target: Cart, id: string): Promise<Cart | undefined> {
    const source = await this.carts.find(caller.tenant, id);
    if (source?.mergedInto?.cartId === target.id) return undefined;
    const outcome = source
      ? mergeability(source, target, caller, await this.access.ownerLives(source))
      : undefined;
    if (outcome === 'mergeable') return source;
    if (outcome !== 'forbidden') throw InvalidInput.of('carts', `${id} is no anonymous cart that is open`);
    throw new Forbidden(`The cart ${id} is of another session`);
  }
}
