import { Injectable } from '@nestjs/common';
import { type SessionSubject, TokenIssuer } from '../../auth/index.js';
import { Config } from '../../config/config.schema.js';
import { Clock, secondsUntil } from '../../shared/clock.js';
import type { Session } from '../session.types.js';
import { formatRefreshToken } from './refresh-token.js';

/** What a login or a refresh returns. All times are in seconds, rounded down, so they never exceed what is left. */
export interface TokenSet {
  readonly sessionId: string;
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken?: string;
  readonly refreshTokenExpiresIn?: number;
  readonly scope: string;
}

/** What goes into one answer. */
export interface Grant {
  /** The id that the tokens of one answer share; see `accessClaims`. */
  readonly grant: string;
  /** The client that asked for it. Absent if that is the one that the session belongs to. */
  readonly clientId?: string;
  /** The secret to hand out and when it expires. Absent for the older way of refreshing (W-10). */
  readonly refresh?: { readonly secret: string; readonly expiresAt: Date };
}

@Injectable()
export class SessionTokenService {
  constructor(
    private readonly issuer: TokenIssuer,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async of(session: Session, { grant, clientId, refresh }: Grant): Promise<TokenSet> {
    const now = this.clock.now();
    const seconds = session.lifetime
      ? secondsUntil(session.lifetime.aliveUntil, now)
      : this.config.CUSTOMER_TOKEN_SECONDS;
    const issued = await this.issuer.shopperToken(subjectOf(session, grant, clientId), seconds);
    return {
      sessionId: session.sessionId,
      accessToken: issued.token,
      expiresIn: issued.expiresIn,
      scope: issued.scope,
      ...(refresh && {
        refreshToken: formatRefreshToken(session, refresh.secret),
        refreshTokenExpiresIn: secondsUntil(endOf(session, refresh.expiresAt), now) - 1,
      }),
    };
  }

  /** @param grant of the access token that is issued with it */
  saasToken(session: Session & { readonly customerId: string }, grant: string): Promise<string> {
    return this.issuer.saasToken({ ...subjectOf(session, grant), customerId: session.customerId });
  }
}

/** A refresh token is worthless once its session is gone. */
const endOf = ({ lifetime }: Session, expiresAt: Date): Date =>
  lifetime && lifetime.goneAt < expiresAt ? lifetime.goneAt : expiresAt;

const subjectOf = (session: Session, grant: string, clientId: string = session.clientId): SessionSubject => ({
  tenant: session.tenant,
  clientId,
  sessionId: session.sessionId,
  epoch: session.epoch,
  grant,
  ...(session.customerId !== undefined && { customerId: session.customerId }),
  ...(session.legalEntityId !== undefined && { legalEntityId: session.legalEntityId }),
});
