import { Injectable } from '@nestjs/common';
import { CustomerRepository } from '../customer/index.js';
import { SiteRepository } from '../site-settings/index.js';
import { deriveContext, type InitialValues } from './derive-context.rules.js';
import type { Session } from './session.types.js';
import { Conflict } from '../shared/domain-error.js';

/** What the context of a session would be made of, now. It makes none (W-62). */
@Injectable()
export class InitialValuesService {
  constructor(
    private readonly sites: SiteRepository,
    private readonly customers: CustomerRepository,
  ) {}

  /** @throws Conflict - the tenant has no site yet */
  async of({ tenant, asked, customerId }: Session): Promise<InitialValues> {
    const [site, customer] = await Promise.all([
      this.sites.findDefault(tenant),
      customerId === undefined ? undefined : this.customers.find(tenant, customerId),
    ]);
    if (!site) throw new Conflict('The tenant has no default site: create one first');
    return deriveContext(site, asked, customer);
  }
}
