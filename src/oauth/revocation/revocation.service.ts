import { Injectable } from '@nestjs/common';
import { SessionTokenGate, TokenInspector } from '../../auth/index.js';
import { ClientAuthentication } from '../client-authentication.js';
import type { ClientCredentials, PublicCredentials } from '../client-credentials.js';
import { issuedToAnother, unsupportedTokenType } from '../oauth.errors.js';
import { ServiceTokenRevocation } from './service-token-revocation.js';

/** Ends sessions and service tokens for clients that give one of their tokens back (RFC 7009). */
@Injectable()
export class RevocationService {
  constructor(
    private readonly authentication: ClientAuthentication,
    private readonly tokens: TokenInspector,
    private readonly sessions: SessionTokenGate,
    private readonly serviceTokens: ServiceTokenRevocation,
  ) {}

  /**
   * Does nothing if the token opens nothing any more, or never did: that is what the caller wants.
   * @throws OAuthError if the client is not what it claims to be, if the token is another client's, or if tokens of its
   * kind can't be revoked
   */
  async revoke(credentials: ClientCredentials | PublicCredentials, token: string): Promise<void> {
    const { client } = await this.authentication.confidentialOrPublic(credentials);
    const live = await this.tokens.inspect(token, client?.tenant);
    if (!live) return;
    if (client && live.clientId !== client.clientId) throw issuedToAnother();
    const { use, tenant, sessionId } = live;
    if (use === 'service' || use === 'operator') return this.serviceTokens.revoke(live);
    const isShoppers = use === 'anonymous' || use === 'customer' || use === 'refresh';
    if (!isShoppers || tenant === undefined || sessionId === undefined) throw unsupportedTokenType();
    await this.sessions.end({ tenant, sessionId });
  }
}
