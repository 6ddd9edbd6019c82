import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.schema.js';
import { Clock, secondsAfter, secondsUntil } from '../shared/clock.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { newSessionId } from '../shared/ids.js';
import { TenantService } from '../tenant/index.js';
import { hasContext, revised } from './context.rules.js';
import { lifetimeFrom } from './lifetime.rules.js';
import { anonymousSession, VTEX_CLIENT } from './new-session.rules.js';
import { firstRefreshToken, furtherRefreshToken } from './refresh.rules.js';
import { hashRefreshSecret, newRefreshSecret } from './refresh-token.js';
import { SessionRepository } from './session.repository.js';
import { type SessionTokens, SessionTokenService } from './session-tokens.js';
import type { AskedValues, Session, SessionKey } from './session.types.js';

export type CustomerSession = Session & { readonly customerId: string };

/** The life of a session: begun, taken over by a customer, ended. Refreshes are in `session-refresh.service.ts`. */
@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly tenants: TenantService,
    private readonly tokens: SessionTokenService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** An anonymous session; it has no context yet (E-11). */
  async begin(tenant: string, clientId: string, asked: AskedValues): Promise<SessionTokens> {
    const now = this.clock.now();
    const lifetime = lifetimeFrom(now, await this.tenants.anonymousLifetime(tenant));
    const secret = newRefreshSecret();
    const window = secondsUntil(lifetime.goneAt, now);
    const refreshTokens = firstRefreshToken(hashRefreshSecret(secret), now, window);
    const key = { tenant, sessionId: newSessionId() };
    const session = anonymousSession(
      { ...key, clientId, epoch: randomUUID(), lifetime, refreshTokens, asked },
      now,
    );
    await this.sessions.create(session, now);
    return this.tokens.of(session, { secret, expiresAt: lifetime.goneAt });
  }

  /**
   * Tokens for an anonymous session that was begun by cookie, or is used by one (D-22).
   * @returns undefined when it is none of the kind: a customer's, another client's, or gone
   */
  async goOn(key: SessionKey, clientId: string, asked: AskedValues): Promise<SessionTokens | undefined> {
    const now = this.clock.now();
    const clocks = await this.tenants.anonymousLifetime(key.tenant);
    const secret = newRefreshSecret();
    const window = clocks.lifetimeSeconds + clocks.dormantSeconds;
    const changed = await this.sessions.change(key, now, (current) => {
      const usable = current.kind === 'anonymous' && [VTEX_CLIENT, clientId].includes(current.clientId);
      if (!usable) return { next: current, result: undefined };
      const next: Session = {
        ...current,
        clientId,
        lifetime: lifetimeFrom(now, clocks, current.vtex?.heldUntil),
        refreshTokens: furtherRefreshToken(current.refreshTokens, hashRefreshSecret(secret), now, window),
        asked: { ...current.asked, ...asked },
      };
      return { next, result: next };
    });
    const session = changed?.result;
    return session && this.tokens.of(session, { secret, expiresAt: secondsAfter(now, window) });
  }

  /**
   * The anonymous session becomes a customer's: same id, same context; its tokens of before open nothing
   * any more (E-19, E-22, E-23, D-13).
   * @throws Unauthenticated - it is not that anonymous session any more: another login was faster
   */
  async becomeCustomers(
    anonymous: Session,
    customerId: string,
  ): Promise<{ readonly session: CustomerSession; readonly tokens: SessionTokens }> {
    const now = this.clock.now();
    const secret = newRefreshSecret();
    const epoch = randomUUID();
    const window = this.config.CUSTOMER_REFRESH_SECONDS;
    const refreshTokens = firstRefreshToken(hashRefreshSecret(secret), now, window);
    const changed = await this.sessions.change(anonymous, now, (current) => {
      if (current.epoch !== anonymous.epoch) throw new Unauthenticated();
      const next = { ...taken(current, customerId, now), epoch, refreshTokens };
      return { next, result: next };
    });
    if (!changed) throw new Unauthenticated();
    const session = changed.result;
    const expiresAt = secondsAfter(now, window);
    return { session, tokens: await this.tokens.of(session, { secret, expiresAt }) };
  }

  /** Its tokens are refused and its context is gone at once, on every instance (E-35). */
  end(key: SessionKey): Promise<void> {
    return this.sessions.remove(key);
  }

  /** Ends the sessions of a customer on all devices but this one. */
  async endOthersOf(tenant: string, customerId: string, kept?: string): Promise<void> {
    const ids = await this.sessions.idsOfCustomer(tenant, customerId);
    const others = ids.filter((sessionId) => sessionId !== kept);
    await Promise.all(others.map((sessionId) => this.sessions.remove({ tenant, sessionId })));
  }
}

function taken(current: Session, customerId: string, now: Date): CustomerSession {
  const { lifetime: _none, ...session } = current;
  const customers = { ...session, kind: 'customer', customerId } as const;
  if (!hasContext(customers)) return customers;
  const sourced = { value: customerId, source: 'login', at: now } as const;
  return { ...customers, ...revised(customers, { customerId: sourced }, now), customerId };
}
