import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { NamedSession } from '../../auth/index.js';
import { Config } from '../../config/config.schema.js';
import { Clock, secondsAfter } from '../../shared/clock.js';
import { Conflict, Unauthenticated } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { TenantService } from '../../tenant/index.js';
import { VTEX_CLIENT } from '../new-session.rules.js';
import { SessionRepository } from '../session.repository.js';
import type { ChangedBy, Session } from '../session.types.js';
import { prolonged } from '../tokens/lifetime.rules.js';
import { hashRefreshSecret, newRefreshSecret } from '../tokens/refresh-token.js';
import { furtherRefreshToken } from '../tokens/refresh.rules.js';
import { SessionTokenService, type TokenSet } from '../tokens/session-tokens.js';
import { isOfThisEpoch } from '../tokens/token-epoch.rules.js';
import { passedTo } from '../tokens/token-holder.rules.js';
import { isGuests } from './guest-session.rules.js';

/** Opens a guest's session in a second browser. Tokens that were issued before stay valid, so both shop in it. */
@Injectable()
export class SharedSessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly tenants: TenantService,
    private readonly tokens: SessionTokenService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Finds the session that could be shared now. It changes nothing.
   * @throws Unauthenticated if it has ended, or its tokens of that epoch have; Conflict if it is not a guest's
   */
  async find(named: NamedSession): Promise<Session> {
    const session = await this.sessions.find(named, this.clock.now());
    if (!session) throw new Unauthenticated('dead-handover');
    return shareable(session, named);
  }

  /**
   * Issues tokens of the session to a client, which the session belongs to from now on. Tokens that another client holds
   * stay bound to that one. Two devices can refresh in turns
   * only if a used refresh token resumes the session (D-25). Elsewhere there is no second refresh token, and the client
   * refreshes the older way (W-10).
   * @param device a coarse name of the browser, for the history
   * @throws as `find` does
   */
  async issueTo(named: NamedSession, clientId: string, device: string | undefined): Promise<TokenSet> {
    const now = this.clock.now();
    const clocks = await this.tenants.anonymousLifetime(named.tenant);
    const windowSeconds = clocks.lifetimeSeconds + clocks.dormantSeconds;
    const secret = newRefreshSecret();
    const token = { hash: hashRefreshSecret(secret), grant: newId(), windowSeconds };
    const canRefresh = this.config.ANONYMOUS_REFRESH_REUSE === 'resume';
    const session = await this.write(named, device, (current) => {
      const passed = passedTo(current, clientId);
      return {
        ...passed,
        lifetime: prolonged(current, clocks, now, current.vtex?.heldUntil),
        ...(canRefresh && { refreshTokens: furtherRefreshToken(passed.refreshTokens, token, now) }),
      };
    });
    const refresh = { secret, expiresAt: secondsAfter(now, windowSeconds) };
    return this.tokens.of(session, { grant: token.grant, ...(canRefresh && { refresh }) });
  }

  /** Notes that another browser holds the session, without tokens of this dialect. @throws as `find` does */
  note(named: NamedSession, device: string | undefined): Promise<Session> {
    return this.write(named, device, (current) => ({
      ...current,
      clientId: isUnopened(current) ? VTEX_CLIENT : current.clientId,
    }));
  }

  private async write(
    named: NamedSession,
    device: string | undefined,
    shared: (current: Session) => Session,
  ): Promise<Session> {
    const by: ChangedBy = { kind: 'handover', ...(device !== undefined && { id: device }) };
    const epoch = randomUUID();
    const changed = await this.sessions.change(named, this.clock.now(), (current) => {
      const opened = shared(shareable(current, named));
      // The agent that began it has further links. They open nothing from here on.
      const next = isUnopened(current) ? { ...opened, epoch } : opened;
      return { next, result: next, by };
    });
    if (!changed) throw new Unauthenticated('dead-handover');
    return changed.result;
  }
}

/** Tells that no shopper has held the session yet: an agent or a backend began it. */
const isUnopened = ({ refreshTokens, vtex }: Session): boolean =>
  refreshTokens.current === undefined && refreshTokens.used.length === 0 && vtex === undefined;

/** The answer for a session of somebody is the same in every epoch: a login has begun another. */
function shareable(session: Session, named: NamedSession): Session {
  if (!isGuests(session)) {
    throw new Conflict('The session belongs to a person who is logged in: log in to continue it');
  }
  if (!isOfThisEpoch(session, named)) throw new Unauthenticated('dead-handover');
  return session;
}
