import { Injectable } from '@nestjs/common';
import {
  ContextService,
  type ContextValues,
  revised,
  type Session,
  type SessionContext,
  SessionNotFound,
  SessionRepository,
  sourcedValues,
} from '../session/index.js';
import { ownerOf } from './cart-access.rules.js';
import { CartRepository } from './cart.repository.js';
import { sameOwner } from './cart.rules.js';
import type { Cart } from './cart.types.js';

/** Keeps the contexts of sessions in step with carts. */
@Injectable()
export class CartContextService {
  constructor(
    private readonly carts: CartRepository,
    private readonly contexts: ContextService,
    private readonly sessions: SessionRepository,
  ) {}

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

  /** Where the context names the one cart, it names the other, and prices are seen in that one's currency. */
  replace(session: Session, fromId: string, { id, currency }: Cart): Promise<void> {
    return this.change(session, fromId, { cartId: id, currency });
  }

  /** Where the context names this cart, its values are the cart's (W-54). */
  follow(session: Session, { id, siteCode, currency }: Cart, language?: string): Promise<void> {
    return this.change(session, id, { siteCode, currency, ...(language !== undefined && { language }) });
  }

  /**
   * Before a cart is closed, or becomes somebody else's: no context names it any more (W-55), neither that of its
   * session nor those of its customer's other devices. Those that may use the successor name that one.
   */
  async release({ tenant, id, owner, sessionId }: Cart, successor?: Cart): Promise<void> {
    const ids = owner.kind === 'customer' ? await this.sessions.idsOfCustomer(tenant, owner.customerId) : [];
    const users = new Set(sessionId === undefined ? ids : [...ids, sessionId]);
    await Promise.all([...users].map((user) => this.leave(tenant, user, id, successor)));
  }

  /** Of a context that names this cart; one version later, unless the values are what it has. */
  private async change(session: Session, cartId: string, values: ContextValues): Promise<void> {
    try {
      await this.contexts.change(session, (current, now) => {
        if (current.context.cartId?.value !== cartId) return current;
        const changes = sourcedValues(differing(current.context, values), { source: 'cart', now });
        return Object.keys(changes).length === 0 ? current : revised(current, changes, now);
      });
    } catch (error) {
      // It has no context, or ended meanwhile: nothing names the cart.
      if (!(error instanceof SessionNotFound)) throw error;
    }
  }

  private async leave(tenant: string, sessionId: string, cartId: string, successor?: Cart): Promise<void> {
    const session = await this.contexts.findSession({ tenant, sessionId });
    if (session?.context?.cartId?.value !== cartId) return;
    if (successor && sameOwner(ownerOf(session), successor.owner)) {
      await this.replace(session, cartId, successor);
    } else {
      await this.contexts.forgetCart(session, cartId);
    }
  }
}

function differing(context: SessionContext, values: ContextValues): ContextValues {
  const names = ['siteCode', 'currency', 'language', 'cartId'] as const;
  const different = names.filter((name) => context[name]?.value !== values[name]);
  return Object.fromEntries(different.map((name) => [name, values[name]]));
}
