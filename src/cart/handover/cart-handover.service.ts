import { Injectable, Logger } from '@nestjs/common';
import type { Session } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput, TooLarge, Unavailable } from '../../shared/domain-error.js';
import { type CartAtLogin, TenantService } from '../../tenant/index.js';
import { isOfSession, ownerOf } from '../caller/cart-owner.rules.js';
import { CartNotFound } from '../cart.errors.js';
import { CartRepository, type TakenSlot } from '../cart.repository.js';
import { closed, ownedBy, revised, sameSlot } from '../cart.rules.js';
import type { Cart } from '../cart.types.js';
import { CartContextService } from './cart-context.service.js';
import { CartMergeService } from './cart-merge.service.js';
import { LoginCartFailures } from './login-cart-failures.js';

/** Attempts after the first are needed when another login or device was faster. */
const MOST_ATTEMPTS = 200;

/** Makes a session's cart its customer's, in the way that the tenant chose (E-25). */
@Injectable()
export class CartHandoverService {
  private readonly log = new Logger(CartHandoverService.name);

  constructor(
    private readonly carts: CartRepository,
    private readonly merges: CartMergeService,
    private readonly contexts: CartContextService,
    private readonly tenants: TenantService,
    private readonly failures: LoginCartFailures,
    private readonly clock: Clock,
  ) {}

  /** @returns the cart as it is then, perhaps closed; undefined when there is no such cart */
  async hand(session: Session, cartId: string): Promise<Cart | undefined> {
    const mode = await this.tenants.cartAtLogin(session.tenant);
    if (mode === 'keep') return this.handOver(session, cartId);
    if (mode === 'useSession') return this.insteadOfExisting(session, cartId);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const moved = await this.carts.moveIfFree(session.tenant, cartId, (cart) =>
        this.handedOver(cart, session),
      );
      if (moved !== 'slot-taken') return moved;
      const done = await this.besideExisting(session, cartId, mode);
      if (done !== 'again') return done;
    }
    throw new Unavailable('The carts of this customer keep changing; try again');
  }

  /** Closes the customer's older cart last, so that the customer has an open cart at every moment. */
  private async insteadOfExisting(session: Session, cartId: string): Promise<Cart | undefined> {
    const taken = await this.takeSlot(session, cartId);
    if (taken?.displacedId !== undefined) await this.close(taken.displacedId, taken.cart);
    return taken?.cart;
  }

  private async besideExisting(
    session: Session,
    cartId: string,
    mode: Extract<CartAtLogin, 'merge' | 'useExisting'>,
  ): Promise<Cart | undefined | 'again'> {
    const cart = await this.carts.find(session.tenant, cartId);
    const existing = cart && (await this.carts.findOpen({ ...cart, owner: ownerOf(session) }));
    if (!cart || !existing) return 'again';
    if (mode === 'merge') return this.mergeInto(existing, cart, session);
    await this.contexts.replace(session, cartId, existing);
    return cart;
  }

  /** Merges the cart into the older one. If that is impossible, both carts are kept. */
  private async mergeInto(existing: Cart, cart: Cart, session: Session): Promise<Cart | undefined | 'again'> {
    try {
      await this.merges.merge(existing, [cart], session);
      return await this.carts.find(cart.tenant, cart.id);
    } catch (error) {
      if (error instanceof CartNotFound) return 'again';
      if (!(error instanceof InvalidInput || error instanceof TooLarge)) throw error;
      this.failed(error);
      return this.handOver(session, cart.id);
    }
  }

  /** Gives the cart the slot of an older one, which stays readable by its id. */
  private async handOver(session: Session, cartId: string): Promise<Cart | undefined> {
    return (await this.takeSlot(session, cartId))?.cart;
  }

  private takeSlot(session: Session, cartId: string): Promise<TakenSlot | undefined> {
    return this.carts.takeSlot(session.tenant, cartId, (cart) => this.handedOver(cart, session));
  }

  private handedOver(cart: Cart, session: Session): Cart {
    const owner = ownerOf(session);
    const left = owner.kind === 'customer' && isOfSession(cart, session.sessionId) && cart.status === 'OPEN';
    return left ? revised(ownedBy(cart, owner), this.clock.now()) : cart;
  }

  /** Closes the cart, unless it has moved to another slot by now. */
  private async close(cartId: string, successor: Cart): Promise<void> {
    const now = this.clock.now();
    const isReplaced = (cart: Cart) => cart.status === 'OPEN' && sameSlot(cart, successor);
    const existing = await this.carts.find(successor.tenant, cartId);
    if (!existing || !isReplaced(existing)) return;
    await this.contexts.release(existing, successor);
    await this.carts.change(existing.tenant, cartId, (cart) => (isReplaced(cart) ? closed(cart, now) : cart));
  }

  private failed(error: unknown): void {
    this.failures.count();
    this.log.warn(
      { err: error },
      'A session’s cart could not be merged into its customer’s cart: both are kept',
    );
  }
}
