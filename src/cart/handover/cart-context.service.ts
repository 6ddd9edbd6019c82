import { Injectable } from '@nestjs/common';
import {
  ContextService,
  type ContextValues,
  revised,
  type Session,
  type SessionContext,
  SessionNotFound,
  SessionRepository,
  type SessionWithContext,
  sourcedValues,
} from '../../session/index.js';
import { ownerOf } from '../caller/cart-owner.rules.js';
import { CartRepository } from '../cart.repository.js';
import { sameOwner } from '../cart.rules.js';
import type { Cart } from '../cart.types.js';

/** Keeps the contexts of sessions in step with carts. */
@Injectable()
export class CartContextService {
  constructor(
    private readonly carts: CartRepository,
    private readonly contexts: ContextService,
    private readonly sessions: SessionRepository,
  ) {}

  /**
   * The context names this cart from now on, unless it names another open one. Where it has gone to another site since,
   * the cart of that site takes the place of the one that it names, which stays open (F-06). The first cart makes the
   * context; a crash between the two writes is made good here, by the next use of the cart.
   */
  async adopt(session: Session, cart: Cart): Promise<void> {
    const { tenant, context } = session;
    const named = context?.cartId?.value;
    if (named === cart.id) return;
    const used = named === undefined ? undefined : await this.carts.find(tenant, named);
    const isElsewhere =
      used?.siteCode !== context?.siteCode.value && cart.siteCode === context?.siteCode.value;
    if (used?.status !== 'OPEN' || isElsewhere) await this.contexts.useCart(session, cart.id, named);
  }

  /** Where the context names the one cart, it names the other, and prices at its site are seen in that one's currency. */
  replace(session: Session, fromId: string, { id, siteCode, currency }: Cart): Promise<void> {
    return this.change(session, fromId, ({ context }) => ({
      cartId: id,
      ...(context.siteCode.value === siteCode && { currency }),
    }));
  }

  /** Where the context names this cart, its values are the cart's (W-54). */
  follow(session: Session, { id, siteCode, currency }: Cart, language?: string): Promise<void> {
    const values = { siteCode, currency, ...(language !== undefined && { language }) };
    return this.change(session, id, () => values);
  }

  /** The same, of every session that may use the cart (F-05). */
  async followAll(cart: Cart, language?: string): Promise<void> {
    const ids = await this.usersOf(cart);
    await Promise.all(
      ids.map(async (sessionId) => {
        const session = await this.contexts.findSession({ tenant: cart.tenant, sessionId });
        if (session && sameOwner(ownerOf(session), cart.owner)) await this.follow(session, cart, language);
      }),
    );
  }

  /**
   * Before a cart is closed, or becomes somebody else's: no context names it any more (W-55), neither that of its
   * session nor those of its customer's other devices. Those that may use the successor name that one.
   */
  async release(cart: Cart, successor?: Cart): Promise<void> {
    const users = await this.usersOf(cart);
    await Promise.all(users.map((user) => this.leave(cart.tenant, user, cart.id, successor)));
  }

  /** The session that it was made in, and those of its customer. */
  private async usersOf({ tenant, owner, sessionId }: Cart): Promise<readonly string[]> {
    const ids = owner.kind === 'customer' ? await this.sessions.idsOfCustomer(tenant, owner.customerId) : [];
    return [...new Set(sessionId === undefined ? ids : [...ids, sessionId])];
  }

  /** Of a context that names this cart; one version later, unless the values are what it has. */
  private async change(
    session: Session,
    cartId: string,
    valuesFor: (current: SessionWithContext) => ContextValues,
  ): Promise<void> {
    try {
      await this.contexts.change(session, (current, now) => {
        if (current.context.cartId?.value !== cartId) return current;
        const changes = sourcedValues(differing(current.context, valuesFor(current)), {
          source: 'cart',
          now,
        });
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
