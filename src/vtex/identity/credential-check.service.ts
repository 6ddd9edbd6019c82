import { Injectable } from '@nestjs/common';
import { Credentials } from '../../auth/index.js';
import { type Customer, CustomerRepository } from '../../customer/index.js';
import { Unauthenticated } from '../../shared/domain-error.js';

/** Tells a storefront whether the login that it was given as a cookie still holds. */
@Injectable()
export class CredentialCheck {
  constructor(
    private readonly credentials: Credentials,
    private readonly customers: CustomerRepository,
  ) {}

  /** Whose login it is. @throws Unauthenticated; Forbidden - it belongs to another account */
  async customerOf(tenant: string, token: string): Promise<Customer> {
    const caller = await this.credentials.bearer(token, tenant);
    const id = caller.kind === 'customer' ? caller.customerId : undefined;
    const customer = id === undefined ? undefined : await this.customers.find(tenant, id);
    if (!customer) throw new Unauthenticated();
    return customer;
  }
}
