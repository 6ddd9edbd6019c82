import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { TenantService } from '../../tenant/index.js';
import { anonymousSession } from '../new-session.rules.js';
import { SessionNotFound } from '../session.errors.js';
import { SessionRepository } from '../session.repository.js';
import type { ChangedBy, Session, SessionContext, SessionKey } from '../session.types.js';
import { lifetimeFrom, stateOf } from '../tokens/lifetime.rules.js';
import { attachCart, detachCart, hasContext, withFirstContext } from './context.rules.js';
import { DefaultValuesService } from './default-values.service.js';

export type SessionWithContext = Session & { readonly context: SessionContext };

/** Finds and changes the context of a session. The context is made with the first cart. */
@Injectable()
export class ContextService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly initial: DefaultValuesService,
    private readonly tenants: TenantService,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined if the session has ended, is dormant or does not exist */
  async findSession(key: SessionKey): Promise<Session | undefined> {
    const now = this.clock.now();
    const session = await this.sessions.find(key, now);
    return session && stateOf(session, now) === 'alive' ? session : undefined;
  }

  /** @throws SessionNotFound if the session is not alive or has no context */
  async read(key: SessionKey): Promise<SessionWithContext> {
    const session = await this.findSession(key);
    if (!session || !hasContext(session)) throw new SessionNotFound(key.sessionId);
    return session;
  }

  /**
   * Changes the context of a session that is alive, in one atomic write. `decide` must be pure, because it may run
   * again.
   * @param by for the history
   * @throws SessionNotFound if the session is not alive or has no context; also whatever `decide` throws
   */
  async change(
    key: SessionKey,
    by: ChangedBy,
    decide: (session: SessionWithContext, now: Date) => SessionWithContext,
  ): Promise<SessionWithContext> {
    const now = this.clock.now();
    const changed = await this.sessions.change(key, now, (session) => {
      if (stateOf(session, now) !== 'alive' || !hasContext(session)) throw new SessionNotFound(key.sessionId);
      const next = decide(session, now);
      return { next, result: next, by };
    });
    if (!changed) throw new SessionNotFound(key.sessionId);
    return changed.result;
  }

  /**
   * Writes the cart into the context of the session. The first cart makes the context in the same write. However many
   * calls run in parallel, one context is made, and its first cart stays (E-12, E-40).
   * @param instead a cart that is no longer open and may be replaced; any other cart stays
   */
  async useCart(session: Session, cartId: string, instead?: string): Promise<void> {
    const current = session.context?.cartId?.value;
    if (session.context && current !== undefined && current !== instead) return;
    const valuesOf = session.context ? undefined : await this.initial.lookUp(session);
    const now = this.clock.now();
    const by = { kind: 'cart', id: cartId } as const;
    const changed = await this.sessions.change(session, now, (stored) => {
      if (hasContext(stored))
        return { next: attachCart(stored, cartId, now, instead), result: undefined, by };
      // A login happened in between: look the values up again, for the customer.
      if (!valuesOf || stored.epoch !== session.epoch) return { next: stored, result: stored };
      const first = withFirstContext(stored, valuesOf(stored), now);
      const context = { ...first.context, cartId: { value: cartId, source: 'cart', at: now } as const };
      return { next: { ...first, context }, result: undefined, by };
    });
    if (changed?.result) await this.useCart(changed.result, cartId, instead);
  }

  /** Removes a cart that is gone or closed from the context, which itself stays (W-55). */
  async forgetCart(key: SessionKey, cartId: string): Promise<void> {
    const now = this.clock.now();
    await this.sessions.change(key, now, (stored) => ({
      next: detachCart(stored, cartId, now),
      result: undefined,
      by: { kind: 'cart', id: cartId },
    }));
  }

  /**
   * Makes the context of a session that has none. If the session does not exist, makes it too, under the id that a
   * backend chose (W-29). Such a session has no tokens and lives as long as an anonymous one.
   * @returns false if a context already exists or the session is dormant; nothing was written
   */
  async make(
    key: SessionKey,
    clientId: string,
    decide: (session: SessionWithContext, now: Date) => SessionWithContext,
  ): Promise<boolean> {
    const now = this.clock.now();
    const by = { kind: 'employee', id: clientId } as const;
    const existing = await this.sessions.find(key, now);
    const session = existing ?? (await this.withoutTokens(key, clientId, now));
    const valuesOf = await this.initial.lookUp(session);
    const first = (stored: Session): SessionWithContext =>
      decide(withFirstContext(stored, valuesOf(stored), now), now);
    if (!existing) return this.sessions.create(first(session), now, by);
    const changed = await this.sessions.change(existing, now, (stored) => {
      if (hasContext(stored) || stateOf(stored, now) !== 'alive') return { next: stored, result: false };
      return { next: first(stored), result: true, by };
    });
    return changed?.result ?? false;
  }

  private async withoutTokens(key: SessionKey, clientId: string, now: Date): Promise<Session> {
    const clocks = await this.tenants.anonymousLifetime(key.tenant);
    const lifetime = lifetimeFrom(now, { ...clocks, dormantSeconds: 0 });
    return anonymousSession({ ...key, clientId, epoch: randomUUID(), lifetime }, now);
  }
}
