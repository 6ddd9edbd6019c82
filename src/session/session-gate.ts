import { Injectable } from '@nestjs/common';
import { parseScope, type SaasClaims, type ShopperClaims, ShopperGate } from '../auth/index.js';
import { Clock } from '../shared/clock.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { stateOf } from './lifetime.rules.js';
import { SessionRepository } from './session.repository.js';
import type { Session } from './session.types.js';
import type { Shopper } from './shopper.js';
import { isOfThisEpoch } from './token-epoch.rules.js';

/** Whether a token still opens its session. Nothing is cached: an ended session is refused at once. */
@Injectable()
export class SessionGate extends ShopperGate {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async admit(claims: ShopperClaims): Promise<Shopper> {
    const session = await this.sessionOf(claims);
    if (!session || session.kind !== claims.token_use) throw new Unauthenticated();
    if (stateOf(session, this.clock.now()) !== 'alive') throw new Unauthenticated('expired-token');
    return {
      kind: session.kind,
      tenant: session.tenant,
      clientId: session.clientId,
      sessionId: session.sessionId,
      ...(claims.grant !== undefined && { grant: claims.grant }),
      ...(session.customerId !== undefined && { customerId: session.customerId }),
      scopes: parseScope(claims.scope).names,
      expiresAt: new Date(claims.exp * 1000),
      session,
    };
  }

  /** @returns undefined when the session has ended, or started another epoch, since the token was made */
  async sessionOf(
    claims: Pick<ShopperClaims | SaasClaims, 'tenant' | 'sid' | 'epoch' | 'grant'>,
  ): Promise<Session | undefined> {
    const session = await this.sessions.find(
      { tenant: claims.tenant, sessionId: claims.sid },
      this.clock.now(),
    );
    return session && isOfThisEpoch(session, claims) ? session : undefined;
  }
}
