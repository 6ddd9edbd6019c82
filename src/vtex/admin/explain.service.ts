import { Injectable } from '@nestjs/common';
import { type Cart, CartRepository } from '../../cart/index.js';
import { type Session, type SessionKey, SessionNotFound, SessionRepository } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { TenantService } from '../../tenant/index.js';
import { type PlannedSession, SessionCycle } from '../cycle/session-cycle.service.js';
import type { Asked } from '../values/app.types.js';
import { SessionFactsService } from '../values/session-facts.service.js';
import { type ShownValues, shownValues } from '../values/session-values.rules.js';

export interface Explanation {
  readonly values: ShownValues;
  /** The cart that the context names. It may be at another site and in another currency than the context. */
  readonly cart?: Cart;
}

/** Explains to employees where the values of a session come from, and what a change would do. Changes nothing. */
@Injectable()
export class ExplainService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly bases: SessionFactsService,
    private readonly cycles: SessionCycle,
    private readonly tenants: TenantService,
    private readonly carts: CartRepository,
    private readonly clock: Clock,
  ) {}

  /** Explains a session that is stored, as `of` does. @throws SessionNotFound */
  async explain(key: SessionKey): Promise<Explanation> {
    return this.of(await this.find(key));
  }

  /** Explains the session as stored. For what apps would make of changes, use `dryRun`. */
  async of(session: Session): Promise<Explanation> {
    const cartId = session.context?.cartId?.value;
    const [basis, cart] = await Promise.all([
      this.bases.of(session),
      cartId === undefined ? undefined : this.carts.find(session.tenant, cartId),
    ]);
    return { values: shownValues(session, basis), ...(cart && { cart }) };
  }

  /** @throws SessionNotFound @throws whatever the change itself would throw */
  async dryRun(key: SessionKey, asked: Asked): Promise<PlannedSession> {
    const session = await this.find(key);
    const settings = (await this.tenants.vtexSettings(key.tenant)) ?? {};
    const change = { asked, cookies: new Map(), complete: false, retry: true, settings };
    const planned = await this.cycles.plan(session, change);
    // Throws if the values exceed a limit.
    planned.outcome();
    return planned;
  }

  private async find(key: SessionKey): Promise<Session> {
    const session = await this.sessions.find(key, this.clock.now());
    if (!session) throw new SessionNotFound(key.sessionId);
    return session;
  }
}
