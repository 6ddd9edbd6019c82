import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Credentials, TokenIssuer } from '../../auth/index.js';
import { BrowserCookies } from '../../customer/index.js';
import { cookiesOf, setCookie } from '../../http/cookies.js';
import { type SessionKey, SessionRepository } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { TenantService, type VtexTenantSettings } from '../../tenant/index.js';
import { accountIdOf } from './basis.service.js';
import { SESSION_COOKIE } from './caller-reader.js';
import { SESSION_TOKEN_SECONDS } from './session-saver.service.js';

/** A cookie of this dialect: kept as long as a session token is good. */
export const vtexCookie = (name: string, value: string, { crossSiteCookies }: VtexTenantSettings): string =>
  setCookie(name, value, { maxAgeSeconds: SESSION_TOKEN_SECONDS, crossSite: crossSiteCookies === true });

/** Gives a browser the successor of its `vtex_session` cookie, when a request of the other dialect ended that one. */
@Injectable()
export class SessionCookies extends BrowserCookies {
  constructor(
    private readonly credentials: Credentials,
    private readonly issuer: TokenIssuer,
    private readonly sessions: SessionRepository,
    private readonly tenants: TenantService,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async renew(request: FastifyRequest, reply: FastifyReply, key: SessionKey): Promise<void> {
    const cookie = cookiesOf(request.headers.cookie).get(SESSION_COOKIE);
    const named = await this.credentials.vtexSessionIfAny(cookie, key.tenant);
    if (named?.sessionId !== key.sessionId) return;
    const [session, settings = {}] = await Promise.all([
      this.sessions.find(key, this.clock.now()),
      this.tenants.vtexSettings(key.tenant),
    ]);
    if (!session) return;
    const { tenant, sessionId, epoch, revision: version } = session;
    const subject = { tenant, sessionId, epoch, version, accountId: accountIdOf(tenant) };
    const token = await this.issuer.sessionToken(subject, SESSION_TOKEN_SECONDS);
    void reply.header('set-cookie', vtexCookie(SESSION_COOKIE, token, settings));
  }
}
