import { Injectable } from '@nestjs/common';
import { CustomerRepository } from '../customer/index.js';
import { isOpenTo, SiteRepository } from '../site-settings/index.js';
import { deriveContext, type InitialValues, withChosen } from './derive-context.rules.js';
import type { Session } from './session.types.js';
import { Conflict } from '../shared/domain-error.js';

/**
 * What the context of a session would be made of, now. It makes none (W-62). A site that the shopper may not use, or
 * no longer, is passed over.
 */
@Injectable()
export class InitialValuesService {
  constructor(
    private readonly sites: SiteRepository,
    private readonly customers: CustomerRepository,
  ) {}

  /** @throws Conflict - the tenant has no site yet */
  async of({ tenant, asked, customerId, vtex }: Session): Promise<InitialValues> {
    const [sites, customer] = await Promise.all([
      this.sites.list(tenant),
      customerId === undefined ? undefined : this.customers.find(tenant, customerId),
    ]);
    const site = sites.find((one) => one.default);
    if (!site) throw new Conflict('The tenant has no default site: create one first');
    const open = (code: string | undefined) =>
      sites.some((one) => one.code === code && isOpenTo(one, customer?.groups ?? [])) ? code : undefined;
    const values = deriveContext(
      site,
      { ...asked, siteCode: open(asked.siteCode) },
      customer && { ...customer, preferredSite: open(customer.preferredSite) },
    );
    return withChosen(values, vtex?.chosen);
  }
}
