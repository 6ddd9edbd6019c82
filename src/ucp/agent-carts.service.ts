import { Injectable } from '@nestjs/common';
import { type Cart, type CartCaller, CartRepository } from '../cart/index.js';
import { AgentSessionService, type SessionWithContext } from '../session/index.js';

/** The cart of an agent, with its session. */
export interface AgentCart {
  readonly cart: Cart;
  readonly session: SessionWithContext;
  /** Who uses the cart services: the guest, whose session it is. */
  readonly caller: CartCaller;
}

/** Finds the carts of agents. Those of everybody else look as if they did not exist. */
@Injectable()
export class AgentCarts {
  constructor(
    private readonly carts: CartRepository,
    private readonly sessions: AgentSessionService,
  ) {}

  /** @returns undefined if the cart is closed, not this client's, or no longer a guest's */
  async find(
    tenant: string,
    cartId: string,
    { clientId, address }: { readonly clientId: string; readonly address: string },
  ): Promise<AgentCart | undefined> {
    const cart = await this.carts.find(tenant, cartId);
    if (cart?.status !== 'OPEN' || cart.owner.kind !== 'session') return undefined;
    const session = await this.sessions.find({ tenant, sessionId: cart.owner.sessionId }, clientId);
    return session && { cart, session, caller: callerOf(session, address) };
  }
}

export const callerOf = (session: SessionWithContext, address: string): CartCaller => ({
  kind: 'shopper',
  tenant: session.tenant,
  scopes: [],
  address,
  session,
});
