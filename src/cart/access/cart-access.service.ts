import { Injectable } from '@nestjs/common';
import { ContextService } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { Forbidden } from '../../shared/domain-error.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import type { CartTarget } from '../caller/cart-target.service.js';
import { CartConflict, CartExists, CartNotFound } from '../cart.errors.js';
import { CartRepository } from '../cart.repository.js';
import { revised } from '../cart.rules.js';
import type { Cart, CartSlot } from '../cart.types.js';
import { CartContextService } from '../handover/cart-context.service.js';
import { CartRecovery } from '../handover/cart-recovery.service.js';
import { accessTo } from './cart-access.rules.js';

/** Finds, changes and removes carts on behalf of callers who may use them. */
@Injectable()
export class CartAccessService {
  constructor(
    private readonly carts: CartRepository,
    private readonly recovery: CartRecovery,
    private readonly inContext: CartContextService,
    private readonly contexts: ContextService,
    private readonly clock: Clock,
  ) {}

  /** @throws CartNotFound | Forbidden - the caller may not open the cart */
  async find(caller: CartCaller, cartId: string): Promise<Cart> {
    const cart = await this.carts.find(caller.tenant, cartId);
    if (!cart) throw new CartNotFound(cartId);
    return this.authorize(caller, cart);
  }

  /** Finds the cart. A shopper's context then names it, unless it already names an open cart (D-05). */
  async use(caller: CartCaller, cartId: string): Promise<Cart> {
    const cart = await this.find(caller, cartId);
    if (caller.kind === 'shopper') await this.inContext.adopt(caller.session, cart);
    return cart;
  }

  /**
   * Changes the cart in one atomic write. The version grows by one unless `decide` returns the cart it was given.
   * @param found the cart as `use` or `find` returned it
   * @param decide a pure function; it may run more than once
   * @throws CartConflict - the cart was closed or changed hands after it was found
   * @throws CartNotFound - the cart was deleted after it was found
   * @throws whatever `decide` throws
   */
  async change(caller: CartCaller, found: Cart, decide: (cart: Cart) => Cart): Promise<Cart> {
    const now = this.clock.now();
    const step = (current: Cart): Cart => {
      if (accessTo(current, caller, true) === 'not-found') {
        throw new CartConflict(`The cart ${found.id} was closed meanwhile: find the open cart and retry`);
      }
      const next = decide(current);
      return next === current ? current : revised(next, now);
    };
    const changed = await this.carts.change(caller.tenant, found.id, step, { asRead: found });
    if (!changed) throw new CartNotFound(found.id);
    return changed;
  }

  /** @param cart the cart as `find` returned it */
  async remove({ tenant, id }: Cart): Promise<void> {
    await this.carts.remove(tenant, id);
  }

  /** Checks that the caller may use a cart that was read before. @throws CartNotFound | Forbidden */
  async authorize(caller: CartCaller, cart: Cart): Promise<Cart> {
    const access = accessTo(cart, caller, caller.kind === 'shopper' || (await this.ownerLives(cart)));
    if (access === 'not-found') throw new CartNotFound(cart.id);
    if (access === 'forbidden')
      throw new Forbidden('This cart can only be opened with the session-id of the session that created it');
    if (access === 'granted' || caller.kind !== 'shopper') return this.recovery.settle(cart);
    const moved = await this.recovery.moveToCustomer(caller.session, cart.id);
    if (!moved) throw new CartNotFound(cart.id);
    return moved;
  }

  /** Returns the open cart of a slot, after moving there any cart that a login of this session left behind. */
  async openIn(target: CartTarget, slot: CartSlot): Promise<Cart | undefined> {
    await this.recovery.moveSlotToCustomer(target, slot);
    return this.carts.findOpen(slot);
  }

  /** @throws CartExists - the slot that this cart would move to already has an open cart (W-50) */
  async expectFree(next: Cart): Promise<void> {
    const other = await this.carts.findOpen(next);
    if (other && other.id !== next.id) throw new CartExists(other.id);
  }

  async ownerLives({ tenant, owner }: Cart): Promise<boolean> {
    if (owner.kind === 'customer') return true;
    return (await this.contexts.findSession({ tenant, sessionId: owner.sessionId })) !== undefined;
  }
}
