import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config/config.schema.js';
import { cookiesOf } from '../http/cookies.js';
import { comesFromForeignPage } from '../http/foreign-page.js';
import { TenantService } from '../tenant/index.js';

/** The session that a device has in the VTEX dialect, for a login that may go on with it (D-22). */
@Injectable()
export class DeviceCookie {
  constructor(
    private readonly tenants: TenantService,
    private readonly config: Config,
  ) {}

  /** @returns undefined for a page that the tenant did not allow: it must not take over what the browser sends along */
  async of(request: FastifyRequest, tenant: string): Promise<string | undefined> {
    const cookie = cookiesOf(request.headers.cookie).get('vtex_session');
    if (cookie === undefined) return undefined;
    const settings = await this.tenants.vtexSettings(tenant);
    return comesFromForeignPage(request, this.config.ISSUER, settings?.allowedOrigins) ? undefined : cookie;
  }
}
