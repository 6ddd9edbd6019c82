import { Injectable } from '@nestjs/common';
import { scopeNames, type SessionTokenClaims, ShopperGate } from '../../auth/index.js';
import { Clock } from '../../shared/clock.js';
import { Unauthenticated } from '../../shared/domain-error.js';
import { SessionRepository } from '../session.repository.js';
import type { Session } from '../session.types.js';
import type { Shopper } from '../shopper.js';
import { stateOf } from '../tokens/lifetime.rules.js';
import { isOfThisEpoch } from '../tokens/token-epoch.rules.js';

/** Whether a token still opens its session. Nothing is cached: an ended session is refused at once. */
@Injectable()
export class SessionGate extends ShopperGate {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async authorize(claims: SessionTokenClaims): Promise<Shopper> {
    const { tenant, sid: sessionId } = claims;
    const session = await this.sessions.find({ tenant, sessionId }, this.clock.now());
    if (!session || !isFor(session, claims)) throw new Unauthenticated();
    if (stateOf(session, this.clock.now()) !== 'alive') throw new Unauthenticated('expired-token');
    return {
      kind: session.kind,
      tenant: session.tenant,
      clientId: session.clientId,
      sessionId: session.sessionId,
      ...(claims.grant !== undefined && { grant: claims.grant }),
      ...(session.customerId !== undefined && { customerId: session.customerId }),
      scopes: scopeNames(claims.scope),
      expiresAt: new Date(claims.exp * 1000),
      session,
    };
  }
}

/** The session has not ended, nor become somebody else's, since the token was made. */
const isFor = (session: Session, claims: SessionTokenClaims): boolean =>
  session.kind === claims.token_use &&
  (claims.token_use === 'anonymous' || session.customerId === claims.sub) &&
  isOfThisEpoch(session, claims);
