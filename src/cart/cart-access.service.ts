import { Injectable } from '@nestjs/common';
import { ContextService, type Session, SessionRepository } from '../session/index.js';
import { Clock } from '../shared/clock.js';
import { Forbidden } from '../shared/domain-error.js';
import { accessTo, type CartCaller, isOfSession, ownerOf } from './cart-access.rules.js';
import { CartNotFound } from './cart.errors.js';
import { CartRepository } from './cart.repository.js';
import { ownedBy, revised } from './cart.rules.js';
import type { Cart } from './cart.types.js';

/** Opens carts for those who may use them, and keeps the context of the session in step. */
@Injectable()
export class CartAccessService {
  constructor(
    private readonly carts: CartRepository,
    private readonly contexts: ContextService,
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CartNotFound | Forbidden */
  async find(caller: CartCaller, cartId: string): Promise<Cart> {
    const cart = await this.carts.find(caller.tenant, cartId);
    if (!cart) throw new CartNotFound(cartId);
    return this.admit(caller, cart);
  }

  /** Finds it, and a shopper's context takes it up if it names no open cart (D-05). */
  async use(caller: CartCaller, cartId: string): Promise<Cart> {
    const cart = await this.find(caller, cartId);
    if (caller.kind === 'shopper') await this.adopt(caller.session, cart);
    return cart;
  }

  /**
   * One atomic change; it makes a new version unless `decide` gives back the very cart.
   * @param decide pure: it may run again
   * @throws CartNotFound, and whatever `decide` throws
   */
  async change(caller: CartCaller, cartId: string, decide: (cart: Cart) => Cart): Promise<Cart> {
    const now = this.clock.now();
    const changed = await this.carts.change(caller.tenant, cartId, (current) => {
      // It may have been closed, or become a customer's, since it was found.
      if (accessTo(current, caller, true) === 'not-found') throw new CartNotFound(cartId);
      const next = decide(current);
      return next === current ? current : revised(next, now);
    });
    if (!changed) throw new CartNotFound(cartId);
    return changed;
  }

  /** A cart that is there already, when the caller may use it. @throws CartNotFound | Forbidden */
  async admit(caller: CartCaller, cart: Cart): Promise<Cart> {
    const access = accessTo(cart, caller, caller.kind === 'shopper' || (await this.ownerLives(cart)));
    if (access === 'not-found') throw new CartNotFound(cart.id);
    if (access === 'forbidden')
      throw new Forbidden('This cart asks for the session-id that it was made with');
    if (access === 'granted' || caller.kind !== 'shopper') return cart;
    const moved = await this.handOver(caller.session, cart.id);
    if (!moved) throw new CartNotFound(cart.id);
    return moved;
  }

  /**
   * The context names this cart from now on, unless it names another open one. The first cart makes the
   * context; a crash between the two writes is made good here, by the next use of the cart.
   */
  async adopt(session: Session, cart: Cart): Promise<void> {
    const named = session.context?.cartId?.value;
    if (named === cart.id) return;
    const used = named === undefined ? undefined : await this.carts.find(session.tenant, named);
    if (used?.status !== 'OPEN') await this.contexts.useCart(session, cart.id, named);
  }

  /** The cart of the session becomes its customer's, and takes the slot of an older one (E-25). */
  handOver(session: Session, cartId: string): Promise<Cart | undefined> {
    const now = this.clock.now();
    const owner = ownerOf(session);
    return this.carts.change(session.tenant, cartId, (current) => {
      const left = owner.kind === 'customer' && isOfSession(current, session.sessionId);
      return left ? revised(ownedBy(current, owner), now) : current;
    });
  }

  /** No context names it any more (W-55): not that of its session, nor of its customer's other devices. */
  async release({ tenant, id, owner, sessionId }: Cart): Promise<void> {
    const ids = owner.kind === 'customer' ? await this.sessions.idsOfCustomer(tenant, owner.customerId) : [];
    const users = new Set(sessionId === undefined ? ids : [...ids, sessionId]);
    await Promise.all([...users].map((user) => this.forget(tenant, user, id)));
  }

  private async forget(tenant: string, sessionId: string, cartId: string): Promise<void> {
    const session = await this.contexts.findSession({ tenant, sessionId });
    if (session?.context?.cartId?.value === cartId) await this.contexts.forgetCart(session, cartId);
  }

  private async ownerLives({ tenant, owner }: Cart): Promise<boolean> {
    if (owner.kind === 'customer') return true;
    return (await this.contexts.findSession({ tenant, sessionId: owner.sessionId })) !== undefined;
  }
}
