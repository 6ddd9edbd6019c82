import { Injectable } from '@nestjs/common';
import { OutboxService } from '../mail/index.js';
import { Clock } from '../shared/clock.js';
import { InvalidInput } from '../shared/domain-error.js';
import { unknownToken, withNewEmail } from './credentials.rules.js';
import { CustomerNotFound } from './customer.errors.js';
import { CustomerRepository } from './customer.repository.js';
import { loginEmail } from '../shared/email.js';
import { parseToken, tokenFits } from './mailed-token.js';
import type { CustomerKey } from './own-customer.js';
import { PasswordService } from './password.service.js';

export interface EmailChangeRequest {
  /** What the customer logs in with now. */
  readonly email: string;
  readonly password: string;
  readonly newEmail: string;
  readonly syncContactEmail?: boolean | undefined;
}

/** A customer logs in with another e-mail once the link that was mailed to it is followed. */
@Injectable()
export class EmailChangeService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordService,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether another customer has the new e-mail is not told: then nothing is mailed. A wrong password is not 401, or
   * clients would log in again (C-13).
   * @throws InvalidInput | PasswordsBusy | CustomerNotFound
   */
  async request({ tenant, id }: CustomerKey, asked: EmailChangeRequest): Promise<void> {
    const customer = await this.customers.find(tenant, id);
    if (!customer) throw new CustomerNotFound(id);
    const newEmail = loginEmail(asked.newEmail);
    if (loginEmail(asked.email) !== loginEmail(customer.email))
      throw InvalidInput.of('email', 'is not the e-mail of this account');
    if (newEmail === loginEmail(customer.email))
      throw InvalidInput.of('newEmail', 'is the e-mail that you have: send another');
    if (!(await this.passwords.fits(asked.password, customer.passwordHash))) {
      throw InvalidInput.of('password', 'is not the password of this account');
    }
    const syncContactEmail = asked.syncContactEmail ?? false;
    await this.outbox.post({ tenant, kind: 'email-change', customerId: id, newEmail, syncContactEmail });
  }

  /** @throws InvalidInput - the token is no good, or another customer has got the e-mail since */
  async confirm(tenant: string, token: string): Promise<void> {
    const { customerId, secret } = parseToken(token) ?? {};
    if (customerId === undefined || secret === undefined) throw unknownToken();
    const now = this.clock.now();
    const change = (await this.customers.find(tenant, customerId))?.emailChange;
    if (!change || !tokenFits(change, secret, now)) throw unknownToken();
    const changed = await this.customers.changeEmail(tenant, customerId, change.newEmail, (stored) => {
      if (!stored.emailChange || !tokenFits(stored.emailChange, secret, now)) throw unknownToken();
      return withNewEmail(stored, stored.emailChange);
    });
    if (!changed)
      throw InvalidInput.of('token', 'is for an e-mail that another account has: choose another one');
  }
}
