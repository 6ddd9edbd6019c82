import { Injectable } from '@nestjs/common';
import { CustomerRepository } from '../../customer/index.js';
import { Conflict } from '../../shared/domain-error.js';
import { SiteRepository } from '../../site-settings/index.js';
import type { Session } from '../session.types.js';
import { defaultValues, type DefaultValues, withChosen } from './derive-context.rules.js';

/** What the context of a session would be made of, now. It makes none (W-62). */
@Injectable()
export class DefaultValuesService {
  constructor(
    private readonly sites: SiteRepository,
    private readonly customers: CustomerRepository,
  ) {}

  /** @throws Conflict - the tenant has no site yet */
  async of(session: Session): Promise<DefaultValues> {
    return (await this.lookUp(session))(session);
  }

  /**
   * For an atomic write: all that has to be looked up, so that the values follow from the session as the write finds it.
   * @throws Conflict - the tenant has no site yet
   */
  async lookUp({
    tenant,
    asked,
    customerId,
  }: Session): Promise<(current: Pick<Session, 'vtex'>) => DefaultValues> {
    const [sites, customer] = await Promise.all([
      this.sites.list(tenant),
      customerId === undefined ? undefined : this.customers.find(tenant, customerId),
    ]);
    const values = defaultValues(sites, asked, customer);
    if (!values) throw new Conflict('The tenant has no default site: create one first');
    return ({ vtex }) => withChosen(values, vtex?.chosen, sites);
  }
}
