import { Injectable } from '@nestjs/common';
import { Memberships } from '../client-management/index.js';
import { CustomerRepository } from '../customer/index.js';
import { audienceOf } from './price.rules.js';

/** Finds out which prices are meant for a customer. */
@Injectable()
export class Audiences {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly memberships: Memberships,
  ) {}

  /**
   * Returns the principal keys whose prices apply to this customer: the customer's own, those of their groups, and those
   * of the groups of the legal entity that they buy for, if they are assigned to it.
   */
  async of(
    tenant: string,
    customerId: string | undefined,
    legalEntityId: string | undefined,
  ): Promise<readonly string[]> {
    if (customerId === undefined) return [];
    const [customer, companies] = await Promise.all([
      this.customers.find(tenant, customerId),
      legalEntityId === undefined ? [] : this.memberships.groupsOf(tenant, customerId, legalEntityId),
    ]);
    return audienceOf(customerId, [...(customer?.groups ?? []), ...companies]);
  }
}
