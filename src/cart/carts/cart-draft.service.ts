import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { currencyAt, DefaultValuesService } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { expectSoldAt, type Site, SiteAccess } from '../../site-settings/index.js';
import { customerIdOf } from '../caller/cart-owner.rules.js';
import type { CartTarget } from '../caller/cart-target.service.js';
import { cartLimits } from '../cart-limits.js';
import { type CartDraft, expectSize, newCart } from '../cart.rules.js';
import type { Cart, CartSlot } from '../cart.types.js';

/** Prepares new carts: checks them, but does not store them. */
@Injectable()
export class CartDraftService {
  constructor(
    private readonly sites: SiteAccess,
    private readonly initial: DefaultValuesService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @throws InvalidInput - the site does not exist or is not open to the owner. @throws TooLarge */
  async of(tenant: string, target: CartTarget, draft: CartDraft): Promise<Cart> {
    const site = await this.sites.open(tenant, draft.siteCode, customerIdOf(target.owner));
    return this.at(site, target, draft);
  }

  /** Prepares a cart in the shopper's currency if the site sells in it, else in the site's (E-15, E-28, F-04). */
  async inOwnCurrency(
    tenant: string,
    target: CartTarget,
    slot: Omit<CartSlot, 'tenant' | 'owner'>,
  ): Promise<Cart> {
    const { owner, session } = target;
    const site = await this.sites.open(tenant, slot.siteCode, customerIdOf(owner));
    const seen = session && (session.context ?? (await this.initial.of(session)));
    const currency = seen ? currencyAt(site, seen) : site.currency;
    return this.at(site, target, { ...slot, currency });
  }

  /** @throws InvalidInput - the cart's site does not sell in this currency */
  async expectSold({ tenant, siteCode }: Cart, currency: string): Promise<void> {
    expectSoldAt(await this.sites.active(tenant, siteCode), currency);
  }

  private at(site: Site, { owner, session }: CartTarget, draft: CartDraft): Cart {
    expectSoldAt(site, draft.currency);
    const named = { id: newId(), tenant: site.tenant, siteCode: site.code, owner };
    const origin = { ...named, sessionId: session?.sessionId, goneAt: session?.lifetime?.goneAt };
    return expectSize(newCart(draft, origin, this.clock.now()), cartLimits(this.config));
  }
}
