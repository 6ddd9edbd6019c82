import { Injectable, Logger } from '@nestjs/common';
import type { Principal, ShopperClaims } from '../../auth/index.js';
import { Config } from '../../config/config.schema.js';
import { Clock } from '../../shared/clock.js';
import { Unauthenticated } from '../../shared/domain-error.js';
import { newId, newSecret } from '../../shared/ids.js';
import { TenantService } from '../../tenant/index.js';
import { SessionMeter } from '../session-meter.js';
import { SessionRepository, type Step } from '../session.repository.js';
import type { Session } from '../session.types.js';
import { FirstUses } from './first-uses.js';
import { prolonged } from './lifetime.rules.js';
import {
  hashRefreshSecret,
  newestAfter,
  type ParsedRefreshToken,
  parseRefreshToken,
  successorOf,
} from './refresh-token.js';
import { decideRefresh, type RefreshDecision, type RefreshPolicy } from './refresh.rules.js';
import { SessionTokenService, type TokenSet } from './session-tokens.js';
import { isOfThisEpoch } from './token-epoch.rules.js';
import { holderOf } from './token-holder.rules.js';

/** @param holder the client that the refresh token was issued to */
type Renew = (session: Session, holder: string) => Session;

interface RequestedRefresh {
  readonly tenant: string;
  readonly token: string;
  readonly policy: RefreshPolicy;
  /** The client that asks, to which the tokens are issued. */
  readonly clientId: string;
  /** What else an answer depends on. It is shared only by requests that agree in all of it. */
  readonly caller?: readonly (string | undefined)[];
}

interface Refreshed {
  readonly session: Session;
  readonly decision: RefreshDecision;
}

/** One use of a refresh token. */
interface Use extends Refreshed {
  /** The salt of the successor. */
  readonly salt: string;
}

/** Refreshes sessions: the session goes on under its id, and the refresh token is rotated. */
@Injectable()
export class SessionRefreshService {
  private readonly log = new Logger(SessionRefreshService.name);
  private readonly firstUses = new FirstUses<Use>(({ decision }) => isFirstUse(decision));

  constructor(
    private readonly sessions: SessionRepository,
    private readonly tenants: TenantService,
    private readonly tokens: SessionTokenService,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly meter: SessionMeter,
  ) {}

  /**
   * Prolongs an anonymous session for a full lifetime from now, and wakes it if it is dormant (E-03, W-11).
   * @throws Unauthenticated if the token is not valid for this client
   */
  async anonymous(tenant: string, clientId: string, token: string): Promise<TokenSet> {
    const clocks = await this.tenants.anonymousLifetime(tenant);
    const policy: RefreshPolicy = {
      windowSeconds: clocks.lifetimeSeconds + clocks.dormantSeconds,
      graceSeconds: this.config.REFRESH_GRACE_SECONDS,
      onReuse: this.config.ANONYMOUS_REFRESH_REUSE,
    };
    const now = this.clock.now();
    return this.refresh({ tenant, token, policy, clientId }, (session, holder) => {
      if (session.kind !== 'anonymous' || holder !== clientId) throw new Unauthenticated();
      return { ...session, lifetime: prolonged(session, clocks, now, session.vtex?.heldUntil) };
    });
  }

  /**
   * Refreshes the older way, by the access token, expired or not, until the session is gone. The refresh token stays as
   * it is (W-10).
   * @throws Unauthenticated if the claims do not match an anonymous session, or the token was issued to another client
   */
  async byAccessToken(claims: ShopperClaims, clientId: string): Promise<TokenSet> {
    const now = this.clock.now();
    const clocks = await this.tenants.anonymousLifetime(claims.tenant);
    const key = { tenant: claims.tenant, sessionId: claims.sid };
    const changed = await this.sessions.change(key, now, (session) => {
      const same = session.kind === 'anonymous' && isOfThisEpoch(session, claims);
      if (!same || claims.client_id !== clientId) throw new Unauthenticated();
      const next = { ...session, lifetime: prolonged(session, clocks, now, session.vtex?.heldUntil) };
      return { next, result: next };
    });
    if (!changed) throw new Unauthenticated();
    return this.tokens.of(changed.result, { grant: newId(), clientId });
  }

  /**
   * Refreshes a customer session. This is strict: a used token that comes back after the grace ends the session (D-25).
   * @param bearer a token of another customer or another client is refused (D-03)
   * @param legalEntityId if given, bound to the session from now on (W-17)
   * @throws Unauthenticated if the refresh token or the bearer does not match the session
   */
  async customer(bearer: Principal, token: string, legalEntityId?: string): Promise<TokenSet> {
    const policy: RefreshPolicy = {
      windowSeconds: this.config.CUSTOMER_REFRESH_SECONDS,
      graceSeconds: this.config.REFRESH_GRACE_SECONDS,
      onReuse: 'end',
    };
    const sessionId = bearer.kind === 'customer' ? bearer.sessionId : undefined;
    const { tenant, clientId } = bearer;
    const caller = [sessionId, legalEntityId];
    return this.refresh({ tenant, token, policy, clientId, caller }, (session, holder) => {
      const others = sessionId !== undefined && sessionId !== session.sessionId;
      const fits = session.kind === 'customer' && holder === clientId;
      if (!fits || others) throw new Unauthenticated();
      return legalEntityId === undefined ? session : { ...session, legalEntityId };
    });
  }

  /**
   * Returns the customer session that this refresh token belongs to, used or not. It changes nothing, and a refresh
   * decides for itself whether the token still refreshes.
   */
  async ofCustomer(bearer: Principal, token: string): Promise<Session | undefined> {
    const parsed = parseRefreshToken(token);
    if (!parsed) return undefined;
    const key = { tenant: bearer.tenant, sessionId: parsed.sessionId };
    const session = await this.sessions.find(key, this.clock.now());
    const { current, used } = session?.refreshTokens ?? { used: [] };
    const hash = hashRefreshSecret(parsed.secret);
    const isIts = current?.hash === hash || used.some((one) => one.hash === hash);
    return isIts && session && holderOf(session, hash) === bearer.clientId ? session : undefined;
  }

  /** Tabs that present one token at the same moment share one use of it and get tokens of one grant. */
  private async refresh(asked: RequestedRefresh, renew: Renew): Promise<TokenSet> {
    const parsed = parseRefreshToken(asked.token);
    if (!parsed) throw new Unauthenticated();
    const { tenant, token, policy, clientId, caller = [] } = asked;
    const use = () => this.use(asked, parsed, renew);
    if (policy.graceSeconds === 0) return this.answer(await use(), parsed, clientId);
    const key = JSON.stringify([tenant, token, policy.onReuse, clientId, ...caller]);
    return this.answer(await this.firstUses.share(key, use), parsed, clientId);
  }

  private async use(
    { tenant, policy }: RequestedRefresh,
    parsed: ParsedRefreshToken,
    renew: Renew,
  ): Promise<Use> {
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
      written(
        renew(session, holderOf(session, presented.hash)),
        session,
        decideRefresh(session.refreshTokens, presented, policy, now),
      ),
    );
    if (!changed) throw new Unauthenticated();
    return { ...changed.result, salt };
  }

  /** @throws Unauthenticated if the decision issues no tokens */
  private async answer(
    { session, decision, salt }: Use,
    { secret }: ParsedRefreshToken,
    clientId: string,
  ): Promise<TokenSet> {
    await this.refuse(session, decision);
    const newest =
      decision.kind === 'repeated'
        ? newestAfter(secret, decision.salt, session.refreshTokens)
        : successorOf(secret, salt);
    const { expiresAt = this.clock.now(), grant = newId() } = session.refreshTokens.current ?? {};
    return this.tokens.of(session, { grant, clientId, refresh: { secret: newest, expiresAt } });
  }

  /** @throws Unauthenticated if the decision issues no tokens */
  private async refuse(session: Session, { kind }: RefreshDecision): Promise<void> {
    const { tenant, sessionId } = session;
    this.meter.refresh(kind);
    const told = TOLD[kind];
    if (told !== undefined) this.log.warn({ tenant, sessionId }, told);
    if (kind === 'reused') await this.sessions.remove(session, 'reuse');
    if (kind === 'reused' || kind === 'unknown' || kind === 'worn-out') throw new Unauthenticated();
  }
}

const TOLD: Partial<Record<RefreshDecision['kind'], string>> = {
  reused: 'a used refresh token was presented again: session ended',
  resumed: 'a used anonymous refresh token was presented again: session resumed',
  'worn-out': 'a used refresh token was presented too often within its grace: refused',
};

const isFirstUse = ({ kind }: RefreshDecision): boolean => kind === 'rotated' || kind === 'resumed';

/** A refused refresh changes nothing, and a repeated one changes only its count. */
function written(renewed: Session, current: Session, decision: RefreshDecision): Step<Refreshed> {
  if (!('tokens' in decision)) return { next: current, result: { session: current, decision } };
  if (decision.kind === 'repeated') {
    const counted = { ...current, refreshTokens: decision.tokens };
    return { next: counted, result: { session: counted, decision } };
  }
  const next = { ...renewed, refreshTokens: decision.tokens };
  const reused = decision.kind === 'resumed' && ({ reused: true } as const);
  return { next, result: { session: next, decision }, ...reused };
}
