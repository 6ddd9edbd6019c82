import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { type Fault, Unauthenticated } from '../../shared/domain-error.js';
import { loginEmail } from '../../shared/email.js';
import { newId } from '../../shared/ids.js';
import { TenantService } from '../../tenant/index.js';
import { CredentialChanges } from '../credentials/credential-changes.service.js';
import { credentialsOf, vouchedFor } from '../credentials/credentials.rules.js';
import { CustomerNotFound, EmailReserved, wrongCurrentPassword } from '../customer.errors.js';
import { CustomerRepository } from '../customer.repository.js';
import type { Customer } from '../customer.types.js';
import { PasswordService } from '../passwords/password.service.js';

/** What an identity provider says of a person; it has verified the e-mail. */
export interface VouchedPerson {
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
}

export interface VouchedCustomer {
  readonly customer: Customer;
  /** Made now; there, and vouched for by somebody before; or there, and nobody had shown that the e-mail is theirs. */
  readonly account: 'made' | 'proven' | 'unproven';
}

/** What a login needs to know of customers. */
@Injectable()
export class CustomerService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordService,
    private readonly changes: CredentialChanges,
    private readonly tenants: TenantService,
    private readonly clock: Clock,
  ) {}

  /** The customer, once their password is confirmed. @throws CustomerNotFound | InvalidInput | PasswordsBusy */
  async confirm(tenant: string, id: string, currentPassword: string): Promise<Customer> {
    const customer = await this.customers.find(tenant, id);
    if (!customer) throw new CustomerNotFound(id);
    if (await this.passwords.fits(currentPassword, customer.passwordHash)) return customer;
    throw wrongCurrentPassword();
  }

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
    if (customer.unconfirmed) throw new Unauthenticated(await this.faultOfUnconfirmed(tenant));
    return customer;
  }

  /**
   * Somebody whom an identity provider of the tenant vouches for; made at the first time.
   * @throws EmailReserved
   */
  async findOrCreate(tenant: string, person: VouchedPerson): Promise<VouchedCustomer> {
    const known = await this.customers.findByLogin(tenant, person.email);
    if (known) return this.vouched(known);
    const now = this.clock.now();
    const customer: Customer = {
      ...person,
      tenant,
      id: newId(),
      email: loginEmail(person.email),
      emailConfirmedAt: now,
      contactEmail: person.email,
      groups: [],
      addresses: [],
      mixins: {},
      createdAt: now,
      version: 1,
    };
    if (await this.customers.create(customer)) return { customer, account: 'made' };
    // Of two at once, one is made; the other finds it.
    const faster = await this.customers.findByLogin(tenant, person.email);
    if (!faster) throw new EmailReserved();
    return this.vouched(faster);
  }

  /**
   * Notes the time of a login whose session is written. A change of credentials that came since they were checked has
   * ended the sessions that it saw, and may not have seen this one yet: so they are compared here once more.
   * @param checked the customer as read when the credentials were checked
   * @returns false when the login must not stand
   */
  async recordLogin(checked: Customer): Promise<boolean> {
    const lastLogin = this.clock.now();
    const stands = (current: Customer) => credentialsOf(current) === credentialsOf(checked);
    const stored = await this.customers.change(checked.tenant, checked.id, (current) =>
      stands(current) ? { ...current, lastLogin } : current,
    );
    return stored !== undefined && stands(stored);
  }

  /**
   * Told to nobody who does not know the password. Who signed up a moment ago does know it, and would learn that the
   * e-mail had no account before: so where that is hidden, the account is as one that is not there.
   */
  private async faultOfUnconfirmed(tenant: string): Promise<Fault> {
    const { hidesExistingAccounts } = await this.tenants.signUp(tenant);
    return hidesExistingAccounts ? 'wrong-credentials' : 'not-opted-in';
  }

  /** The first proof that the e-mail is somebody's ends what a stranger may have begun with it. */
  private async vouched(known: Customer): Promise<VouchedCustomer> {
    if (known.emailConfirmedAt) return { customer: known, account: 'proven' };
    const { tenant, id, email } = known;
    const mails = (about: string) =>
      known.passwordHash === undefined
        ? []
        : ([{ tenant, kind: 'password-removed', customerId: id, email, about }] as const);
    const customer = await this.changes.make({ mails }, (change) =>
      this.customers.change(tenant, id, (current) => vouchedFor(current, change)),
    );
    return { customer: customer ?? known, account: 'unproven' };
  }
}
