import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { CustomerRepository } from './customer.repository.js';
import type { Customer } from './customer.types.js';
import { loginEmail } from './email.rules.js';
import { PasswordService } from './password.service.js';

/** What a login needs to know of customers. */
@Injectable()
export class CustomerService {
  private readonly log = new Logger(CustomerService.name);

  constructor(
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordService,
    private readonly clock: Clock,
  ) {}

  find(tenant: string, id: string): Promise<Customer | undefined> {
    return this.customers.find(tenant, id);
  }

  /**
   * An unknown e-mail and a wrong password are refused alike, at the same cost (W-15).
   * @throws Unauthenticated | PasswordsBusy
   */
  async checkPassword(tenant: string, email: string, password: string): Promise<Customer> {
    const customer = await this.customers.findByEmail(tenant, loginEmail(email));
    const fits = await this.passwords.fits(password, customer?.passwordHash);
    if (!customer || !fits) throw new Unauthenticated('wrong-credentials');
    return customer;
  }

  /** Never throws: a login does not fail because its time could not be noted. */
  async recordLogin(tenant: string, id: string): Promise<void> {
    const lastLogin = this.clock.now();
    try {
      await this.customers.change(tenant, id, (current) => ({ ...current, lastLogin }));
    } catch (error) {
      this.log.warn({ err: error }, 'The time of a login could not be noted');
    }
  }
}
