import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.schema.js';
import { InitialValuesService, KnownValuesService } from '../session/index.js';
import { Clock } from '../shared/clock.js';
import { InvalidInput } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { type Site, SiteRepository } from '../site-settings/index.js';
import { customerIdOf } from './cart-access.rules.js';
import { cartLimits } from './cart-limits.js';
import type { CartHolder } from './cart-holder.service.js';
import { type CartWish, expectSize, newCart } from './cart.rules.js';
import type { Cart, CartSlot } from './cart.types.js';

/** Carts that are to be made: checked, and not stored yet. */
@Injectable()
export class CartDraftService {
  constructor(
    private readonly sites: SiteRepository,
    private readonly initial: InitialValuesService,
    private readonly known: KnownValuesService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @throws InvalidInput - no such site, or it is not for the owner; TooLarge */
  async of(tenant: string, { owner, session }: CartHolder, wish: CartWish): Promise<Cart> {
    const { code } = await this.activeSite(tenant, wish.siteCode);
    await this.known.expectOpenSite(tenant, code, customerIdOf(owner));
    const named = { id: newId(), tenant, siteCode: code, owner };
    const origin = { ...named, sessionId: session?.sessionId, goneAt: session?.lifetime?.goneAt };
    return expectSize(newCart(wish, origin, this.clock.now()), cartLimits(this.config));
  }

  /** In the currency that the shopper sees prices in: the context's, or what it would be made with (E-15, E-28). */
  async inOwnCurrency(
    tenant: string,
    holder: CartHolder,
    slot: Omit<CartSlot, 'tenant' | 'owner'>,
  ): Promise<Cart> {
    const { session } = holder;
    const currency = session
      ? (session.context?.currency ?? (await this.initial.of(session)).currency).value
      : (await this.activeSite(tenant, slot.siteCode)).currency;
    return this.of(tenant, holder, { ...slot, currency });
  }

  /** @throws InvalidInput */
  private async activeSite(tenant: string, code: string | undefined): Promise<Site> {
    const site = await (code === undefined ? this.sites.findDefault(tenant) : this.sites.find(tenant, code));
    if (site?.active) return site;
    const problem =
      code === undefined ? 'is needed: the default site is not active' : `no active site is ${code}`;
    throw InvalidInput.of('siteCode', problem);
  }
}
