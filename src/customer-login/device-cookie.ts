import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config/config.schema.js';
import { cookiesOf } from '../http/cookies.js';
import { comesFromForeignPage } from '../http/foreign-page.js';
import { TenantService } from '../tenant/index.js';

/**
 * Reads the session tokens that a device holds in the VTEX dialect, so that a login can resume one of those sessions
 * (D-22).
 */
@Injectable()
export class DeviceCookie {
  constructor(
    private readonly tenants: TenantService,
    private readonly config: Config,
  ) {}

  /**
   * @returns an empty list for a page that the tenant does not allow, which must not use cookies that the browser adds
   * (X-15)
   */
  async of(request: FastifyRequest, tenant: string): Promise<readonly string[]> {
    const tokens = cookiesOf(request.headers.cookie).get(this.config.VTEX_SESSION_COOKIE) ?? [];
    if (tokens.length === 0) return [];
    const settings = await this.tenants.vtexSettings(tenant);
    return comesFromForeignPage(request, this.config.ISSUER, settings?.allowedOrigins) ? [] : tokens;
  }
}
