import { Injectable } from '@nestjs/common';
import {
  type NamedSession,
  type OpenRefreshToken,
  type OpenSession,
  SessionTokenGate,
} from '../../auth/index.js';
import { Clock } from '../../shared/clock.js';
import { VTEX_CLIENT } from '../new-session.rules.js';
import { SessionRepository } from '../session.repository.js';
import type { Session, SessionKey } from '../session.types.js';
import { hashRefreshSecret, parseRefreshToken } from './refresh-token.js';
import { isOfThisEpoch } from './token-epoch.rules.js';

/** Reads what a token is worth and leaves it as it is: a refresh token that is looked at is not used. */
@Injectable()
export class StoredSessionTokens extends SessionTokenGate {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** A dormant session counts: the token wakes it. */
  override async bySessionToken(named: NamedSession): Promise<OpenSession | undefined> {
    const session = await this.sessions.find(named, this.clock.now());
    return session && isOfThisEpoch(session, named) ? opened(session) : undefined;
  }

  override async byRefreshToken(tenant: string, token: string): Promise<OpenRefreshToken | undefined> {
    const parsed = parseRefreshToken(token);
    if (!parsed) return undefined;
    const now = this.clock.now();
    const session = await this.sessions.find({ tenant, sessionId: parsed.sessionId }, now);
    const current = session?.refreshTokens.current;
    if (!session || current?.hash !== hashRefreshSecret(parsed.secret) || current.expiresAt <= now) {
      return undefined;
    }
    const { goneAt = current.expiresAt } = session.lifetime ?? {};
    const expiresAt = goneAt < current.expiresAt ? goneAt : current.expiresAt;
    const { clientId = session.clientId } = current;
    return { ...opened({ ...session, clientId }), issuedAt: current.issuedAt, expiresAt };
  }

  override end({ tenant, sessionId }: SessionKey): Promise<void> {
    return this.sessions.remove({ tenant, sessionId }, 'logout');
  }
}

const opened = ({ tenant, sessionId, clientId, customerId }: Session): OpenSession => ({
  tenant,
  sessionId,
  ...(clientId !== VTEX_CLIENT && { clientId }),
  ...(customerId !== undefined && { customerId }),
});
