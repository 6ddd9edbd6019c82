import { Injectable } from '@nestjs/common';
import { CustomerRepository, PasswordService } from '../customer/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import type { DeclaredTenant } from './bootstrap.schema.js';
import { toCustomer } from './declared-records.js';
import { differing, kept, made, type Outcome } from './outcome.rules.js';

@Injectable()
export class CustomerLoader {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordService,
    private readonly clock: Clock,
  ) {}

  /**
   * Hashes the password only for a new customer, because that takes about 50 ms. The password and addresses of an
   * existing customer are not compared, because they may be the customer's own.
   */
  async load(tenant: string, declared: DeclaredTenant['customers'][number], place: string): Promise<Outcome> {
    const { password, addresses: _own, email, ...profile } = declared;
    const stored = await this.customers.findByLogin(tenant, email);
    if (stored) return kept(place, differing(profile, stored));
    const passwordHash = await this.passwords.hash(password);
    const now = this.clock.now();
    const customer = toCustomer(tenant, declared, { id: newId(), passwordHash, now });
    return (await this.customers.create(customer)) ? made(place) : kept(place, []);
  }
}
