import { Injectable } from '@nestjs/common';
import { Subscribers, type Tell } from '../../events/index.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import { Clock } from '../../shared/clock.js';
import { CustomerRepository, StoredCustomers } from '../customer.repository.js';
import type { Customer } from '../customer.types.js';
import type { CustomerPage, CustomerSearch } from '../search.types.js';
import { eventsOfCustomer } from './customer-events.rules.js';

type Decide = (current: Customer) => Customer;

/** Writes the event of each change together with the change, if anybody wants events of the tenant. */
@Injectable()
export class CustomersWithEvents extends CustomerRepository {
  constructor(
    private readonly stored: StoredCustomers,
    private readonly subscribers: Subscribers,
    private readonly clock: Clock,
  ) {
    super();
  }

  override find(tenant: string, id: string): Promise<Customer | undefined> {
    return this.stored.find(tenant, id);
  }

  override findByEmail(tenant: string, email: string): Promise<Customer | undefined> {
    return this.stored.findByEmail(tenant, email);
  }

  override create(customer: Customer): Promise<boolean> {
    return this.stored.create(customer, this.tellOf(customer.tenant));
  }

  override change(tenant: string, id: string, decide: Decide): Promise<Customer | undefined> {
    return this.stored.change(tenant, id, decide, this.tellOf(tenant));
  }

  override changeEmail(
    tenant: string,
    id: string,
    newEmail: string,
    now: Date,
    decide: Decide,
  ): Promise<Customer | undefined> {
    return this.stored.changeEmail(tenant, id, newEmail, now, decide, this.tellOf(tenant));
  }

  override withEndingSessions(before: Date, limit: number): Promise<readonly Customer[]> {
    return this.stored.withEndingSessions(before, limit);
  }

  override tenantsWithLegacyPasswords(): Promise<readonly string[]> {
    return this.stored.tenantsWithLegacyPasswords();
  }

  override withLegacyPassword(tenant: string, limit: number, after?: string): Promise<readonly Customer[]> {
    return this.stored.withLegacyPassword(tenant, limit, after);
  }

  override search(tenant: string, search: CustomerSearch): Promise<CustomerPage> {
    return this.stored.search(tenant, search);
  }

  override list(tenant: string, listing: Listing): Promise<Listed<Customer>> {
    return this.stored.list(tenant, listing);
  }

  override remove(tenant: string, id: string, emails: readonly string[]): Promise<void> {
    return this.stored.remove(tenant, id, emails, this.tellOf(tenant));
  }

  private tellOf(tenant: string): Tell<Customer> | undefined {
    if (!this.subscribers.wants(tenant)) return undefined;
    return (before, after) => eventsOfCustomer(before, after, this.clock.now());
  }
}
