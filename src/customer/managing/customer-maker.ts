import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { type MailRequest, OutboxService } from '../../mail/index.js';
import { Clock } from '../../shared/clock.js';
import { Conflict, InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { SiteRepository } from '../../site-settings/index.js';
import { expectCustomerSize } from '../customer-size.rules.js';
import { DuplicateAccount } from '../customer.errors.js';
import { CustomerRepository } from '../customer.repository.js';
import type { Customer } from '../customer.types.js';
import { commonPasswords } from '../passwords/common-passwords.js';
import { PasswordService } from '../passwords/password.service.js';
import { preferredSiteProblems } from '../profile/preferred-site.js';
import { type ManagedChanges, newCustomerProblems, newManagedCustomer } from './managed-customer.rules.js';

/** How a new customer will log in. */
export interface NewAccount {
  /** Generated if absent. */
  readonly id?: string | undefined;
  /** Address to log in with. */
  readonly email?: string | null | undefined;
  readonly password?: string | undefined;
  /** A hash that was brought in from elsewhere. */
  readonly passwordHash?: string | undefined;
  /** The hash is kept only for the time that the tenant has set. */
  readonly isLegacy?: boolean;
  /** Whether to mail a link by which the customer sets a password. */
  readonly invites: boolean;
}

/** Makes customers for the tenant that they belong to. */
@Injectable()
export class CustomerMaker {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly sites: SiteRepository,
    private readonly passwords: PasswordService,
    private readonly outbox: OutboxService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the id
   * @throws InvalidInput | TooLarge | PasswordsBusy
   * @throws DuplicateAccount | Conflict if the e-mail address or the id is taken
   */
  async make(tenant: string, account: NewAccount, profile: ManagedChanges): Promise<string> {
    const customer = await this.draft(tenant, account, profile);
    const { id: customerId, email } = customer;
    const invitation: MailRequest = { tenant, kind: 'password-reset', customerId, email };
    const mails = account.invites ? [invitation] : [];
    if (await this.outbox.postAbout(mails, () => this.customers.createNew(customer))) return customerId;
    if (await this.customers.find(tenant, customerId)) {
      throw new Conflict(`id: there is already a customer ${customerId}; choose another id`);
    }
    throw new DuplicateAccount(email, tenant);
  }

  private async draft(tenant: string, account: NewAccount, profile: ManagedChanges): Promise<Customer> {
    const { id = newId(), email, password } = account;
    const problems = [
      ...newCustomerProblems(email, password, profile, await commonPasswords()),
      ...(await preferredSiteProblems(this.sites, tenant, profile.preferredSite, [])),
    ];
    if (problems.length > 0 || !email) throw new InvalidInput(problems);
    const customer = newManagedCustomer({ tenant, id, email }, profile, this.clock.now());
    expectCustomerSize(customer, customer, this.config.MAX_CUSTOMER_BYTES);
    const passwordHash = password === undefined ? account.passwordHash : await this.passwords.hash(password);
    return {
      ...customer,
      ...(passwordHash !== undefined && { passwordHash }),
      ...(password !== undefined && { initialPassword: true }),
      ...(account.isLegacy && { legacyPassword: 'waiting' }),
    };
  }
}
