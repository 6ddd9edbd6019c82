import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { NamedSession } from '../../auth/index.js';
import { Config } from '../../config/config.schema.js';
import type { KeptTokens } from '../../customer/index.js';
import type { EndCause } from '../../events/index.js';
import { Clock, secondsAfter, secondsUntil } from '../../shared/clock.js';
import { Unauthenticated } from '../../shared/domain-error.js';
import { newId, newSessionId } from '../../shared/ids.js';
import { TenantService } from '../../tenant/index.js';
import { hasContext, revised } from '../context/context.rules.js';
import { anonymousSession, VTEX_CLIENT } from '../new-session.rules.js';
import { SessionMeter } from '../session-meter.js';
import { SessionNotFound } from '../session.errors.js';
import { SessionRepository } from '../session.repository.js';
import type { RequestedValues, Session, SessionKey } from '../session.types.js';
import { lifetimeFrom, prolonged } from '../tokens/lifetime.rules.js';
import { hashRefreshSecret, newRefreshSecret } from '../tokens/refresh-token.js';
import { firstRefreshToken, furtherRefreshToken } from '../tokens/refresh.rules.js';
import { SessionTokenService, type TokenSet } from '../tokens/session-tokens.js';
import { isOfThisEpoch, withTokensOf } from '../tokens/token-epoch.rules.js';
import { isKnownTo, passedTo } from '../tokens/token-holder.rules.js';

export type CustomerSession = Session & { readonly customerId: string };

export interface CustomerLogin {
  readonly session: CustomerSession;
  readonly tokens: TokenSet;
  readonly saasToken: string;
}

/** Begins sessions, hands them over to customers and ends them. `session-refresh.service.ts` refreshes them. */
@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly tenants: TenantService,
    private readonly tokens: SessionTokenService,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly meter: SessionMeter,
  ) {}

  /** Begins an anonymous session, which has no context yet (E-11). */
  async begin(tenant: string, clientId: string, asked: RequestedValues): Promise<TokenSet> {
    const now = this.clock.now();
    const lifetime = lifetimeFrom(now, await this.tenants.anonymousLifetime(tenant));
    const secret = newRefreshSecret();
    const windowSeconds = secondsUntil(lifetime.goneAt, now);
    const grant = newId();
    const refreshTokens = firstRefreshToken({ hash: hashRefreshSecret(secret), grant, windowSeconds }, now);
    const key = { tenant, sessionId: newSessionId() };
    const session = anonymousSession(
      { ...key, clientId, epoch: randomUUID(), lifetime, refreshTokens, asked },
      now,
    );
    await this.sessions.create(session, now);
    return this.tokens.of(session, { grant, refresh: { secret, expiresAt: lifetime.goneAt } });
  }

  /**
   * Issues tokens for the anonymous session of a `vtex_session` cookie (D-22).
   * @returns undefined if the cookie no longer opens the session, or if the session is a customer's, of other clients
   * only, or gone
   */
  async resumeByCookie(
    named: NamedSession,
    clientId: string,
    asked: RequestedValues,
  ): Promise<TokenSet | undefined> {
    const now = this.clock.now();
    const clocks = await this.tenants.anonymousLifetime(named.tenant);
    const secret = newRefreshSecret();
    const windowSeconds = clocks.lifetimeSeconds + clocks.dormantSeconds;
    const token = { hash: hashRefreshSecret(secret), grant: newId(), windowSeconds };
    const changed = await this.sessions.change(named, now, (current) => {
      const isKnown = current.clientId === VTEX_CLIENT || isKnownTo(current, clientId);
      const ours = current.kind === 'anonymous' && isKnown;
      if (!ours || !isOfThisEpoch(current, named)) return { next: current, result: undefined };
      const passed = passedTo(current, clientId);
      const next: Session = {
        ...passed,
        lifetime: prolonged(current, clocks, now, current.vtex?.heldUntil),
        refreshTokens: furtherRefreshToken(passed.refreshTokens, token, now),
        asked: { ...current.asked, ...asked },
      };
      return { next, result: next };
    });
    const session = changed?.result;
    if (!session) return undefined;
    const refresh = { secret, expiresAt: secondsAfter(now, windowSeconds) };
    return this.tokens.of(session, { grant: token.grant, refresh });
  }

  /**
   * Turns the anonymous session into a customer session with the same id and the same context. Tokens issued before the
   * login are refused from now on (E-19, E-22, E-23, D-13).
   * @param anonymous with the client that the login comes from, to which the session belongs from now on
   * @throws Unauthenticated if it is no longer that anonymous session, because another login was faster
   */
  async becomeCustomers(anonymous: Session, customerId: string, device?: string): Promise<CustomerLogin> {
    const now = this.clock.now();
    const secret = newRefreshSecret();
    const epoch = randomUUID();
    const grant = newId();
    const windowSeconds = this.config.CUSTOMER_REFRESH_SECONDS;
    const refreshTokens = firstRefreshToken({ hash: hashRefreshSecret(secret), grant, windowSeconds }, now);
    const changed = await this.sessions.change(anonymous, now, (current) => {
      if (current.epoch !== anonymous.epoch) throw new Unauthenticated();
      const customers = taken(current, customerId, now);
      const { clientId } = anonymous;
      const next = { ...customers, clientId, epoch, refreshTokens, ...(device !== undefined && { device }) };
      return { next, result: next, by: { kind: 'login', id: customerId } };
    });
    if (!changed) throw new Unauthenticated();
    const session = changed.result;
    this.meter.login(session.tenant, 'customer');
    const refresh = { secret, expiresAt: secondsAfter(now, windowSeconds) };
    const [tokens, saasToken] = await Promise.all([
      this.tokens.of(session, { grant, refresh }),
      this.tokens.saasToken(session, grant),
    ]);
    return { session, tokens, saasToken };
  }

  /** Returns the customer's sessions on all devices, except those that have ended. */
  async listOfCustomer(tenant: string, customerId: string, limit: number): Promise<readonly Session[]> {
    const now = this.clock.now();
    const ids = (await this.sessions.idsOfCustomer(tenant, customerId)).slice(0, limit);
    const found = await Promise.all(ids.map((sessionId) => this.sessions.find({ tenant, sessionId }, now)));
    return found.filter((session) => session !== undefined);
  }

  /** Ends the session. Every instance refuses its tokens, and its context is gone, at once (E-35). */
  end(key: SessionKey, cause: EndCause): Promise<void> {
    return this.sessions.remove(key, cause);
  }

  /** Ends a session that is alive or dormant. @throws SessionNotFound */
  async endKnown(key: SessionKey, cause: EndCause): Promise<void> {
    if (!(await this.sessions.find(key, this.clock.now()))) throw new SessionNotFound(key.sessionId);
    await this.end(key, cause);
  }

  /** Ends one of the customer's sessions. @returns false if the session does not exist or is somebody else's */
  async endOf(tenant: string, customerId: string, sessionId: string): Promise<boolean> {
    const session = await this.sessions.find({ tenant, sessionId }, this.clock.now());
    if (session?.customerId !== customerId) return false;
    await this.end(session, 'logout');
    return true;
  }

  /**
   * Ends the customer's sessions on every device, except the kept one. @returns the number of sessions that were ended
   */
  async endAll(tenant: string, customerId: string, cause: EndCause, keptId?: string): Promise<number> {
    const ids = await this.sessions.idsOfCustomer(tenant, customerId);
    const others = ids.filter((sessionId) => sessionId !== keptId);
    await Promise.all(others.map((sessionId) => this.end({ tenant, sessionId }, cause)));
    return others.length;
  }

  /**
   * Ends the customer's sessions on every device. In the kept session, the tokens of one grant stay valid: the caller
   * used them to change the password or e-mail address, and that change issues no new tokens.
   */
  async endAllBut(tenant: string, customerId: string, kept?: KeptTokens): Promise<void> {
    await this.endAll(tenant, customerId, 'password', kept?.sessionId);
    if (kept) await this.keepTokens({ tenant, sessionId: kept.sessionId }, customerId, kept.grant);
  }

  /** Ends all sessions of a customer whom the tenant has blocked. */
  async endAllOfBlocked(tenant: string, customerId: string): Promise<void> {
    await this.endAll(tenant, customerId, 'employee');
  }

  private async keepTokens(key: SessionKey, customerId: string, grant: string | undefined): Promise<void> {
    const epoch = randomUUID();
    await this.sessions.change(key, this.clock.now(), (current) => ({
      next: current.customerId === customerId ? withTokensOf(current, grant, epoch) : current,
      result: undefined,
    }));
  }
}

function taken(current: Session, customerId: string, now: Date): CustomerSession {
  const { lifetime: _none, kept: _before, ...session } = current;
  const customers = { ...session, kind: 'customer', customerId } as const;
  if (!hasContext(customers)) return customers;
  const sourced = { value: customerId, source: 'login', at: now } as const;
  return { ...customers, ...revised(customers, { customerId: sourced }, now), customerId };
}
