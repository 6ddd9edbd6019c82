import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { type Fault, Unauthenticated } from '../../shared/domain-error.js';
import { loginEmail } from '../../shared/email.js';
import { newId } from '../../shared/ids.js';
import { TenantService } from '../../tenant/index.js';
import { CredentialChanges } from '../credentials/credential-changes.service.js';
import { credentialsOf, isBlocked, vouchedFor } from '../credentials/credentials.rules.js';
import { CustomerNotFound, EmailReserved } from '../customer.errors.js';
import { CustomerRepository } from '../customer.repository.js';
import type { Customer } from '../customer.types.js';
import { PasswordService } from '../passwords/password.service.js';

/** What an identity provider says about a person. The provider has verified the e-mail address. */
export interface VouchedPerson {
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
}

export interface VouchedCustomer {
  readonly customer: Customer;
  /**
   * `made`: created just now. `proven`: existed, and its e-mail address had been proved before. `unproven`: existed,
   * but nobody had proved that the address is theirs.
   */
  readonly account: 'made' | 'proven' | 'unproven';
}

/** What a login needs to know about customers. */
@Injectable()
export class CustomerService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordService,
    private readonly changes: CredentialChanges,
    private readonly tenants: TenantService,
    private readonly clock: Clock,
  ) {}

  /** Returns the customer after checking their password. @throws CustomerNotFound | InvalidInput | PasswordsBusy */
  async confirm(tenant: string, id: string, currentPassword: string): Promise<Customer> {
    const customer = await this.customers.find(tenant, id);
    if (!customer) throw new CustomerNotFound(id);
    await this.passwords.expectFits(customer, currentPassword, 'currentPassword');
    return customer;
  }

  find(tenant: string, id: string): Promise<Customer | undefined> {
    return this.customers.find(tenant, id);
  }

  /**
   * Returns the customer whose e-mail and password these are. An unknown e-mail and a wrong password are refused alike,
   * at the same cost (W-15).
   * @throws Unauthenticated if they do not match, or the account is blocked or not activated; PasswordsBusy
   */
  async checkPassword(tenant: string, email: string, password: string): Promise<Customer> {
    const customer = await this.customers.findByLogin(tenant, email);
    const fits = await this.passwords.fits(password, customer?.passwordHash);
    if (!customer || !fits) throw new Unauthenticated('wrong-credentials');
    if (isBlocked(customer)) throw new Unauthenticated('blocked');
    if (customer.unconfirmed) throw new Unauthenticated(await this.faultOfUnconfirmed(tenant));
    await this.renewHash(customer, password);
    return customer;
  }

  /**
   * Returns the customer that an identity provider of the tenant vouches for, and creates one the first time.
   * @throws EmailReserved if another account used the address until recently
   * @throws Unauthenticated if the account is blocked
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
    // Of two concurrent calls one creates the customer, and the other finds it.
    const faster = await this.customers.findByLogin(tenant, person.email);
    if (!faster) throw new EmailReserved();
    return this.vouched(faster);
  }

  /**
   * Records the time of a login whose session is already written. A change of credentials made since they were checked
   * has ended the sessions that it saw, but may not have seen this one; so the credentials are compared once more.
   * @param checked the customer as read when the credentials were checked
   * @returns false if the login must be undone
   */
  async recordLogin(checked: Customer): Promise<boolean> {
    const lastLogin = this.clock.now();
    // Each way to log in ends here, whatever it has checked.
    const stands = (current: Customer) =>
      credentialsOf(current) === credentialsOf(checked) && !isBlocked(current);
    const stored = await this.customers.change(checked.tenant, checked.id, (current) =>
      stands(current) ? { ...current, lastLogin } : current,
    );
    return stored !== undefined && stands(stored);
  }

  /** A hash that was brought in from elsewhere becomes one of ours. It is no change of credentials: nobody is logged out. */
  private async renewHash({ tenant, id, passwordHash: before }: Customer, password: string): Promise<void> {
    if (!this.passwords.needsRenewal(before)) return;
    const passwordHash = await this.passwords.hash(password);
    await this.customers.change(tenant, id, (current) =>
      current.passwordHash === before ? { ...current, passwordHash } : current,
    );
  }

  /**
   * Returns why an account that is not activated may not log in. Only somebody who knows the password gets this far.
   * But a person who has just signed up knows it too, and would learn that the e-mail address had no account before. If
   * the tenant hides existing accounts, the answer is therefore the one for an account that does not exist.
   */
  private async faultOfUnconfirmed(tenant: string): Promise<Fault> {
    const { hidesExistingAccounts } = await this.tenants.signUp(tenant);
    return hidesExistingAccounts ? 'wrong-credentials' : 'not-opted-in';
  }

  /** The first proof of who owns the e-mail address ends whatever a stranger may have begun with it. */
  private async vouched(known: Customer): Promise<VouchedCustomer> {
    if (isBlocked(known)) throw new Unauthenticated('blocked');
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
