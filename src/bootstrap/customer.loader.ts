import { Injectable } from '@nestjs/common';
import { CustomerRepository, PasswordService } from '../customer/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import type { DeclaredTenant } from './bootstrap.schema.js';
import { toCustomer } from './declared-records.js';

@Injectable()
export class CustomerLoader {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordService,
    private readonly clock: Clock,
  ) {}

  /**
   * A hash costs about 50 ms: it is made only for a customer who is not there yet.
   * @returns whether one was made
   */
  async load(tenant: string, declared: DeclaredTenant['customers'][number]): Promise<boolean> {
    if (await this.customers.findByLogin(tenant, declared.email)) return false;
    const passwordHash = await this.passwords.hash(declared.password);
    const now = this.clock.now();
    return this.customers.create(toCustomer(tenant, declared, { id: newId(), passwordHash, now }));
  }
}
