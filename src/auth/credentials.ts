import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { Forbidden, Unauthenticated } from '../shared/domain-error.js';
import { ClientGate } from './client-gate.js';
import { Operator } from './operator.js';
import type { Principal, ServicePrincipal, ShopperPrincipal } from './principal.types.js';
import { ShopperGate } from './shopper-gate.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { CarriedTokens } from './tokens/carried-tokens.js';
import {
  type AccessClaims,
  epochOf,
  type OperatorClaims,
  type ShopperClaims,
  type TenantClaims,
  type VerifiedToken,
} from './tokens/claims.js';
import { grantedScopes, scopeNames } from './tokens/scopes.rules.js';

/** The session that a `vtex_session` token names. The session's epoch decides whether the token still opens it. */
export interface NamedSession {
  readonly tenant: string;
  readonly sessionId: string;
  readonly epoch: string;
}

/** The session that a handover link names, and what identifies the link. */
export interface NamedHandover extends NamedSession {
  readonly jti: string;
  readonly endsAt: Date;
}

/**
 * The one door for credentials: bearer tokens, saas tokens, `vtex_session` tokens, handover links, and access tokens
 * that come in cookies. Signature, time, tenant, client and session are judged here, in this order, by the same rules for all.
 */
@Injectable()
export class Credentials {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly carried: CarriedTokens,
    private readonly clients: ClientGate,
    private readonly sessions: ShopperGate,
    private readonly operator: Operator,
    private readonly clock: Clock,
  ) {}

  /**
   * Verifies an access token of a tenant, which must not have expired. A token that was seen before costs no read of
   * the store.
   * @throws Unauthenticated
   */
  async verified(token: string): Promise<VerifiedToken> {
    return ofTenant(await this.verifiedOfAnybody(token));
  }

  /** The same for a token that may be the operator's, which names no tenant. @throws Unauthenticated */
  async verifiedOfAnybody(token: string): Promise<VerifiedToken<AccessClaims>> {
    const verified = await this.accessTokens.verified(token);
    if (this.isOver(verified.claims)) throw new Unauthenticated('expired-token');
    return verified;
  }

  /** Verifies an access token, expired or not, that only names a session. @throws Unauthenticated */
  async named(token: string): Promise<TenantClaims> {
    return ofTenant(await this.accessTokens.verified(token)).claims;
  }

  /** @throws Unauthenticated - the operator has another secret now, there is none any more, or the token was revoked */
  async expectOperator({ epoch, jti }: OperatorClaims): Promise<void> {
    if (!this.operator.isEpoch(epoch)) throw new Unauthenticated();
    await this.clients.authorizeOperator(jti);
  }

  /**
   * Returns the caller that an access token stands for.
   * @throws Unauthenticated; Forbidden - it belongs to another tenant
   */
  async bearer(token: string, tenant: string): Promise<Principal> {
    const { claims } = await this.verified(token);
    if (claims.tenant !== tenant) throw new Forbidden('The token belongs to another tenant');
    return this.authenticate(claims);
  }

  /**
   * Returns the caller that claims stand for now. Their client must be switched on and their session alive. A service
   * token counts only for scopes that its client still has.
   * @throws Unauthenticated
   */
  async authenticate(claims: TenantClaims): Promise<Principal> {
    if (claims.token_use === 'service') return this.authenticateService(claims);
    await this.clients.authorize({ clientId: claims.client_id, tenant: claims.tenant });
    return this.sessions.authorize(claims);
  }

  /** As `authenticate`, for a token that was good at an earlier request. @throws Unauthenticated */
  async authenticateAgain(token: VerifiedToken): Promise<Principal> {
    const ended = this.isOver(token.claims) || !(await this.accessTokens.isSigned(token));
    if (ended) throw new Unauthenticated('expired-token');
    return this.authenticate(token.claims);
  }

  /** As `authenticate`, whatever became of the session (behaviour D-03). @throws Unauthenticated */
  async authenticateUnexpired(claims: TenantClaims): Promise<Principal> {
    if (claims.token_use === 'service') return this.authenticateService(claims);
    await this.clients.authorize({ clientId: claims.client_id, tenant: claims.tenant });
    return shopperOf(claims);
  }

  /** Returns the customer of a saas token, whose session must be alive. @throws Forbidden (behaviour D-10) */
  async saasCustomer(token: string, tenant: string): Promise<ShopperPrincipal> {
    try {
      const claims = await this.carried.saasToken(token);
      if (this.isOver(claims) || claims.tenant !== tenant) throw new Unauthenticated();
      const customer = await this.sessions.authorize({ ...claims, token_use: 'customer', scope: '' });
      await this.clients.authorize({ clientId: customer.clientId, tenant });
      return customer;
    } catch (error) {
      if (!(error instanceof Unauthenticated)) throw error;
      throw new Forbidden('saas-token: is not valid, or its session has ended: log the customer in again');
    }
  }

  /** @throws Unauthenticated - it is no `vtex_session` token in time and of this tenant (W-69, W-77) */
  async vtexSession(token: string, tenant: string): Promise<NamedSession> {
    const claims = await this.carried.vtexSessionToken(token).catch((error: unknown) => {
      throw error instanceof Unauthenticated ? new Unauthenticated('no-session') : error;
    });
    if (this.isOver(claims) || claims.account !== tenant) throw new Unauthenticated('no-session');
    return { tenant, sessionId: claims.id, epoch: epochOf(claims) };
  }

  /** As `vtexSession`. @returns undefined for a token that names no session here, or when there is none */
  async vtexSessionIfAny(token: string | undefined, tenant: string): Promise<NamedSession | undefined> {
    if (token === undefined) return undefined;
    try {
      return await this.vtexSession(token, tenant);
    } catch (error) {
      if (error instanceof Unauthenticated) return undefined;
      throw error;
    }
  }

  /** Whether the link was used before is for the caller to ask. @throws Unauthenticated - it is no link of this tenant */
  async handover(token: string, tenant: string): Promise<NamedHandover> {
    const claims = await this.carried.handoverToken(token).catch((error: unknown) => {
      throw error instanceof Unauthenticated ? new Unauthenticated('dead-handover') : error;
    });
    if (this.isOver(claims) || claims.tenant !== tenant) throw new Unauthenticated('dead-handover');
    const { sid: sessionId, epoch, jti, exp } = claims;
    return { tenant, sessionId, epoch, jti, endsAt: new Date(exp * 1000) };
  }

  private async authenticateService(claims: TenantClaims): Promise<ServicePrincipal> {
    const { tenant, client_id: clientId, epoch, jti } = claims;
    const { scopes: grantable, email } = await this.clients.authorize({ clientId, tenant, epoch, jti });
    const scopes = grantedScopes(claims.scope, grantable);
    return {
      kind: 'service',
      tenant,
      clientId,
      scopes,
      expiresAt: new Date(claims.exp * 1000),
      ...(email !== undefined && { email }),
    };
  }

  private isOver({ exp }: { readonly exp: number }): boolean {
    return exp * 1000 <= this.clock.now().getTime();
  }
}

/** @throws Unauthenticated - it is the operator's */
function ofTenant({ claims, kid }: VerifiedToken<AccessClaims>): VerifiedToken {
  if (claims.token_use === 'operator') throw new Unauthenticated();
  return { claims, kid };
}

const shopperOf = (claims: ShopperClaims): ShopperPrincipal => ({
  kind: claims.token_use,
  tenant: claims.tenant,
  clientId: claims.client_id,
  sessionId: claims.sid,
  ...(claims.grant !== undefined && { grant: claims.grant }),
  ...(claims.token_use === 'customer' && { customerId: claims.sub }),
  scopes: scopeNames(claims.scope),
  expiresAt: new Date(claims.exp * 1000),
});
