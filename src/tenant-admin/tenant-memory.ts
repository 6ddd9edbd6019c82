import { Injectable } from '@nestjs/common';
import { OAuthService } from '../oauth/index.js';
import { RememberedSites } from '../site-settings/index.js';
import { TenantService } from '../tenant/index.js';
import { RememberedVtexSettings } from '../vtex-settings/index.js';

/** What this instance remembers of tenants. Every instance reads it again after five seconds at most. */
@Injectable()
export class TenantMemory {
  constructor(
    private readonly tenants: TenantService,
    private readonly clients: OAuthService,
    private readonly sites: RememberedSites,
    private readonly vtexSettings: RememberedVtexSettings,
  ) {}

  /** Makes a change take effect here at once. */
  forget(tenant: string): void {
    this.tenants.forget(tenant);
    this.clients.forgetTenant();
    this.sites.forget(tenant);
    this.vtexSettings.forget(tenant);
  }
}
