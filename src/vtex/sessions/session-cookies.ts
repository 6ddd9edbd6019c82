import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Credentials, TokenIssuer } from '../../auth/index.js';
import { Config } from '../../config/config.schema.js';
import { BrowserCookies } from '../../customer/index.js';
import { cookiesOf, needsSecureCookies, setCookie } from '../../http/cookies.js';
import { type SessionKey, SessionRepository } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { TenantService } from '../../tenant/index.js';
import type { VtexCaller } from '../caller/vtex-caller.js';
import { accountIdOf } from '../values/session-facts.service.js';
import { SESSION_TOKEN_SECONDS } from './transform-and-save.service.js';

/** Builds a cookie of this dialect, which lasts as long as a session token is valid. */
export const vtexCookie = (
  name: string,
  value: string,
  { settings, secureCookies }: Pick<VtexCaller, 'settings' | 'secureCookies'>,
): string =>
  setCookie(name, value, {
    maxAgeSeconds: SESSION_TOKEN_SECONDS,
    crossSite: settings.crossSiteCookies === true,
    secure: secureCookies,
  });

/** Gives a browser a new `vtex_session` cookie when a request in the other dialect ended the one that it has. */
@Injectable()
export class SessionCookies extends BrowserCookies {
  constructor(
    private readonly credentials: Credentials,
    private readonly issuer: TokenIssuer,
    private readonly sessions: SessionRepository,
    private readonly tenants: TenantService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    super();
  }

  override async renew(request: FastifyRequest, reply: FastifyReply, key: SessionKey): Promise<void> {
    if (!(await this.carries(request, key))) return;
    const [session, settings = {}] = await Promise.all([
      this.sessions.find(key, this.clock.now()),
      this.tenants.vtexSettings(key.tenant),
    ]);
    if (!session) return;
    const { tenant, sessionId, epoch, revision: version } = session;
    const subject = { tenant, sessionId, epoch, version, accountId: accountIdOf(tenant) };
    const secureCookies = needsSecureCookies(request, this.config);
    const token = await this.issuer.vtexSessionToken(subject, SESSION_TOKEN_SECONDS);
    void reply.header(
      'set-cookie',
      vtexCookie(this.config.VTEX_SESSION_COOKIE, token, { settings, secureCookies }),
    );
  }

  /** Tells whether the request has a token of this session, from any epoch. */
  private async carries(request: FastifyRequest, { tenant, sessionId }: SessionKey): Promise<boolean> {
    const tokens = cookiesOf(request.headers.cookie).get(this.config.VTEX_SESSION_COOKIE) ?? [];
    const named = await Promise.all(tokens.map((token) => this.credentials.vtexSessionIfAny(token, tenant)));
    return named.some((one) => one?.sessionId === sessionId);
  }
}
