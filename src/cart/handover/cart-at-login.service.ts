import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import type { Session, SessionKey } from '../../session/index.js';
import { ownerOf } from '../caller/cart-owner.rules.js';
import { CartRepository } from '../cart.repository.js';
import type { Cart } from '../cart.types.js';
import { CartContextService } from './cart-context.service.js';
import { CartHandoverService } from './cart-handover.service.js';
import { LoginCartFailures } from './login-cart-failures.js';

/** Gives the carts of a session to its customer at a login, as far as the customer's limit allows (E-25). */
@Injectable()
export class CartAtLoginService {
  private readonly log = new Logger(CartAtLoginService.name);

  constructor(
    private readonly carts: CartRepository,
    private readonly handover: CartHandoverService,
    private readonly inContext: CartContextService,
    private readonly failures: LoginCartFailures,
    private readonly config: Config,
  ) {}

  /**
   * Moves all carts of a session that now belongs to a customer. It never fails the login: a cart that is left behind
   * moves when it is next used, searched for or swept.
   */
  async becomeCustomers(session: Session): Promise<void> {
    const { tenant, sessionId } = session;
    try {
      const owner = { kind: 'session', sessionId } as const;
      const open = await this.carts.listOpen(tenant, owner, this.config.MAX_OPEN_CARTS);
      const named = session.context?.cartId?.value;
      // The cart in use comes first. One after the other, so that the limit on open carts holds.
      const ids = new Set([...(named === undefined ? [] : [named]), ...open.map(({ id }) => id)]);
      for (const id of ids) await this.bring(session, id).catch((error: unknown) => this.failed(error));
    } catch (error) {
      this.failed(error);
    }
  }

  /**
   * Moves one cart of a session that now belongs to a customer. The cart in use always moves. Any other cart stays with
   * the session if the customer already has the maximum number of open carts.
   * @returns the cart as it is then, perhaps closed; undefined when there is no such cart
   */
  async bring(session: Session, cartId: string): Promise<Cart | undefined> {
    const left = await this.withoutRoom(session, cartId);
    if (left) return left;
    return this.handover.hand(session, cartId);
  }

  /** Has the context name the open cart of the legal entity that the session acts for now, or none. */
  actFor(key: SessionKey): Promise<void> {
    return this.inContext.followLegalEntity(key);
  }

  /** @returns the cart if the customer has no room for it */
  private async withoutRoom(session: Session, cartId: string): Promise<Cart | undefined> {
    if (session.context?.cartId?.value === cartId) return undefined;
    const { tenant } = session;
    const owner = ownerOf(session);
    const most = this.config.MAX_OPEN_CARTS;
    if ((await this.carts.listOpen(tenant, owner, most)).length < most) return undefined;
    const cart = await this.carts.find(tenant, cartId);
    // A cart that replaces another open cart needs no extra room.
    return cart && !(await this.carts.findOpen({ ...cart, owner })) ? cart : undefined;
  }

  private failed(error: unknown): void {
    this.failures.count();
    this.log.warn({ err: error }, 'A cart could not be moved from the session to its customer at login');
  }
}
