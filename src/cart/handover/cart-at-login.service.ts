import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import type { Session } from '../../session/index.js';
import { ownerOf } from '../caller/cart-owner.rules.js';
import { CartRepository } from '../cart.repository.js';
import type { Cart } from '../cart.types.js';
import { CartHandoverService } from './cart-handover.service.js';
import { LoginCartFailures } from './login-cart-failures.js';

/** What the session has in its carts is the customer's after a login, as far as there is room for it (E-25). */
@Injectable()
export class CartAtLoginService {
  private readonly log = new Logger(CartAtLoginService.name);

  constructor(
    private readonly carts: CartRepository,
    private readonly handover: CartHandoverService,
    private readonly failures: LoginCartFailures,
    private readonly config: Config,
  ) {}

  /**
   * All carts of a session that is a customer's by now. It never fails the login: a cart that is left behind is
   * brought when it is next used or searched for, or reviewed.
   */
  async becomeCustomers(session: Session): Promise<void> {
    const { tenant, sessionId } = session;
    try {
      const owner = { kind: 'session', sessionId } as const;
      const open = await this.carts.listOpen(tenant, owner, this.config.MAX_OPEN_CARTS);
      const named = session.context?.cartId?.value;
      // The cart in use comes first; one after the other, so that no more come than there is room for.
      const ids = new Set([...(named === undefined ? [] : [named]), ...open.map(({ id }) => id)]);
      for (const id of ids) await this.bring(session, id).catch((error: unknown) => this.failed(error));
    } catch (error) {
      this.failed(error);
    }
  }

  /**
   * One cart of a session that is a customer's by now. It stays the session's if the customer has as many open carts as
   * one may have; the cart in use always comes.
   * @returns that cart as it is then; it may be closed
   */
  async bring(session: Session, cartId: string): Promise<Cart | undefined> {
    const left = await this.withoutRoom(session, cartId);
    if (left) return left;
    return this.handover.hand(session, cartId);
  }

  /** @returns the cart that there is no room for */
  private async withoutRoom(session: Session, cartId: string): Promise<Cart | undefined> {
    if (session.context?.cartId?.value === cartId) return undefined;
    const { tenant } = session;
    const owner = ownerOf(session);
    const most = this.config.MAX_OPEN_CARTS;
    if ((await this.carts.listOpen(tenant, owner, most)).length < most) return undefined;
    const cart = await this.carts.find(tenant, cartId);
    // One that takes the place of another takes no more room.
    return cart && !(await this.carts.findOpen({ ...cart, owner })) ? cart : undefined;
  }

  private failed(error: unknown): void {
    this.failures.count();
    this.log.warn({ err: error }, 'A cart of a session was not brought to its customer at the login');
  }
}
