import { Injectable } from '@nestjs/common';
import { Credentials } from '../../auth/index.js';
import { type Customer, CustomerRepository } from '../../customer/index.js';
import { Unauthenticated } from '../../shared/domain-error.js';

/** Tells a storefront whether the login in its cookie is still valid. */
@Injectable()
export class CredentialCheck {
  constructor(
    private readonly credentials: Credentials,
    private readonly customers: CustomerRepository,
  ) {}

  /** Returns the customer of the login. @throws Unauthenticated @throws Forbidden - it belongs to another account */
  async customerOf(tenant: string, token: string): Promise<Customer> {
    const caller = await this.credentials.bearer(token, tenant);
    const id = caller.kind === 'customer' ? caller.customerId : undefined;
    const customer = id === undefined ? undefined : await this.customers.find(tenant, id);
    if (!customer) throw new Unauthenticated();
    return customer;
  }
}
