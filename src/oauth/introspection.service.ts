import { Injectable } from '@nestjs/common';
import { canonicalScope, type LiveToken, TokenInspector } from '../auth/index.js';
import { ClientAuthentication } from './client-authentication.js';
import type { ClientCredentials } from './client-credentials.js';
import { RememberedClients } from './remembered-clients.js';
import { OF_OPERATOR, RevokedTokens } from './revocation/revoked-tokens.js';

/** Tells confidential clients what a token of their tenant is worth now (RFC 7662). */
@Injectable()
export class IntrospectionService {
  constructor(
    private readonly authentication: ClientAuthentication,
    private readonly tokens: TokenInspector,
    private readonly remembered: RememberedClients,
    private readonly revoked: RevokedTokens,
  ) {}

  /**
   * @returns undefined if the token opens nothing, or belongs to another tenant
   * @throws OAuthError if the caller's credentials are wrong
   */
  async introspect(credentials: ClientCredentials, token: string): Promise<LiveToken | undefined> {
    const { client } = await this.authentication.confidential(credentials);
    const live = await this.tokens.inspect(token, client?.tenant);
    if (!live || (await this.isRevoked(live))) return undefined;
    return this.asOfNow(live);
  }

  private async isRevoked({ use, tenant = OF_OPERATOR, jti }: LiveToken): Promise<boolean> {
    if ((use !== 'service' && use !== 'operator') || jti === undefined) return false;
    return this.revoked.isRevokedNow({ tenant, jti });
  }

  /** The client of the token, as it is stored now: what was remembered may be five seconds old. */
  private async asOfNow(live: LiveToken): Promise<LiveToken | undefined> {
    if (live.tenant === undefined || live.clientId === undefined) return live;
    const client = await this.remembered.fresh(live.clientId);
    const isOver = live.epoch !== undefined && live.epoch !== client?.epoch;
    if (!client?.enabled || client.tenant !== live.tenant || isOver) return undefined;
    if (live.use !== 'service') return live;
    const scopes = live.scopes?.filter((name) => client.scopes.includes(canonicalScope(name))) ?? [];
    return { ...live, scopes };
  }
}
