import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bearerOf, Credentials, hasBearer } from '../../auth/index.js';
import { Config } from '../../config/config.schema.js';
import { cookiesOf } from '../../http/cookies.js';
import { comesFromForeignPage } from '../../http/foreign-page.js';
import { Forbidden } from '../../shared/domain-error.js';
import { TenantService, type VtexTenantSettings } from '../../tenant/index.js';
import { UnknownAccount } from '../vtex.errors.js';
import { accountOf } from './account.rules.js';
import type { SessionClaim, VtexCaller } from './vtex-caller.js';

export const SESSION_COOKIE = 'vtex_session';
export const SEGMENT_COOKIE = 'vtex_segment';

/** Reads from a request which account it is for (D-19) and which session is its own (W-75, D-22). */
@Injectable()
export class CallerReader {
  constructor(
    private readonly tenants: TenantService,
    private readonly credentials: Credentials,
    private readonly config: Config,
  ) {}

  /**
   * By a bearer token, else by the cookie; a cookie that opens nothing counts as none.
   * @throws UnknownAccount; Unauthenticated - the bearer token is not good
   */
  async of(request: FastifyRequest): Promise<VtexCaller> {
    const caller = await this.withoutSession(request);
    const { authorization } = request.headers;
    const claim = hasBearer(authorization)
      ? await this.claimOfBearer(bearerOf(authorization), caller.tenant)
      : await this.claimOfCookie(caller.cookies.get(SESSION_COOKIE), caller.tenant);
    return { ...caller, ...(claim && { claim }) };
  }

  /** By the token in the path. @throws UnknownAccount | Unauthenticated */
  async ofToken(request: FastifyRequest, token: string): Promise<VtexCaller> {
    const caller = await this.withoutSession(request);
    const { epoch, ...key } = await this.credentials.vtexSession(token, caller.tenant);
    return { ...caller, claim: { by: 'session-token', key, epoch }, isBrowser: false };
  }

  /**
   * A page of another site must not write with a shopper's cookies (OWASP ASVS 5, 3.5.1 to 3.5.3): browsers name the
   * origin with every write, and no page can change that.
   * @throws Forbidden
   */
  refuseForeignPage(request: FastifyRequest, { settings }: VtexCaller): void {
    if (!comesFromForeignPage(request, this.config.ISSUER, settings.allowedOrigins)) return;
    throw new Forbidden('The page is of another origin: let the tenant allow it in vtex.allowedOrigins');
  }

  private async withoutSession(request: FastifyRequest): Promise<Omit<VtexCaller, 'claim'>> {
    const { tenant, settings } = await this.account(request);
    return {
      tenant,
      settings,
      cookies: cookiesOf(request.headers.cookie),
      isBrowser: true,
      address: request.ip,
      isPrivate: request.protocol === 'https' || /^(::ffff:)?127\.|^::1$/.test(request.ip),
    };
  }

  /** @throws UnknownAccount */
  async account(request: FastifyRequest): Promise<{ tenant: string; settings: VtexTenantSettings }> {
    const tenant = accountOf(request.hostname, request.query, this.config);
    const settings = tenant === undefined ? undefined : await this.tenants.vtexSettings(tenant);
    if (tenant === undefined || !settings) throw new UnknownAccount();
    return { tenant, settings };
  }

  private async claimOfCookie(token: string | undefined, tenant: string): Promise<SessionClaim | undefined> {
    const named = await this.credentials.vtexSessionIfAny(token, tenant);
    if (!named) return undefined;
    const { epoch, ...key } = named;
    return { by: 'session-token', key, epoch };
  }

  private async claimOfBearer(token: string, tenant: string): Promise<SessionClaim> {
    const caller = await this.credentials.bearer(token, tenant);
    if (caller.kind === 'service')
      throw new Forbidden('This route is for shoppers: use the token of a session');
    const { sessionId, grant } = caller;
    return { by: 'bearer', key: { tenant, sessionId }, grant };
  }
}
