import { Injectable } from '@nestjs/common';
import { scopeNames, type SessionTokenClaims, ShopperGate } from '../../auth/index.js';
import { Clock } from '../../shared/clock.js';
import { Unauthenticated } from '../../shared/domain-error.js';
import { SessionRepository } from '../session.repository.js';
import type { Session } from '../session.types.js';
import type { Shopper } from '../shopper.js';
import { stateOf } from '../tokens/lifetime.rules.js';
import { isOfThisEpoch } from '../tokens/token-epoch.rules.js';

/**
 * Decides whether a token still opens its session. Nothing is cached, so a session that has ended is refused at once.
 */
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
      clientId: claims.client_id ?? session.clientId,
      sessionId: session.sessionId,
      ...(claims.grant !== undefined && { grant: claims.grant }),
      ...(session.customerId !== undefined && { customerId: session.customerId }),
      ...(session.legalEntityId !== undefined && { legalEntityId: session.legalEntityId }),
      scopes: scopeNames(claims.scope),
      expiresAt: new Date(claims.exp * 1000),
      session,
    };
  }
}

/**
 * Tells whether the token still belongs to the session, that is, whether the session has the same kind, customer and
 * epoch.
 */
const isFor = (session: Session, claims: SessionTokenClaims): boolean =>
  session.kind === claims.token_use &&
  (claims.token_use === 'anonymous' || session.customerId === claims.sub) &&
  isOfThisEpoch(session, claims);
