import { Injectable } from '@nestjs/common';
import { Subscribers, type Tell } from '../../events/index.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import { Clock } from '../../shared/clock.js';
import { CartRepository, StoredCarts, type TakenSlot } from '../cart.repository.js';
import type { Cart, CartOwner, CartSlot } from '../cart.types.js';
import { CartCalculator } from '../totals/cart-calculator.service.js';
import { eventsOfCart } from './cart-events.rules.js';

type Decide = (current: Cart) => Cart;

/** Writes the event of each change together with the change, if anybody wants events of the tenant. */
@Injectable()
export class CartsWithEvents extends CartRepository {
  constructor(
    private readonly stored: StoredCarts,
    private readonly subscribers: Subscribers,
    private readonly calculator: CartCalculator,
    private readonly clock: Clock,
  ) {
    super();
  }

  override find(tenant: string, cartId: string): Promise<Cart | undefined> {
    return this.stored.find(tenant, cartId);
  }

  override findOpen(slot: CartSlot): Promise<Cart | undefined> {
    return this.stored.findOpen(slot);
  }

  override listOpen(tenant: string, owner: CartOwner, limit: number): Promise<readonly Cart[]> {
    return this.stored.listOpen(tenant, owner, limit);
  }

  override search(tenant: string, listing: Listing): Promise<Listed<Cart>> {
    return this.stored.search(tenant, listing);
  }

  override searchOpen(tenant: string, owner: CartOwner, listing: Listing): Promise<Listed<Cart>> {
    return this.stored.searchOpen(tenant, owner, listing);
  }

  override dueForReview(now: Date, limit: number): Promise<readonly Cart[]> {
    return this.stored.dueForReview(now, limit);
  }

  override async create(cart: Cart, mostOpen?: number): Promise<boolean | 'too-many'> {
    if (!this.subscribers.wants(cart.tenant)) return this.stored.create(cart, mostOpen);
    return this.stored.create(cart, mostOpen, await this.tellWithTotal(cart));
  }

  override async change(
    tenant: string,
    cartId: string,
    decide: Decide,
    known?: { readonly asRead: Cart },
  ): Promise<Cart | undefined> {
    if (!this.subscribers.wants(tenant)) return this.stored.change(tenant, cartId, decide, known);
    const tell = await this.tellOf(tenant, cartId, known?.asRead);
    return this.stored.change(tenant, cartId, decide, known, tell);
  }

  override async moveIfFree(
    tenant: string,
    cartId: string,
    decide: Decide,
  ): Promise<Cart | 'slot-taken' | undefined> {
    if (!this.subscribers.wants(tenant)) return this.stored.moveIfFree(tenant, cartId, decide);
    return this.stored.moveIfFree(tenant, cartId, decide, await this.tellOf(tenant, cartId));
  }

  override async takeSlot(tenant: string, cartId: string, decide: Decide): Promise<TakenSlot | undefined> {
    if (!this.subscribers.wants(tenant)) return this.stored.takeSlot(tenant, cartId, decide);
    return this.stored.takeSlot(tenant, cartId, decide, await this.tellOf(tenant, cartId));
  }

  override async remove(tenant: string, cartId: string): Promise<boolean> {
    if (!this.subscribers.wants(tenant)) return this.stored.remove(tenant, cartId);
    return this.stored.remove(tenant, cartId, await this.tellOf(tenant, cartId));
  }

  private async tellOf(tenant: string, cartId: string, asRead?: Cart): Promise<Tell<Cart>> {
    const cart = asRead ?? (await this.stored.find(tenant, cartId));
    return cart ? this.tellWithTotal(cart) : () => [];
  }

  /** What the total depends on is read before the write, for the write can't wait. */
  private async tellWithTotal(cart: Cart): Promise<Tell<Cart>> {
    const { siteCode, discounts = [] } = cart;
    const read = await this.calculator.inputsFor(
      cart,
      discounts.map(({ code }) => code),
    );
    const inputs = { ...read, siteCode };
    return (before, after) => eventsOfCart(before, after, this.clock.now(), inputs);
  }
}
