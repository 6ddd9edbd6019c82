import { Injectable } from '@nestjs/common';
import { Credentials } from '../auth/index.js';
import { OAuthService } from '../oauth/index.js';
import {
  type AskedValues,
  SessionRefreshService,
  SessionService,
  type SessionTokens,
} from '../session/index.js';
import { InvalidInput, Unauthenticated } from '../shared/domain-error.js';
import { SiteAccess } from '../site-settings/index.js';

export interface Storefront {
  readonly tenant: string;
  readonly clientId: string;
}

/** One of the two is what the client holds. */
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
   * @param cookie `vtex_session`: the anonymous session of the device goes on, in both dialects (D-22)
   * @throws Unauthenticated (W-08); InvalidInput (D-24)
   */
  async logIn(
    { tenant, clientId }: Storefront,
    asked: AskedValues,
    cookie: string | undefined,
  ): Promise<SessionTokens> {
    await this.expectStorefront({ tenant, clientId });
    await this.sites.expectAsked(tenant, asked);
    const named = await this.credentials.vtexSessionIfAny(cookie, tenant);
    const resumed = named && (await this.sessions.resumeByCookie(named, clientId, asked));
    return resumed ?? this.sessions.begin(tenant, clientId, asked);
  }

  /** @throws Unauthenticated */
  async refresh({ tenant, clientId }: Storefront, credential: RefreshCredential): Promise<SessionTokens> {
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
