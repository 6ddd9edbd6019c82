import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { Credentials } from './credentials.js';
import { SessionTokenGate } from './session-token-gate.js';
import { ShopperGate } from './shopper-gate.js';
import { CarriedTokens } from './tokens/carried-tokens.js';
import { type AccessClaims, epochOf, type TenantClaims } from './tokens/claims.js';
import { formatScope, scopeNames } from './tokens/scopes.rules.js';

/** A token that opens something now, and what it says. Times are in seconds since 1970. */
export interface LiveToken {
  readonly use: AccessClaims['token_use'] | 'saas' | 'vtex_session' | 'refresh';
  /** Absent for the operator's token, which belongs to no tenant. */
  readonly tenant?: string;
  /** Absent for a session that began without a client. */
  readonly clientId?: string;
  readonly sessionId?: string;
  /** For a service token: the client's epoch at the time of issue. */
  readonly epoch?: string;
  /** What an access token grants now. */
  readonly scopes?: readonly string[];
  readonly sub?: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti?: string;
}

/** Inspects a token of any kind for a caller who is not its holder (RFC 7662). */
@Injectable()
export class TokenInspector {
  constructor(
    private readonly credentials: Credentials,
    private readonly carried: CarriedTokens,
    private readonly shoppers: ShopperGate,
    private readonly sessionTokens: SessionTokenGate,
    private readonly clock: Clock,
  ) {}

  /**
   * @param tenant whose tokens count; undefined: the operator's
   * @returns undefined if the token opens nothing, or belongs to somebody else
   */
  async inspect(token: string, tenant: string | undefined): Promise<LiveToken | undefined> {
    const access = await ifGood(() => this.accessToken(token, tenant));
    if (access || tenant === undefined) return access;
    return (
      (await ifGood(() => this.saasToken(token, tenant))) ??
      (await ifGood(() => this.vtexSession(token, tenant))) ??
      (await this.refreshToken(token, tenant))
    );
  }

  private async accessToken(token: string, tenant: string | undefined): Promise<LiveToken | undefined> {
    const { claims } = await this.credentials.verifiedOfAnybody(token);
    if (claims.token_use !== 'operator')
      return claims.tenant === tenant ? this.tenantToken(claims) : undefined;
    if (tenant !== undefined) return undefined;
    await this.credentials.expectOperator(claims);
    return { use: claims.token_use, scopes: scopeNames(claims.scope), ...standard(claims) };
  }

  private async tenantToken(claims: TenantClaims): Promise<LiveToken> {
    const { scopes } = await this.credentials.authenticate(claims);
    const { token_use: use, tenant } = claims;
    return {
      use,
      tenant,
      scopes,
      ...(claims.token_use === 'service' ? { epoch: claims.epoch } : { sessionId: claims.sid }),
      ...standard(claims),
    };
  }

  private async saasToken(token: string, tenant: string): Promise<LiveToken | undefined> {
    const claims = await this.carried.saasToken(token);
    if (this.isOver(claims) || claims.tenant !== tenant) return undefined;
    const { clientId } = await this.shoppers.authorize({ ...claims, token_use: 'customer', scope: '' });
    const { sid: sessionId, sub, iat, exp, jti } = claims;
    return { use: 'saas', tenant, clientId, sessionId, sub, iat, exp, jti };
  }

  private async vtexSession(token: string, tenant: string): Promise<LiveToken | undefined> {
    const claims = await this.carried.vtexSessionToken(token);
    if (this.isOver(claims) || claims.account !== tenant) return undefined;
    const { id: sessionId, sub, iat, exp, jti } = claims;
    const session = await this.sessionTokens.bySessionToken({ tenant, sessionId, epoch: epochOf(claims) });
    if (!session) return undefined;
    return { use: 'vtex_session', tenant, sessionId, ...clientOf(session), sub, iat, exp, jti };
  }

  private async refreshToken(token: string, tenant: string): Promise<LiveToken | undefined> {
    const found = await this.sessionTokens.byRefreshToken(tenant, token);
    if (!found) return undefined;
    const { sessionId, customerId, issuedAt, expiresAt } = found;
    return {
      use: 'refresh',
      tenant,
      sessionId,
      ...clientOf(found),
      sub: customerId ?? sessionId,
      iat: inSeconds(issuedAt),
      exp: inSeconds(expiresAt),
    };
  }

  private isOver({ exp }: { readonly exp: number }): boolean {
    return exp * 1000 <= this.clock.now().getTime();
  }
}

/** The scope of a live token as it is written on the wire. */
export const liveScope = ({ tenant, scopes = [] }: LiveToken): string =>
  tenant === undefined ? scopes.join(' ') : formatScope(tenant, scopes);

const standard = ({ client_id: clientId, sub, iat, exp, jti }: AccessClaims) => ({
  clientId,
  sub,
  iat,
  exp,
  jti,
});

const clientOf = ({ clientId }: { readonly clientId?: string }) =>
  clientId === undefined ? {} : { clientId };

const inSeconds = (time: Date): number => Math.floor(time.getTime() / 1000);

/** If the store does not answer, the error is passed on rather than reported as an invalid token. */
async function ifGood(read: () => Promise<LiveToken | undefined>): Promise<LiveToken | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Unauthenticated) return undefined;
    throw error;
  }
}
