import { Injectable } from '@nestjs/common';
import { type MailRequest, OutboxService } from '../../mail/index.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { SiteRepository } from '../../site-settings/index.js';
import { type SignUpSettings, TenantService } from '../../tenant/index.js';
import { DuplicateAccount } from '../customer.errors.js';
import { CustomerRepository } from '../customer.repository.js';
import type { Customer } from '../customer.types.js';
import { commonPasswords } from '../passwords/common-passwords.js';
import { PasswordService } from '../passwords/password.service.js';
import { preferredSiteProblems } from '../profile/preferred-site.js';
import { credentialsOf, newCustomer, signupProblems, type SignupRequest } from './signup.rules.js';

@Injectable()
export class SignupService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly sites: SiteRepository,
    private readonly passwords: PasswordService,
    private readonly tenants: TenantService,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the id of the new customer, or an id that belongs to nobody if the tenant hides that the e-mail has an
   * account
   * @throws InvalidInput | TooLarge | DuplicateAccount | PasswordsBusy
   */
  async signUp(tenant: string, request: SignupRequest): Promise<string> {
    const site = request.customerDetails?.preferredSite;
    const problems = [
      ...signupProblems(request, await commonPasswords()),
      ...(await preferredSiteProblems(this.sites, tenant, site, [], 'customerDetails.')),
    ];
    if (problems.length > 0) throw new InvalidInput(problems);
    const ids = { customer: newId(), address: newId() };
    const customer = newCustomer(tenant, ids, request, this.clock.now());
    const passwordHash = await this.passwords.hash(credentialsOf(request).password);
    // The password is hashed before the e-mail is looked up, so that a faster answer does not give away a taken one.
    const settings = await this.tenants.signUp(tenant);
    const created = await this.create({ ...customer, passwordHash }, settings);
    if (!created && !settings.hidesExistingAccounts) throw new DuplicateAccount(customer.email, tenant);
    return customer.id;
  }

  /**
   * If existing accounts are hidden, the same mails are stored whether or not there is an account. Only when they are
   * written is it decided which of them have a recipient.
   * @returns false if the tenant already has a customer with this e-mail
   */
  private create(customer: Customer, { asksOptIn, hidesExistingAccounts }: SignUpSettings): Promise<boolean> {
    const { tenant, id: customerId, email } = customer;
    const mails: readonly MailRequest[] = [
      ...(asksOptIn ? [{ tenant, kind: 'opt-in', customerId } as const] : []),
      ...(hidesExistingAccounts ? [{ tenant, kind: 'already-registered', customerId, email } as const] : []),
    ];
    const made = asksOptIn ? ({ ...customer, unconfirmed: true } as const) : customer;
    return this.outbox.postAbout(mails, () => this.customers.createNew(made));
  }
}
