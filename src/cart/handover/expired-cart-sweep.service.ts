import { Injectable } from '@nestjs/common';
import { SessionRepository } from '../../session/index.js';
import { CartRepository } from '../cart.repository.js';
import type { Cart } from '../cart.types.js';
import { CartRecovery } from './cart-recovery.service.js';

/** How many carts are reviewed at once. Their writes share one disk sync and leave room for shoppers' writes. */
const BATCH = 25;

/** A customer's session has no fixed end, so a cart that a login left in it is reviewed daily. */
const DAY_MS = 86_400_000;

/** Erases the carts of anonymous sessions that are gone, and merged carts. Safe to run at any time. */
@Injectable()
export class ExpiredCartSweep {
  constructor(
    private readonly carts: CartRepository,
    private readonly sessions: SessionRepository,
    private readonly recovery: CartRecovery,
  ) {}

  /** @returns how many carts were erased */
  async sweep(now: Date): Promise<number> {
    let erased = 0;
    for (;;) {
      const due = await this.carts.dueForReview(now, BATCH);
      const gone = await Promise.all(due.map((cart) => this.review(cart, now)));
      erased += gone.filter(Boolean).length;
      if (due.length < BATCH) return erased;
    }
  }

  /** @returns whether the cart was erased; if not, it is no longer due */
  private async review({ tenant, id, owner, mergedInto }: Cart, now: Date): Promise<boolean> {
    if (mergedInto) {
      // After a crash, the lines of this cart may still be incoming in the target.
      const target = await this.carts.find(tenant, mergedInto.cartId);
      if (target) await this.recovery.settle(target);
      return this.carts.remove(tenant, id);
    }
    const session =
      owner.kind === 'session' && (await this.sessions.find({ tenant, sessionId: owner.sessionId }, now));
    if (session === undefined) return this.carts.remove(tenant, id);
    // A login left the cart behind, so it moves to the customer now.
    if (session && session.customerId !== undefined) await this.recovery.moveToCustomer(session, id);
    const again = (session && session.lifetime?.goneAt) || new Date(now.getTime() + DAY_MS);
    await this.carts.change(tenant, id, (cart) =>
      reviewedAt(cart, cart.owner.kind === 'session' ? again : undefined),
    );
    return false;
  }
}

function reviewedAt(cart: Cart, reviewAt: Date | undefined): Cart {
  const { reviewAt: _past, ...kept } = cart;
  return reviewAt === undefined ? kept : { ...kept, reviewAt };
}
