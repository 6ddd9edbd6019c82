import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { vouchedFor } from './credentials.rules.js';
import { CustomerRepository } from './customer.repository.js';
import type { Customer } from './customer.types.js';
import { loginEmail } from '../shared/email.js';
import { PasswordService } from './password.service.js';

/** What an identity provider says of a person; it has verified the e-mail. */
export interface VouchedPerson {
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
}

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
    const customer = await this.customers.findByLogin(tenant, email);
    const fits = await this.passwords.fits(password, customer?.passwordHash);
    if (!customer || !fits) throw new Unauthenticated('wrong-credentials');
    // Told to nobody who does not know the password.
    if (customer.unconfirmed) throw new Unauthenticated('not-opted-in');
    return customer;
  }

  /** Somebody whom an identity provider of the tenant vouches for; made at the first time. */
  async findOrCreate(tenant: string, person: VouchedPerson): Promise<Customer> {
    const email = loginEmail(person.email);
    const known = await this.customers.findByEmail(tenant, email);
    if (known) return (await this.customers.change(tenant, known.id, vouchedFor)) ?? known;
    const customer: Customer = {
      ...person,
      tenant,
      id: newId(),
      email,
      contactEmail: person.email,
      groups: [],
      addresses: [],
      mixins: {},
      createdAt: this.clock.now(),
      version: 1,
    };
    // Of two at once, one is made; the other finds it.
    return (await this.customers.create(customer)) ? customer : this.findOrCreate(tenant, person);
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
