import { Injectable, Logger } from '@nestjs/common';
import type { Principal, ShopperClaims } from '../auth/index.js';
import { Config } from '../config/config.schema.js';
import { Clock } from '../shared/clock.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { newId, newSecret } from '../shared/ids.js';
import { TenantService } from '../tenant/index.js';
import { lifetimeFrom } from './lifetime.rules.js';
import { decideRefresh, type RefreshDecision, type RefreshPolicy } from './refresh.rules.js';
import {
  hashRefreshSecret,
  newestAfter,
  type ParsedRefreshToken,
  parseRefreshToken,
  successorOf,
} from './refresh-token.js';
import { SessionRepository, type Step } from './session.repository.js';
import { type SessionTokens, SessionTokenService } from './session-tokens.js';
import type { Session } from './session.types.js';
import { isOfThisEpoch } from './token-epoch.rules.js';

interface Refreshed {
  readonly session: Session;
  readonly decision: RefreshDecision;
}

/** Refreshes: the session goes on under its id, and the refresh token is rotated. */
@Injectable()
export class SessionRefreshService {
  private readonly log = new Logger(SessionRefreshService.name);

  constructor(
    private readonly sessions: SessionRepository,
    private readonly tenants: TenantService,
    private readonly tokens: SessionTokenService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Wakes a dormant session as well, for a full lifetime from now (E-03, W-11).
   * @throws Unauthenticated
   */
  async anonymous(tenant: string, clientId: string, token: string): Promise<SessionTokens> {
    const clocks = await this.tenants.anonymousLifetime(tenant);
    const policy: RefreshPolicy = {
      windowSeconds: clocks.lifetimeSeconds + clocks.dormantSeconds,
      graceSeconds: this.config.REFRESH_GRACE_SECONDS,
      onReuse: this.config.ANONYMOUS_REFRESH_REUSE,
    };
    const now = this.clock.now();
    return this.refresh(tenant, token, policy, (session) => {
      if (session.kind !== 'anonymous' || session.clientId !== clientId) throw new Unauthenticated();
      return { ...session, lifetime: lifetimeFrom(now, clocks, session.vtex?.heldUntil) };
    });
  }

  /**
   * The older way: by the access token, expired or not, as long as its session is not gone. The refresh
   * token stays as it is (W-10).
   * @throws Unauthenticated
   */
  async byAccessToken(claims: ShopperClaims, clientId: string): Promise<SessionTokens> {
    const now = this.clock.now();
    const clocks = await this.tenants.anonymousLifetime(claims.tenant);
    const key = { tenant: claims.tenant, sessionId: claims.sid };
    const changed = await this.sessions.change(key, now, (session) => {
      const same = session.kind === 'anonymous' && isOfThisEpoch(session, claims);
      if (!same || session.clientId !== clientId) throw new Unauthenticated();
      const next = { ...session, lifetime: lifetimeFrom(now, clocks, session.vtex?.heldUntil) };
      return { next, result: next };
    });
    if (!changed) throw new Unauthenticated();
    return this.tokens.of(changed.result, { grant: newId() });
  }

  /**
   * Strict: a used token after the grace ends the session (D-25).
   * @param bearer another customer's token is of no use, nor is one of another client (D-03)
   * @param legalEntityId bound to the session from now on, if given (W-17)
   * @throws Unauthenticated
   */
  async customer(bearer: Principal, token: string, legalEntityId?: string): Promise<SessionTokens> {
    const policy: RefreshPolicy = {
      windowSeconds: this.config.CUSTOMER_REFRESH_SECONDS,
      graceSeconds: this.config.REFRESH_GRACE_SECONDS,
      onReuse: 'end',
    };
    return this.refresh(bearer.tenant, token, policy, (session) => {
      const others = bearer.kind === 'customer' && bearer.sessionId !== session.sessionId;
      const fits = session.kind === 'customer' && session.clientId === bearer.clientId;
      if (!fits || others) throw new Unauthenticated();
      return legalEntityId === undefined ? session : { ...session, legalEntityId };
    });
  }

  private async refresh(
    tenant: string,
    token: string,
    policy: RefreshPolicy,
    renew: (session: Session) => Session,
  ): Promise<SessionTokens> {
    const parsed = parseRefreshToken(token);
    if (!parsed) throw new Unauthenticated();
    const now = this.clock.now();
    const key = { tenant, sessionId: parsed.sessionId };
    const salt = newSecret();
    const presented = {
      hash: hashRefreshSecret(parsed.secret),
      salt,
      successorHash: hashRefreshSecret(successorOf(parsed.secret, salt)),
      grant: newId(),
    };
    const changed = await this.sessions.change(key, now, (session) =>
      written(renew(session), session, decideRefresh(session.refreshTokens, presented, policy, now)),
    );
    if (!changed) throw new Unauthenticated();
    return this.answer(changed.result, parsed, salt);
  }

  private async answer(
    { session, decision }: Refreshed,
    { secret }: ParsedRefreshToken,
    salt: string,
  ): Promise<SessionTokens> {
    const { tenant, sessionId } = session;
    if (decision.kind === 'reused') {
      this.log.warn({ tenant, sessionId }, 'a used refresh token came again: the session is ended');
      await this.sessions.remove(session);
    }
    if (decision.kind === 'reused' || decision.kind === 'unknown') throw new Unauthenticated();
    if (decision.kind === 'resumed') {
      this.log.warn({ tenant, sessionId }, 'a used anonymous refresh token came again: the session goes on');
    }
    const newest =
      decision.kind === 'repeated'
        ? newestAfter(secret, decision.salt, session.refreshTokens)
        : successorOf(secret, salt);
    const { expiresAt = this.clock.now(), grant = newId() } = session.refreshTokens.current ?? {};
    return this.tokens.of(session, { grant, refresh: { secret: newest, expiresAt } });
  }
}

/** Only a rotation is written: a repeated refresh changes nothing, a refused one neither. */
function written(renewed: Session, current: Session, decision: RefreshDecision): Step<Refreshed> {
  if (decision.kind !== 'rotated' && decision.kind !== 'resumed') {
    return { next: current, result: { session: current, decision } };
  }
  const next = { ...renewed, refreshTokens: decision.tokens };
  return { next, result: { session: next, decision } };
}
