import { Injectable } from '@nestjs/common';
import { PriceService, type WantedItem } from '../price/index.js';
import { KnownValuesService } from '../session/index.js';
import { InvalidInput } from '../shared/domain-error.js';
import { type Site, SiteRepository } from '../site-settings/index.js';
import { type CartCaller, customerIdOf } from './cart-access.rules.js';
import { type PricePlace, type PriceByItem, wantedPrice, wantedProduct } from './cart-prices.rules.js';
import type { Cart, CartItem } from './cart.types.js';

/** What the items of a cart cost, by the tenant's prices. */
@Injectable()
export class CartPricingService {
  constructor(
    private readonly prices: PriceService,
    private readonly sites: SiteRepository,
    private readonly known: KnownValuesService,
  ) {}

  /** The best prices of its products at that place. @throws SiteNotOpen */
  best(caller: CartCaller, cart: Cart, place: PricePlace): Promise<PriceByItem> {
    return this.match(caller, cart, place, wantedProduct);
  }

  /** Those of the prices that it has which still apply. @throws SiteNotOpen */
  valid(caller: CartCaller, cart: Cart): Promise<PriceByItem> {
    return this.match(caller, cart, cart, wantedPrice);
  }

  /** Where a cart is to go. @throws InvalidInput - no such site, or it is not for the cart's owner */
  async openSite({ tenant, owner }: Cart, siteCode: string): Promise<Site> {
    const site = await this.activeSite(tenant, siteCode);
    await this.known.expectOpenSite(tenant, siteCode, customerIdOf(owner));
    return site;
  }

  /** @throws InvalidInput */
  async activeSite(tenant: string, siteCode: string): Promise<Site> {
    const site = await this.sites.find(tenant, siteCode);
    if (site?.active) return site;
    throw InvalidInput.of('siteCode', `no active site has the code ${siteCode}`);
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
    const { tenant, owner } = cart;
    const context = {
      tenant,
      siteCode,
      currency,
      targetLocation: await this.countryOf(caller, cart, siteCode),
      ...(owner.kind === 'customer' && { customerId: owner.customerId }),
    };
    const matches = await this.prices.matchFor(
      context,
      asked.map(({ wanted }) => wanted),
    );
    return new Map(asked.flatMap(({ id }, index) => (matches[index] ? [[id, matches[index]]] : [])));
  }

  /** The cart's own country, else that of the shopper's context, else that of the site. */
  private async countryOf(caller: CartCaller, cart: Cart, siteCode: string): Promise<string> {
    if (cart.countryCode !== undefined) return cart.countryCode;
    const context = caller.kind === 'shopper' ? caller.session.context : undefined;
    return (
      context?.targetLocation.value ?? (await this.activeSite(cart.tenant, siteCode)).homeBase.address.country
    );
  }
}
