import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SessionGate, type SessionKey } from '../../session/index.js';
import { ClientGate, TokenVerifier } from '../../auth/index.js';
import { Config } from '../../config/config.schema.js';
import { cookiesOf } from '../../http/cookies.js';
import { Clock } from '../../shared/clock.js';
import { Forbidden, Unauthenticated } from '../../shared/domain-error.js';
import { TenantService, type VtexTenantSettings } from '../../tenant/index.js';
import { UnknownAccount } from '../vtex.errors.js';
import { accountOf } from './account.rules.js';
import type { VtexCaller } from './vtex-caller.js';

export const SESSION_COOKIE = 'vtex_session';
export const SEGMENT_COOKIE = 'vtex_segment';

/** Reads from a request which account it is for (D-19) and which session is its own (W-75, D-22). */
@Injectable()
export class CallerReader {
  constructor(
    private readonly tenants: TenantService,
    private readonly verifier: TokenVerifier,
    private readonly clients: ClientGate,
    private readonly gate: SessionGate,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * By a bearer token, else by the cookie; a cookie that opens nothing counts as none.
   * @throws UnknownAccount; Unauthenticated - the bearer token is not good
   */
  async of(request: FastifyRequest): Promise<VtexCaller> {
    const caller = await this.withoutSession(request);
    const [, bearer] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const key = bearer
      ? await this.keyOfBearer(bearer, caller.tenant)
      : await this.keyOfCookie(caller.cookies.get(SESSION_COOKIE), caller.tenant);
    return { ...caller, ...(key && { key }) };
  }

  /** By the token in the path. @throws UnknownAccount | Unauthenticated */
  async ofToken(request: FastifyRequest, token: string): Promise<VtexCaller> {
    const caller = await this.withoutSession(request);
    const { id } = await this.verifier.sessionToken(token, caller.tenant);
    return { ...caller, key: { tenant: caller.tenant, sessionId: id }, isBrowser: false };
  }

  /**
   * A page of another site must not write with a shopper's cookies (OWASP ASVS 5, 3.5.1 to 3.5.3): browsers name the
   * origin with every write, and no page can change that.
   * @throws Forbidden
   */
  refuseForeignPage(request: FastifyRequest, { settings }: VtexCaller): void {
    const { origin, 'sec-fetch-site': site } = request.headers;
    const own = origin === undefined ? site !== 'cross-site' : URL.parse(origin)?.host === request.host;
    if (own || (origin !== undefined && settings.allowedOrigins?.includes(origin))) return;
    throw new Forbidden('The page is of another origin: let the tenant allow it in vtex.allowedOrigins');
  }

  private async withoutSession(request: FastifyRequest): Promise<Omit<VtexCaller, 'key'>> {
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

  private async keyOfCookie(token: string | undefined, tenant: string): Promise<SessionKey | undefined> {
    if (token === undefined) return undefined;
    try {
      const { id } = await this.verifier.sessionToken(token, tenant);
      return { tenant, sessionId: id };
    } catch (error) {
      if (error instanceof Unauthenticated) return undefined;
      throw error;
    }
  }

  private async keyOfBearer(token: string, tenant: string): Promise<SessionKey> {
    const claims = await this.verifier.accessToken(token);
    if (claims.exp * 1000 <= this.clock.now().getTime()) throw new Unauthenticated('expired-token');
    if (claims.tenant !== tenant) throw new Forbidden('The token belongs to another tenant');
    await this.clients.admit(claims);
    if (claims.token_use === 'service')
      throw new Forbidden('This route is for shoppers: use the token of a session');
    const { sessionId } = await this.gate.admit(claims);
    return { tenant, sessionId };
  }
}
