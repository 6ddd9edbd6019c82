import { Injectable } from '@nestjs/common';
import type { Session } from '../../session/index.js';
import type { CartTarget } from '../caller/cart-target.service.js';
import { CartRepository } from '../cart.repository.js';
import type { Cart, CartSlot } from '../cart.types.js';
import { CartAtLoginService } from './cart-at-login.service.js';
import { CartMergeService } from './cart-merge.service.js';

/**
 * Completes what a crash left half done: merges, and carts that a login did not move. Readers call it after they have
 * checked that the caller may see the cart, so checking access never writes.
 */
@Injectable()
export class CartRecovery {
  constructor(
    private readonly carts: CartRepository,
    private readonly merges: CartMergeService,
    private readonly logins: CartAtLoginService,
  ) {}

  /** @returns the cart with the lines of every merge that had begun. @throws CartNotFound - the cart was deleted */
  settle(cart: Cart): Promise<Cart> {
    return this.merges.finish(cart);
  }

  /**
   * Moves a cart of this session to its customer.
   * @returns undefined when it is no longer open
   */
  async moveToCustomer(session: Session, cartId: string): Promise<Cart | undefined> {
    const moved = await this.logins.bring(session, cartId);
    return moved?.status === 'OPEN' ? this.settle(moved) : undefined;
  }

  /** Moves the session's open cart in this slot to its customer, if a login left it behind. */
  async moveSlotToCustomer({ owner, session }: CartTarget, slot: CartSlot): Promise<void> {
    if (!session || owner.kind !== 'customer') return;
    const { sessionId } = session;
    const left = await this.carts.findOpen({ ...slot, owner: { kind: 'session', sessionId } });
    if (left) await this.logins.bring(session, left.id);
  }

  /** Moves all open carts of this session to its customer. Never throws: a cart left behind moves at its next use. */
  moveAllToCustomer(session: Session): Promise<void> {
    return this.logins.becomeCustomers(session);
  }
}
