import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { SiteRepository } from '../../site-settings/index.js';
import { CredentialChanges } from '../credentials/credential-changes.service.js';
import { expectCustomerSize } from '../customer-size.rules.js';
import { CustomerNotFound } from '../customer.errors.js';
import { CustomerRepository } from '../customer.repository.js';
import type { CustomerKey } from '../own-customer.js';
import { preferredSiteProblems } from '../profile/preferred-site.js';
import { profileProblems } from '../profile/profile.rules.js';
import { changedCustomer, type ManagedChanges } from './managed-customer.rules.js';

/** Changes customers for the tenant that they belong to. */
@Injectable()
export class CustomerChanger {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly sites: SiteRepository,
    private readonly changes: CredentialChanges,
    private readonly config: Config,
  ) {}

  /**
   * Changes a profile. If that blocks the customer, all sessions end before this returns; after a crash in between,
   * `SessionEnder` ends them.
   * @throws InvalidInput | TooLarge | VersionConflict | CustomerNotFound
   */
  async change({ tenant, id }: CustomerKey, changes: ManagedChanges): Promise<void> {
    const customer = await this.customers.find(tenant, id);
    if (!customer) throw new CustomerNotFound(id);
    const problems = [
      ...profileProblems(changes),
      ...(await preferredSiteProblems(this.sites, tenant, changes.preferredSite, customer.groups)),
    ];
    if (problems.length > 0) throw new InvalidInput(problems);
    const limit = this.config.MAX_CUSTOMER_BYTES;
    const changed = await this.changes.make({ mails: () => [] }, (change) =>
      this.customers.change(tenant, id, (current) =>
        expectCustomerSize(current, changedCustomer(current, changes, change), limit),
      ),
    );
    if (!changed) throw new CustomerNotFound(id);
  }
}
