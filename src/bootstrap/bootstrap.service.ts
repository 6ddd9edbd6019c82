import { Injectable, Logger } from '@nestjs/common';
import type { Bootstrap, DeclaredTenant } from './bootstrap.schema.js';
import { ClientLoader } from './client.loader.js';
import { CustomerLoader } from './customer.loader.js';
import { OfferLoader } from './offer.loader.js';
import type { Outcome } from './outcome.rules.js';
import { SiteLoader } from './site.loader.js';
import { TenantLoader } from './tenant.loader.js';

/** Loads what `BOOTSTRAP_FILE` declares and the store lacks. Existing records are never overwritten. */
@Injectable()
export class BootstrapService {
  private readonly log = new Logger(BootstrapService.name);

  constructor(
    private readonly tenants: TenantLoader,
    private readonly clients: ClientLoader,
    private readonly sites: SiteLoader,
    private readonly customers: CustomerLoader,
    private readonly offers: OfferLoader,
  ) {}

  /**
   * Creates what is missing, and logs what differs from the store (F-42).
   * @throws StoreUnavailable
   * @throws WrongConfiguration - the declarations contradict the store
   */
  async load(declared: Bootstrap | undefined): Promise<void> {
    const tenants = declared?.tenants ?? [];
    const places = new Map<DeclaredTenant, string>();
    for (const [i, tenant] of tenants.entries()) {
      if (!(await this.isDeleted(tenant.name))) places.set(tenant, `tenants[${i}]`);
    }
    for (const [tenant, place] of places) await this.refuseOthers(tenant, place);
    for (const [tenant, place] of places) {
      const outcome = await this.tenants.load(tenant, place);
      this.tell(tenant.name, [outcome, ...(await this.loadParts(tenant, place))]);
    }
    if (tenants.length === 0 && !(await this.tenants.hasAny())) this.log.warn(NO_TENANT);
  }

  /** Refuses clients of other tenants before anything is loaded. @throws RefusedDeclaration */
  async refuseOthers({ name, clients }: DeclaredTenant, place = ''): Promise<void> {
    for (const [i, client] of clients.entries()) {
      await this.clients.refuseOthers(name, client, `${place}.clients[${i}]`);
    }
  }

  /** Loads everything but the tenant itself and its settings. @throws RefusedDeclaration */
  async loadParts(tenant: DeclaredTenant, place = ''): Promise<readonly Outcome[]> {
    const { name, clients, sites, customers } = tenant;
    const outcomes: Outcome[] = [];
    for (const [i, client] of clients.entries()) {
      outcomes.push(await this.clients.load(name, client, `${place}.clients[${i}]`));
    }
    for (const [i, site] of sites.entries()) {
      outcomes.push(await this.sites.load(name, site, `${place}.sites[${i}]`));
    }
    for (const [i, customer] of customers.entries()) {
      outcomes.push(await this.customers.load(name, customer, `${place}.customers[${i}]`));
    }
    outcomes.push(...(await this.offers.load(tenant, place)));
    return [...outcomes, ...(await this.tenants.loadVtex(tenant, `${place}.vtex`))];
  }

  /** The file must not bring back what an operator has deleted. */
  private async isDeleted(name: string): Promise<boolean> {
    const deletion = await this.tenants.deletion(name);
    if (!deletion) return false;
    this.log.warn(
      `BOOTSTRAP_FILE: tenant ${name} was deleted on ${deletion.requestedAt.toISOString()}, so it is not loaded. ` +
        'Remove it from the file, or create it again with POST /admin/tenants',
    );
    return true;
  }

  private tell(tenant: string, outcomes: readonly Outcome[]): void {
    const count = outcomes.filter(({ made }) => made).length;
    if (count > 0) this.log.log(`tenant ${tenant}: ${count} records loaded`);
    for (const { place, difference } of outcomes) {
      if (difference === undefined) continue;
      this.log.warn(
        `BOOTSTRAP_FILE, ${place} of tenant ${tenant}: ${difference}. The store takes precedence`,
      );
    }
  }
}

const NO_TENANT =
  'There is no tenant, so every request will be refused. Declare one in a file, as bootstrap/demo.json does, ' +
  'set BOOTSTRAP_FILE to that file, and start again';
