import { Injectable } from '@nestjs/common';
import type { Session } from '../../session/index.js';
import { CartAccessService } from '../access/cart-access.service.js';
import type { ServiceCaller } from '../caller/cart-caller.types.js';
import { CartExists, CartNotFound } from '../cart.errors.js';
import type { Cart } from '../cart.types.js';
import { CartContextService } from '../handover/cart-context.service.js';
import type { PricePlace } from '../pricing/cart-prices.rules.js';
import { CartRepricingService } from './cart-repricing.service.js';

export interface MovedCart {
  /** At its new place. */
  readonly cart: Cart;
  /** As it was before. */
  readonly was: Cart;
}

/** Takes carts along when an employee moves the context of a session to another site or currency (F-03, F-05). */
@Injectable()
export class CartMoves {
  constructor(
    private readonly access: CartAccessService,
    private readonly repricing: CartRepricingService,
    private readonly inContext: CartContextService,
  ) {}

  /**
   * Moves the cart that the context names. If its owner already has an open cart at that site, that one is used, and
   * the named one stays where it is (F-06). Contexts are left alone.
   * @returns undefined if the context names no open cart
   * @throws InvalidInput - the owner may not shop at that site, or an item has no price there
   */
  async move(session: Session, place: PricePlace): Promise<MovedCart | undefined> {
    const cartId = session.context?.cartId?.value;
    const caller = callerFor(session);
    const named = cartId === undefined ? undefined : await this.find(caller, cartId);
    if (!named) return undefined;
    try {
      return await this.moved(caller, named, place);
    } catch (error) {
      if (!(error instanceof CartExists) || error.cartId === undefined) throw error;
      return this.moved(caller, await this.access.find(caller, error.cartId), place);
    }
  }

  /** Undoes a move. A cart that the shopper has closed meanwhile stays closed. */
  async moveBack(session: Session, { cart, was }: MovedCart): Promise<void> {
    const caller = callerFor(session);
    if (await this.find(caller, cart.id)) await this.moved(caller, cart, was);
  }

  /** Lets the other contexts that name the cart follow it: those of its customer's other devices. */
  tellOthers({ cart, was }: MovedCart): Promise<void> {
    return isAt(was, cart) ? Promise.resolve() : this.inContext.followAll(cart);
  }

  private async moved(caller: ServiceCaller, was: Cart, place: PricePlace): Promise<MovedCart> {
    if (isAt(was, place)) return { cart: was, was };
    return { cart: await this.repricing.place(caller, was.id, place), was };
  }

  private async find(caller: ServiceCaller, cartId: string): Promise<Cart | undefined> {
    try {
      return await this.access.find(caller, cartId);
    } catch (error) {
      if (error instanceof CartNotFound) return undefined;
      throw error;
    }
  }
}

const isAt = (cart: PricePlace, { siteCode, currency }: PricePlace): boolean =>
  cart.siteCode === siteCode && cart.currency === currency;

/** Who acts for this session, with no rights beyond that. */
const callerFor = ({ tenant, sessionId }: Session): ServiceCaller => ({
  kind: 'service',
  tenant,
  scopes: [],
  address: '',
  sessionId,
});
