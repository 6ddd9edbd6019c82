import { Injectable } from '@nestjs/common';
import { PriceService, type WantedItem } from '../../price/index.js';
import { ContextService, type Session } from '../../session/index.js';
import { SiteAccess } from '../../site-settings/index.js';
import { TenantService } from '../../tenant/index.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { customerIdOf, ownerOf } from '../caller/cart-owner.rules.js';
import { sameOwner } from '../cart.rules.js';
import type { Cart, CartItem } from '../cart.types.js';
import type { LinePrices } from '../lines/cart-line-prices.rules.js';
import {
  type FoundPrices,
  type PriceByItem,
  type PricePlace,
  wantedPrice,
  wantedProduct,
} from './cart-prices.rules.js';

/** Looks up what the items of a cart cost, by the tenant's prices. */
@Injectable()
export class CartPricingService {
  constructor(
    private readonly prices: PriceService,
    private readonly sites: SiteAccess,
    private readonly tenants: TenantService,
    private readonly contexts: ContextService,
  ) {}

  /** Finds the best prices for the cart's products at that place. @throws SiteNotOpen */
  best(caller: CartCaller, cart: Cart, place: PricePlace): Promise<FoundPrices> {
    return this.found(caller, cart, place, wantedProduct);
  }

  /** Finds which of the cart's own prices still apply. @throws SiteNotOpen */
  valid(caller: CartCaller, cart: Cart): Promise<FoundPrices> {
    return this.found(caller, cart, cart, wantedPrice);
  }

  /**
   * Looks up the prices with these ids, for lines of this cart.
   * @param shopper the caller's session, if known; otherwise the session of the cart is looked up when it is needed
   */
  async ofLines(cart: Cart, priceIds: readonly string[], shopper?: Session): Promise<LinePrices> {
    const { tenant, siteCode, currency, countryCode, owner, legalEntityId } = cart;
    if ((await this.tenants.cartPrices(tenant)) === 'given') return 'given';
    const customerId = customerIdOf(owner);
    const buyer = {
      ...(customerId !== undefined && { customerId }),
      ...(legalEntityId !== undefined && { legalEntityId }),
    };
    const context = { tenant, siteCode, currency, ...buyer };
    const ids = new Set(priceIds);
    const named = await this.prices.named(context, () => this.countryOf(cart, siteCode, shopper), [...ids]);
    return {
      of: {
        siteCode,
        currency,
        owner,
        ...(countryCode !== undefined && { countryCode }),
        ...(legalEntityId !== undefined && { legalEntityId }),
      },
      ids,
      named,
    };
  }

  private async found(
    caller: CartCaller,
    cart: Cart,
    place: PricePlace,
    wantedOf: (item: CartItem) => WantedItem | undefined,
  ): Promise<FoundPrices> {
    const [byItem, mode] = await Promise.all([
      this.match(caller, cart, place, wantedOf),
      this.tenants.cartPrices(cart.tenant),
    ]);
    return { byItem, mode };
  }

  private async match(
    caller: CartCaller,
    cart: Cart,
    { siteCode, currency }: PricePlace,
    wantedOf: (item: CartItem) => WantedItem | undefined,
  ): Promise<PriceByItem> {
    const asked = cart.items.flatMap((item) => {
      const wanted = wantedOf(item);
      return wanted ? [{ id: item.id, wanted }] : [];
    });
    if (asked.length === 0) return new Map();
    const { tenant, owner, legalEntityId } = cart;
    const context = {
      tenant,
      siteCode,
      currency,
      targetLocation: await this.countryOf(
        cart,
        siteCode,
        caller.kind === 'shopper' ? caller.session : undefined,
      ),
      ...(owner.kind === 'customer' && { customerId: owner.customerId }),
      ...(legalEntityId !== undefined && { legalEntityId }),
    };
    const matches = await this.prices.matchFor(
      context,
      asked.map(({ wanted }) => wanted),
    );
    return new Map(asked.flatMap(({ id }, index) => (matches[index] ? [[id, matches[index]]] : [])));
  }

  /** Returns the cart's own country, else that of its shopper's context, else that of the site. */
  private async countryOf(cart: Cart, siteCode: string, shopper?: Session): Promise<string> {
    if (cart.countryCode !== undefined) return cart.countryCode;
    const session = shopper ?? (await this.sessionOf(cart));
    return (
      session?.context?.targetLocation.value ??
      (await this.sites.active(cart.tenant, siteCode)).homeBase.address.country
    );
  }

  private async sessionOf({ tenant, sessionId, owner }: Cart): Promise<Session | undefined> {
    const session =
      sessionId === undefined ? undefined : await this.contexts.findSession({ tenant, sessionId });
    return session && sameOwner(ownerOf(session), owner) ? session : undefined;
  }
}
