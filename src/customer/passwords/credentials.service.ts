import { Injectable } from '@nestjs/common';
import { type MailRequest, OutboxService } from '../../mail/index.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { loginEmail } from '../../shared/email.js';
import { CredentialChanges } from '../credentials/credential-changes.service.js';
import { confirmed, unknownToken, withPassword } from '../credentials/credentials.rules.js';
import { parseToken, tokenFits } from '../credentials/mailed-token.js';
import { CustomerNotFound, wrongPassword } from '../customer.errors.js';
import { CustomerRepository } from '../customer.repository.js';
import type { Customer } from '../customer.types.js';
import type { OwnCustomer } from '../own-customer.js';
import { commonPasswords } from './common-passwords.js';
import { passwordProblem } from './password.rules.js';
import { PasswordService } from './password.service.js';

/** Changes a password for its owner, or sets a new one with a mailed token. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordService,
    private readonly changes: CredentialChanges,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes the password. All other sessions of the customer end, and so do all other tokens of this one. A wrong
   * current password is not 401, because clients would then log in again (C-13).
   * @throws InvalidInput | PasswordsBusy | CustomerNotFound
   */
  async change(me: OwnCustomer, current: string, next: string): Promise<void> {
    const { tenant, id } = me;
    const customer = await this.customers.find(tenant, id);
    if (!customer) throw new CustomerNotFound(id);
    await refuseWeak(next, customer, 'newPassword');
    await this.passwords.expectFits(customer, current, 'currentPassword');
    const passwordHash = await this.passwords.hash(next);
    await this.changes.make({ kept: me, mails: noticeTo(customer) }, (change) =>
      this.customers.change(tenant, id, (stored) => {
        if (stored.passwordHash !== customer.passwordHash) throw wrongPassword('currentPassword');
        return withPassword(stored, passwordHash, change);
      }),
    );
  }

  /** Does not look whether there is such a customer, so neither the answer nor its timing can tell. */
  async requestReset(tenant: string, email: string, site?: string): Promise<void> {
    const about = { email: loginEmail(email), ...(site !== undefined && { site }) };
    await this.outbox.post({ tenant, kind: 'password-reset', ...about });
  }

  /** Sets a new password and ends all sessions of the customer. @throws InvalidInput | PasswordsBusy */
  async reset(tenant: string, token: string, password: string): Promise<void> {
    const { customerId, secret } = parseToken(token) ?? {};
    if (customerId === undefined || secret === undefined) throw unknownToken();
    const customer = await this.customers.find(tenant, customerId);
    if (!customer || !tokenFits(customer.passwordReset, secret, this.clock.now())) throw unknownToken();
    await refuseWeak(password, customer, 'password');
    const passwordHash = await this.passwords.hash(password);
    await this.changes.make({ mails: noticeTo(customer) }, (change) =>
      // The token is checked again in the write: of two concurrent uses, one wins.
      this.customers.change(tenant, customerId, (stored) => {
        if (!tokenFits(stored.passwordReset, secret, change.at)) throw unknownToken();
        return confirmed(withPassword(stored, passwordHash, change), change.at);
      }),
    );
  }
}

/** The notice goes to the current address; a later change of the address does not redirect it. */
const noticeTo =
  ({ tenant, id: customerId, email }: Customer) =>
  (about: string): readonly MailRequest[] => [{ tenant, kind: 'password-changed', customerId, email, about }];

async function refuseWeak(password: string, { email }: Customer, field: string): Promise<void> {
  const problem = passwordProblem(password, email, await commonPasswords());
  if (problem !== undefined) throw InvalidInput.of(field, problem);
}
