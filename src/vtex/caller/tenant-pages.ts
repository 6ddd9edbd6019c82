import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CookiePages } from '../../http/edge/cors.js';
import { tenantIn } from '../../http/query/tenant-query.dto.js';
import type { RouteTraits } from '../../http/route-traits.js';
import type { UpstreamAccounts } from '../../http/upstream/elsewhere.js';
import { TenantService, type VtexTenantSettings } from '../../tenant/index.js';
import { Accounts } from './accounts.js';

/** Knows which pages may call with a shopper's cookies: those in the tenant's setting `vtex.allowedOrigins`. */
@Injectable()
export class TenantPages implements CookiePages, UpstreamAccounts {
  constructor(
    private readonly accounts: Accounts,
    private readonly tenants: TenantService,
  ) {}

  async allowedOrigins(request: FastifyRequest, traits: RouteTraits): Promise<readonly string[]> {
    const settings = await this.settingsFor(request, traits).catch(() => undefined);
    return settings?.allowedOrigins ?? [];
  }

  async accountFor(request: FastifyRequest): Promise<string> {
    return (await this.accounts.of(request)).tenant;
  }

  /** An anonymous login names its tenant in the query; the VTEX dialect names an account. */
  private async settingsFor(
    request: FastifyRequest,
    { cookies }: RouteTraits,
  ): Promise<VtexTenantSettings | undefined> {
    if (cookies === 'always') return (await this.accounts.of(request)).settings;
    const tenant = tenantIn(request.query);
    return tenant === undefined ? undefined : this.tenants.vtexSettings(tenant);
  }
}
