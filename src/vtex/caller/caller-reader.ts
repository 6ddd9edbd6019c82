import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bearerOf, Credentials, hasBearer } from '../../auth/index.js';
import { Config } from '../../config/config.schema.js';
import { cookiesOf, needsSecureCookies } from '../../http/cookies.js';
import { comesFromForeignPage } from '../../http/foreign-page.js';
import { Forbidden } from '../../shared/domain-error.js';
import { Accounts } from './accounts.js';
import type { SessionClaim, VtexCaller } from './vtex-caller.js';

export const SEGMENT_COOKIE = 'vtex_segment';

/** Reads from a request which account it is for (D-19) and which sessions it may open (W-75, D-22). */
@Injectable()
export class CallerReader {
  constructor(
    private readonly accounts: Accounts,
    private readonly credentials: Credentials,
    private readonly config: Config,
  ) {}

  /**
   * Reads the caller from the bearer token, else from the cookie. A cookie that opens no session counts as absent.
   * @throws UnknownAccount
   * @throws Unauthenticated - the bearer token is not valid
   */
  async of(request: FastifyRequest): Promise<VtexCaller> {
    const caller = await this.withoutSession(request);
    const { authorization } = request.headers;
    const claims = hasBearer(authorization)
      ? [await this.claimOfBearer(bearerOf(authorization), caller.tenant)]
      : await this.claimsOfCookies(caller.cookies.get(caller.sessionCookie) ?? [], caller.tenant);
    return { ...caller, claims };
  }

  /** Reads the caller from the token in the path. @throws UnknownAccount | Unauthenticated */
  async ofToken(request: FastifyRequest, token: string): Promise<VtexCaller> {
    const caller = await this.withoutSession(request);
    const { epoch, ...key } = await this.credentials.vtexSession(token, caller.tenant);
    return { ...caller, claims: [{ by: 'session-token', key, epoch }], isBrowser: false };
  }

  /**
   * Refuses writes from pages of other sites, which must not use a shopper's cookies (OWASP ASVS 5, 3.5.1 to 3.5.3).
   * Browsers name the origin with every write, and no page can change that.
   * @throws Forbidden
   */
  refuseForeignPage(request: FastifyRequest, { settings }: VtexCaller): void {
    if (!comesFromForeignPage(request, this.config.ISSUER, settings.allowedOrigins)) return;
    throw new Forbidden('The page has another origin: let the tenant allow it in vtex.allowedOrigins');
  }

  private async withoutSession(request: FastifyRequest): Promise<Omit<VtexCaller, 'claims'>> {
    const { tenant, settings } = await this.accounts.of(request);
    return {
      tenant,
      settings,
      cookies: cookiesOf(request.headers.cookie),
      sessionCookie: this.config.VTEX_SESSION_COOKIE,
      secureCookies: needsSecureCookies(request, this.config),
      isBrowser: true,
      address: request.ip,
      requestId: request.id,
      isPrivate: request.protocol === 'https' || /^(::ffff:)?127\.|^::1$/.test(request.ip),
    };
  }

  private async claimsOfCookies(tokens: readonly string[], tenant: string): Promise<readonly SessionClaim[]> {
    const named = await Promise.all(tokens.map((token) => this.credentials.vtexSessionIfAny(token, tenant)));
    return named
      .filter((one) => one !== undefined)
      .map(({ epoch, ...key }) => ({ by: 'session-token', key, epoch }));
  }

  private async claimOfBearer(token: string, tenant: string): Promise<SessionClaim> {
    const caller = await this.credentials.bearer(token, tenant);
    if (caller.kind === 'service')
      throw new Forbidden('This route is for shoppers: use the token of a session');
    const { sessionId, grant } = caller;
    return { by: 'bearer', key: { tenant, sessionId }, grant };
  }
}
