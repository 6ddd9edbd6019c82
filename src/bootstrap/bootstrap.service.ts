import { Injectable, Logger } from '@nestjs/common';
import { CustomerRepository, PasswordService } from '../customer/index.js';
import { ClientRepository, hashSecret } from '../oauth/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { SiteRepository } from '../site-settings/index.js';
import { TenantRepository } from '../tenant/index.js';
import type { Bootstrap, DeclaredTenant } from './bootstrap.schema.js';
import { toCustomer, toSite } from './declared-records.js';

/** Loads what `BOOTSTRAP_FILE` declares and is not there yet; what was changed since is never overwritten. */
@Injectable()
export class BootstrapService {
  private readonly log = new Logger(BootstrapService.name);

  constructor(
    private readonly tenants: TenantRepository,
    private readonly clients: ClientRepository,
    private readonly sites: SiteRepository,
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordService,
    private readonly clock: Clock,
  ) {}

  /** Where a tenant, a client, a site or a customer is missing, it is made. @throws StoreUnavailable */
  async load(declared: Bootstrap | undefined): Promise<void> {
    for (const tenant of declared?.tenants ?? []) await this.loadTenant(tenant);
  }

  private async loadTenant(tenant: DeclaredTenant): Promise<void> {
    const { name, settings } = tenant;
    const made = [await this.tenants.create({ name, settings })];
    for (const client of tenant.clients) made.push(await this.loadClient(name, client));
    for (const site of tenant.sites) made.push(await this.sites.create(toSite(name, site)));
    for (const customer of tenant.customers) made.push(await this.loadCustomer(name, customer));
    const count = made.filter(Boolean).length;
    if (count > 0) this.log.log(`tenant ${name}: ${count} records loaded`);
  }

  private loadClient(tenant: string, client: DeclaredTenant['clients'][number]): Promise<boolean> {
    const { clientId, kind } = client;
    if (kind === 'storefront') return this.clients.create({ clientId, tenant, kind, scopes: [] });
    const { scopes, secret } = client;
    return this.clients.create({ clientId, tenant, kind, scopes, secretHash: hashSecret(secret) });
  }

  /** A hash costs about 50 ms: it is made only for a customer who is not there yet. */
  private async loadCustomer(
    tenant: string,
    declared: DeclaredTenant['customers'][number],
  ): Promise<boolean> {
    const email = declared.email.toLowerCase();
    if (await this.customers.findByEmail(tenant, email)) return false;
    const passwordHash = await this.passwords.hash(declared.password);
    const now = this.clock.now();
    return this.customers.create(toCustomer(tenant, declared, { id: newId(), passwordHash, now }));
  }
}
