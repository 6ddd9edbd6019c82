import { Injectable } from '@nestjs/common';
import {
  ContextService,
  type ContextValues,
  revised,
  type Session,
  type SessionContext,
  type SessionKey,
  SessionNotFound,
  SessionRepository,
  type SessionWithContext,
  sourcedValues,
} from '../../session/index.js';
import { ownerOf } from '../caller/cart-owner.rules.js';
import { CartRepository } from '../cart.repository.js';
import { sameOwner } from '../cart.rules.js';
import type { Cart } from '../cart.types.js';

/** Keeps session contexts in step with carts. */
@Injectable()
export class CartContextService {
  constructor(
    private readonly carts: CartRepository,
    private readonly contexts: ContextService,
    private readonly sessions: SessionRepository,
  ) {}

  /**
   * Makes the context name this cart, unless it names another open cart. If the context has moved to another site, the
   * cart of that site replaces the named one, which stays open (F-06); likewise after a change of the legal entity that
   * the session acts for. The first cart also creates the context; if a
   * crash prevented that, the next use of the cart does it here.
   */
  async adopt(session: Session, cart: Cart): Promise<void> {
    const { tenant, context } = session;
    const named = context?.cartId?.value;
    if (named === cart.id) return;
    const used = named === undefined ? undefined : await this.carts.find(tenant, named);
    const isElsewhere =
      used?.siteCode !== context?.siteCode.value && cart.siteCode === context?.siteCode.value;
    const isForAnother =
      used?.legalEntityId !== session.legalEntityId && cart.legalEntityId === session.legalEntityId;
    if (used?.status !== 'OPEN' || isElsewhere || isForAnother)
      await this.contexts.useCart(session, cart.id, named);
  }

  /** Replaces one cart by another in a context that names the first. At its site, the currency follows the new cart. */
  replace(session: Session, fromId: string, { id, siteCode, currency }: Cart): Promise<void> {
    return this.change(session, fromId, ({ context }) => ({
      cartId: id,
      ...(context.siteCode.value === siteCode && { currency }),
    }));
  }

  /**
   * Has the context name the open cart of the legal entity that the session acts for now. If there is none, it names
   * none: a shopper must not go on filling the cart of another company.
   */
  async followLegalEntity(key: SessionKey): Promise<void> {
    const session = await this.contexts.findSession(key);
    if (!session?.context) return;
    const { tenant, context, legalEntityId } = session;
    const named = context.cartId?.value;
    const used = named === undefined ? undefined : await this.carts.find(tenant, named);
    if (used?.legalEntityId === legalEntityId && used?.status === 'OPEN') return;
    const slot = {
      tenant,
      owner: ownerOf(session),
      siteCode: context.siteCode.value,
      ...(used?.type !== undefined && { type: used.type }),
      ...(legalEntityId !== undefined && { legalEntityId }),
    };
    const next = await this.carts.findOpen(slot);
    if (next && named !== undefined) await this.replace(session, named, next);
    else if (next) await this.contexts.useCart(session, next.id);
    else if (named !== undefined) await this.contexts.forgetCart(session, named);
  }

  /** Copies the cart's site and currency into a context that names the cart (W-54). */
  follow(session: Session, { id, siteCode, currency }: Cart, language?: string): Promise<void> {
    const values = { siteCode, currency, ...(language !== undefined && { language }) };
    return this.change(session, id, () => values);
  }

  /** Works as `follow` does, for every session that may use the cart (F-05). */
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
   * Removes the cart from every context that names it, before it is closed or changes hands (W-55): that of its session
   * and those of its customer's other devices. Contexts that may use the successor name that cart instead.
   */
  async release(cart: Cart, successor?: Cart): Promise<void> {
    const users = await this.usersOf(cart);
    await Promise.all(users.map((user) => this.leave(cart.tenant, user, cart.id, successor)));
  }

  /** Returns the session that the cart was created in, and all sessions of its customer. */
  private async usersOf({ tenant, owner, sessionId }: Cart): Promise<readonly string[]> {
    const ids = owner.kind === 'customer' ? await this.sessions.idsOfCustomer(tenant, owner.customerId) : [];
    return [...new Set(sessionId === undefined ? ids : [...ids, sessionId])];
  }

  /** Changes a context that names this cart. The version grows by one unless the values are the same. */
  private async change(
    session: Session,
    cartId: string,
    valuesFor: (current: SessionWithContext) => ContextValues,
  ): Promise<void> {
    try {
      await this.contexts.change(session, { kind: 'cart', id: cartId }, (current, now) => {
        if (current.context.cartId?.value !== cartId) return current;
        const changes = sourcedValues(differing(current.context, valuesFor(current)), {
          source: 'cart',
          now,
        });
        return Object.keys(changes).length === 0 ? current : revised(current, changes, now);
      });
    } catch (error) {
      // The session has no context or has ended, so nothing names the cart.
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
