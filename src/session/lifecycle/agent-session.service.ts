import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Agent } from '../../shared/acting-agent.js';
import { Clock } from '../../shared/clock.js';
import { newSessionId } from '../../shared/ids.js';
import { TenantService } from '../../tenant/index.js';
import { hasContext, withFirstContext } from '../context/context.rules.js';
import type { SessionWithContext } from '../context/context.service.js';
import { DefaultValuesService } from '../context/default-values.service.js';
import { agentsName } from '../history/agents-change.rules.js';
import { anonymousSession } from '../new-session.rules.js';
import { SessionRepository } from '../session.repository.js';
import type { FieldChange, SessionKey } from '../session.types.js';
import { lifetimeFrom, prolonged } from '../tokens/lifetime.rules.js';
import { type AgentValues, isAgents, withAgentValues } from './agent-session.rules.js';

/**
 * Sessions that a shopping agent begins for a guest. They have no tokens until a browser takes them over, and belong to
 * the agent's client until then.
 */
@Injectable()
export class AgentSessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly defaults: DefaultValuesService,
    private readonly tenants: TenantService,
    private readonly clock: Clock,
  ) {}

  /** Begins a session with a context. @throws Conflict if the tenant has no default site yet */
  async begin(tenant: string, agent: Agent, values: AgentValues): Promise<SessionWithContext> {
    const now = this.clock.now();
    const clocks = await this.tenants.anonymousLifetime(tenant);
    // Nothing wakes a session that has no tokens.
    const lifetime = lifetimeFrom(now, { ...clocks, dormantSeconds: 0 });
    const key = { tenant, sessionId: newSessionId() };
    const bare = anonymousSession({ ...key, clientId: agent.clientId, epoch: randomUUID(), lifetime }, now);
    const valuesOf = await this.defaults.lookUp(bare);
    const { context, ...first } = withFirstContext(bare, valuesOf(bare), now);
    const changed = withAgentValues({ ...first, context }, values, now);
    // However many values the agent names, they make one context.
    const session = { ...changed, context: { ...changed.context, version: 1 } };
    await this.sessions.create(session, now, agentsName(agent));
    return session;
  }

  /** @returns undefined if the session is not alive, not this client's, or no longer a guest's */
  async find(key: SessionKey, clientId: string): Promise<SessionWithContext | undefined> {
    const now = this.clock.now();
    const session = await this.sessions.find(key, now);
    return session && isAgents(session, clientId, now) && hasContext(session) ? session : undefined;
  }

  /**
   * Changes the context and notes changes of the cart, in one atomic write. The session then lives for another full
   * lifetime.
   * @returns undefined as `find` does
   */
  async change(
    key: SessionKey,
    agent: Agent,
    values: AgentValues,
    noted: readonly FieldChange[],
  ): Promise<SessionWithContext | undefined> {
    const now = this.clock.now();
    const clocks = { ...(await this.tenants.anonymousLifetime(key.tenant)), dormantSeconds: 0 };
    const changed = await this.sessions.change(key, now, (current) => {
      if (!isAgents(current, agent.clientId, now) || !hasContext(current))
        return { next: current, result: undefined };
      const lifetime = prolonged(current, clocks, now, current.lifetime?.goneAt);
      const next = { ...withAgentValues(current, values, now), lifetime };
      return { next, result: next, by: agentsName(agent), noted };
    });
    return changed?.result;
  }

  /**
   * Notes what an agent that acts with somebody's token changed in the cart of the session. Writes nothing if the context has
   * another cart.
   */
  async note(
    key: SessionKey & { readonly cartId: string },
    agent: Agent,
    noted: readonly FieldChange[],
  ): Promise<void> {
    await this.sessions.change(key, this.clock.now(), (current) => {
      const isItsCart = current.context?.cartId?.value === key.cartId;
      return { next: current, result: undefined, by: agentsName(agent), ...(isItsCart && { noted }) };
    });
  }

  /** Ends the session; its context and its links are gone at once. */
  end(key: SessionKey): Promise<void> {
    return this.sessions.remove(key, 'logout');
  }
}
