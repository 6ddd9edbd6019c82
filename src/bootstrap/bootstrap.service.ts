import { Injectable, Logger } from '@nestjs/common';
import { SiteRepository } from '../site-settings/index.js';
import { TenantRepository } from '../tenant/index.js';
import { VtexSettingsRepository } from '../vtex-settings/index.js';
import type { Bootstrap, DeclaredTenant } from './bootstrap.schema.js';
import { ClientLoader } from './client.loader.js';
import { CustomerLoader } from './customer.loader.js';
import { toSite } from './declared-records.js';
import { OfferLoader } from './offer.loader.js';
import { toVtexSettings } from './vtex.schema.js';

/** Loads what `BOOTSTRAP_FILE` declares and is not there yet; what was changed since is never overwritten. */
@Injectable()
export class BootstrapService {
  private readonly log = new Logger(BootstrapService.name);

  constructor(
    private readonly tenants: TenantRepository,
    private readonly clients: ClientLoader,
    private readonly sites: SiteRepository,
    private readonly customers: CustomerLoader,
    private readonly offers: OfferLoader,
    private readonly vtexSettings: VtexSettingsRepository,
  ) {}

  /** Where a tenant, a client, a site or a customer is missing, it is made. @throws StoreUnavailable */
  async load(declared: Bootstrap | undefined): Promise<void> {
    for (const tenant of declared?.tenants ?? []) await this.loadTenant(tenant);
  }

  private async loadTenant(tenant: DeclaredTenant): Promise<void> {
    const { name, settings } = tenant;
    const made = [await this.tenants.create({ name, settings })];
    for (const client of tenant.clients) made.push(await this.clients.load(name, client));
    for (const site of tenant.sites) made.push(await this.sites.create(toSite(name, site)));
    for (const customer of tenant.customers) made.push(await this.customers.load(name, customer));
    made.push(...(await this.offers.load(tenant)), await this.loadVtex(tenant));
    const count = made.filter(Boolean).length;
    if (count > 0) this.log.log(`tenant ${name}: ${count} records loaded`);
  }

  private async loadVtex({ name, vtex }: DeclaredTenant): Promise<boolean> {
    if (!vtex) return false;
    const declared = toVtexSettings(name, vtex);
    const stored = await this.vtexSettings.change(name, (current) => current ?? declared);
    return stored === declared;
  }
}
