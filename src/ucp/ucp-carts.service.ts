import { Injectable } from '@nestjs/common';
import { CartMoves, CartNotFound, CartService, changedQuantities } from '../cart/index.js';
import { AgentSessionService } from '../session/index.js';
import { Conflict } from '../shared/domain-error.js';
import { SiteAccess } from '../site-settings/index.js';
import { type AgentCart, AgentCarts, callerOf } from './agent-carts.service.js';
import { agentValues, placeOf } from './ucp-context.rules.js';
import { UcpLinesService } from './ucp-lines.service.js';
import type { PricedLines } from './ucp-lines.rules.js';
import { cartNotFound } from './ucp-messages.rules.js';
import { type ChosenPlace, placeFor } from './ucp-place.rules.js';
import type { Message, ShoppingAgent, WantedCart } from './ucp.types.js';

/** An agent that calls, from an IP address. */
export interface CallingAgent extends ShoppingAgent {
  readonly address: string;
}

/** A cart with what its agent should know, or only the latter if there is no cart. */
export interface Outcome {
  readonly found?: AgentCart;
  readonly messages: readonly Message[];
}

const NOT_FOUND: Outcome = { messages: [cartNotFound] };

/** The carts of shopping agents: each is the cart of a guest's session that the agent begins. */
@Injectable()
export class UcpCartsService {
  constructor(
    private readonly agentCarts: AgentCarts,
    private readonly sessions: AgentSessionService,
    private readonly carts: CartService,
    private readonly lines: UcpLinesService,
    private readonly moves: CartMoves,
    private readonly sites: SiteAccess,
  ) {}

  /**
   * Begins a session with a cart. If nothing of what is wanted can be sold, begins nothing.
   * @throws Conflict - no site of the tenant is open to guests
   */
  async create(tenant: string, agent: CallingAgent, wanted: WantedCart): Promise<Outcome> {
    const { place, messages } = await this.place(tenant, wanted);
    const priced = await this.lines.price(tenant, place, wanted.lines);
    if (isNothing(priced)) return { messages: [...messages, ...priced.messages] };
    const session = await this.sessions.begin(tenant, agent, agentValues(place, wanted));
    const caller = callerOf(session, agent.address);
    const { siteCode, currency } = place;
    const channel = { name: 'ucp', source: agent.profile };
    const { id } = await this.carts.create(caller, { siteCode, currency, channel });
    return this.filled(tenant, agent, id, priced, messages);
  }

  async read(tenant: string, agent: CallingAgent, cartId: string): Promise<Outcome> {
    const found = await this.agentCarts.find(tenant, cartId, agent);
    return found ? { found, messages: [] } : NOT_FOUND;
  }

  /** Replaces what is in the cart. If nothing of what is wanted can be sold, the cart stays as it is. */
  async update(tenant: string, agent: CallingAgent, cartId: string, wanted: WantedCart): Promise<Outcome> {
    const found = await this.agentCarts.find(tenant, cartId, agent);
    if (!found) return NOT_FOUND;
    const { place, messages } = await this.place(tenant, wanted, found);
    const priced = await this.lines.price(tenant, place, wanted.lines);
    const told = [...messages, ...priced.messages];
    if (isNothing(priced)) return { found, messages: told };
    return orNotFound(async () => {
      const isElsewhere = place.siteCode !== found.cart.siteCode || place.currency !== found.cart.currency;
      if (isElsewhere) {
        // Lines that stay for now may have no price there.
        await this.lines.empty(found.caller, cartId);
        await this.moves.move(found.session, place);
      }
      await this.sessions.change(found.session, agent, agentValues(place, wanted), []);
      return this.filled(tenant, agent, cartId, priced, messages, found);
    });
  }

  /** Removes the cart and ends its session. @returns the cart as it was */
  async cancel(tenant: string, agent: CallingAgent, cartId: string): Promise<Outcome> {
    const found = await this.agentCarts.find(tenant, cartId, agent);
    if (!found) return NOT_FOUND;
    await orNotFound(async () => {
      await this.carts.remove(found.caller, cartId);
      return NOT_FOUND;
    });
    await this.sessions.end(found.session);
    return { found, messages: [] };
  }

  private async place(tenant: string, wanted: WantedCart, present?: AgentCart): Promise<ChosenPlace> {
    const now = present && placeOf(present.session.context);
    const chosen = placeFor(await this.sites.known(tenant), wanted.context ?? {}, now);
    if (!chosen) throw new Conflict('The tenant has no site that is open to guests');
    return chosen;
  }

  /** @param before the cart with its lines before the change */
  private async filled(
    tenant: string,
    agent: CallingAgent,
    cartId: string,
    priced: PricedLines,
    messages: readonly Message[],
    before?: AgentCart,
  ): Promise<Outcome> {
    const current = await this.agentCarts.find(tenant, cartId, agent);
    if (!current) return NOT_FOUND;
    const replaced = await this.lines.replace(current.caller, cartId, priced);
    const noted = changedQuantities(before?.cart, replaced.cart);
    const session = await this.sessions.change(
      current.session,
      agent,
      { context: {}, attributes: new Map() },
      noted,
    );
    if (!session) return NOT_FOUND;
    const found = { cart: replaced.cart, session, caller: callerOf(session, agent.address) };
    return { found, messages: [...messages, ...priced.messages, ...replaced.messages] };
  }
}

/** Tells that lines are wanted, of which none can be sold. */
const isNothing = ({ entries, messages }: PricedLines): boolean =>
  entries.length === 0 && messages.length > 0;

/** The shopper may take the cart over, or another call may cancel it, at any time. */
async function orNotFound(act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof CartNotFound) return NOT_FOUND;
    throw error;
  }
}
