import { Injectable } from '@nestjs/common';
import { Credentials } from '../auth/index.js';
import { OAuthService } from '../oauth/index.js';
import {
  type RequestedValues,
  SessionRefreshService,
  SessionService,
  type TokenSet,
} from '../session/index.js';
import { InvalidInput, Unauthenticated } from '../shared/domain-error.js';
import { SiteAccess } from '../site-settings/index.js';

export interface Storefront {
  readonly tenant: string;
  readonly clientId: string;
}

/** What the client refreshes with: one of the two. */
export interface RefreshCredential {
  readonly refreshToken?: string;
  readonly accessToken?: string;
}

@Injectable()
export class AnonymousLoginService {
  constructor(
    private readonly clients: OAuthService,
    private readonly sites: SiteAccess,
    private readonly sessions: SessionService,
    private readonly refreshes: SessionRefreshService,
    private readonly credentials: Credentials,
  ) {}

  /**
   * Begins an anonymous session, or resumes the first one that a device token opens, in both dialects (D-22).
   * @param deviceTokens from the `vtex_session` cookie
   * @throws Unauthenticated if the client is unknown (W-08); InvalidInput if a requested value is not valid (D-24)
   */
  async logIn(
    { tenant, clientId }: Storefront,
    asked: RequestedValues,
    deviceTokens: readonly string[],
  ): Promise<TokenSet> {
    await this.expectStorefront({ tenant, clientId });
    await this.sites.expectAsked(tenant, asked);
    for (const token of deviceTokens) {
      const named = await this.credentials.vtexSessionIfAny(token, tenant);
      const resumed = named && (await this.sessions.resumeByCookie(named, clientId, asked));
      if (resumed) return resumed;
    }
    return this.sessions.begin(tenant, clientId, asked);
  }

  /** @throws Unauthenticated if the client or the token is not valid; InvalidInput if both tokens are missing */
  async refresh({ tenant, clientId }: Storefront, credential: RefreshCredential): Promise<TokenSet> {
    await this.expectStorefront({ tenant, clientId });
    if (credential.refreshToken !== undefined) {
      return this.refreshes.anonymous(tenant, clientId, credential.refreshToken);
    }
    if (credential.accessToken === undefined) throw InvalidInput.of('refresh_token', 'is missing');
    const claims = await this.credentials.named(credential.accessToken);
    if (claims.token_use !== 'anonymous' || claims.tenant !== tenant) throw new Unauthenticated();
    return this.refreshes.byAccessToken(claims, clientId);
  }

  private async expectStorefront({ tenant, clientId }: Storefront): Promise<void> {
    if (!(await this.clients.storefront(tenant, clientId))) throw new Unauthenticated('unknown-client');
  }
}
