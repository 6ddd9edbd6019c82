import { Injectable } from '@nestjs/common';
import { CustomerRepository } from '../../customer/index.js';
import { Conflict } from '../../shared/domain-error.js';
import { SiteReader } from '../../site-settings/index.js';
import type { Session } from '../session.types.js';
import { defaultValues, type DefaultValues, withChosen } from './derive-context.rules.js';

/** Works out the values that a context of the session would start with. It makes no context (W-62). */
@Injectable()
export class DefaultValuesService {
  constructor(
    private readonly sites: SiteReader,
    private readonly customers: CustomerRepository,
  ) {}

  /** @throws Conflict if the tenant has no default site yet */
  async of(session: Session): Promise<DefaultValues> {
    return (await this.lookUp(session))(session);
  }

  /**
   * Does every look-up that an atomic write needs in advance. The returned function then derives the values from the
   * session as the write finds it.
   * @throws Conflict if the tenant has no default site yet
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
