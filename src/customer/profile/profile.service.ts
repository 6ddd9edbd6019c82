import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { SiteRepository } from '../../site-settings/index.js';
import { expectCustomerSize } from '../customer-size.rules.js';
import { CustomerNotFound } from '../customer.errors.js';
import { CustomerRepository } from '../customer.repository.js';
import type { Customer } from '../customer.types.js';
import type { CustomerKey } from '../own-customer.js';
import { CompaniesOfCustomer, type CompanyOfCustomer } from './companies-of-customer.js';
import { preferredSiteProblems } from './preferred-site.js';
import { changedProfile, type ProfileChanges, profileProblems } from './profile.rules.js';

@Injectable()
export class ProfileService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly sites: SiteRepository,
    private readonly companies: CompaniesOfCustomer,
    private readonly config: Config,
  ) {}

  /** @throws CustomerNotFound */
  async read({ tenant, id }: CustomerKey): Promise<Customer> {
    const customer = await this.customers.find(tenant, id);
    if (!customer) throw new CustomerNotFound(id);
    return customer;
  }

  /** Returns the legal entities that the customer may act for. */
  companiesOf({ tenant, id }: CustomerKey): Promise<readonly CompanyOfCustomer[]> {
    return this.companies.of(tenant, id);
  }

  /** Returns the site where an anonymous shopper shops, or undefined if the tenant has no sites. */
  async defaultSite(tenant: string): Promise<string | undefined> {
    return (await this.sites.findDefault(tenant))?.code;
  }

  /** @throws InvalidInput | TooLarge | VersionConflict | CustomerNotFound */
  async update({ tenant, id }: CustomerKey, changes: ProfileChanges): Promise<Customer> {
    const { groups } = await this.read({ tenant, id });
    const problems = [
      ...profileProblems(changes),
      ...(await preferredSiteProblems(this.sites, tenant, changes.preferredSite, groups)),
    ];
    if (problems.length > 0) throw new InvalidInput(problems);
    const changed = await this.customers.change(tenant, id, (current) =>
      expectCustomerSize(current, changedProfile(current, changes), this.config.MAX_CUSTOMER_BYTES),
    );
    if (!changed) throw new CustomerNotFound(id);
    return changed;
  }
}
