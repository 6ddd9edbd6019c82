import { Injectable } from '@nestjs/common';
import { type MailRequest, OutboxService } from '../../mail/index.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { emailSpellings } from '../../shared/email.js';
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
   * @returns the id of the new customer; an id of nobody, where the tenant hides that the e-mail has an account
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
    // Hashed before the e-mail is looked at: a taken one is not told by a faster answer.
    const settings = await this.tenants.signUp(tenant);
    const created = await this.create({ ...customer, passwordHash }, settings);
    if (!created && !settings.hidesExistingAccounts) throw new DuplicateAccount(customer.email, tenant);
    return customer.id;
  }

  /**
   * Where existing accounts are hidden, the same mails are stored whether or not there is one; which of them have
   * somebody to go to comes out when they are written.
   * @returns false when the tenant has a customer with this e-mail
   */
  private create(customer: Customer, { asksOptIn, hidesExistingAccounts }: SignUpSettings): Promise<boolean> {
    const { tenant, id: customerId, email } = customer;
    const mails: readonly MailRequest[] = [
      ...(asksOptIn ? [{ tenant, kind: 'opt-in', customerId } as const] : []),
      ...(hidesExistingAccounts ? [{ tenant, kind: 'already-registered', customerId, email } as const] : []),
    ];
    return this.outbox.postAbout(mails, async () => {
      if (await this.isTakenInOlderSpelling(customer)) return false;
      return this.customers.create(asksOptIn ? { ...customer, unconfirmed: true } : customer);
    });
  }

  /** The store compares e-mails as they are stored today. */
  private async isTakenInOlderSpelling({ tenant, email }: Customer): Promise<boolean> {
    if (emailSpellings(email).length === 1) return false;
    return (await this.customers.findByLogin(tenant, email)) !== undefined;
  }
}
