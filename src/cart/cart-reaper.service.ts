import { Injectable } from '@nestjs/common';
import { SessionRepository } from '../session/index.js';
import { CartAccessService } from './cart-access.service.js';
import { CartRepository } from './cart.repository.js';
import type { Cart } from './cart.types.js';

const BATCH = 100;

/** Erases the carts of anonymous sessions that are gone. Run it as often as you like. */
@Injectable()
export class CartReaper {
  constructor(
    private readonly carts: CartRepository,
    private readonly sessions: SessionRepository,
    private readonly access: CartAccessService,
  ) {}

  /** @returns how many carts were erased */
  async sweep(now: Date): Promise<number> {
    let erased = 0;
    for (;;) {
      const due = await this.carts.dueForReview(now, BATCH);
      for (const cart of due) erased += (await this.review(cart, now)) ? 1 : 0;
      if (due.length < BATCH) return erased;
    }
  }

  /** @returns whether it was erased; otherwise it is not due any more */
  private async review({ tenant, id, owner }: Cart, now: Date): Promise<boolean> {
    const session =
      owner.kind === 'session' && (await this.sessions.find({ tenant, sessionId: owner.sessionId }, now));
    if (session === undefined) return this.carts.remove(tenant, id);
    // A login did not move it: now it is the customer's.
    if (session && session.customerId !== undefined) await this.access.handOver(session, id);
    const goneAt = session ? session.lifetime?.goneAt : undefined;
    await this.carts.change(tenant, id, (cart) => reviewedAt(cart, goneAt));
    return false;
  }
}

function reviewedAt(cart: Cart, reviewAt: Date | undefined): Cart {
  const { reviewAt: _past, ...kept } = cart;
  return reviewAt === undefined ? kept : { ...kept, reviewAt };
}
