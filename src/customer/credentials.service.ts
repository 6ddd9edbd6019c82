import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Clock, secondsAfter } from '../shared/clock.js';
import { InvalidInput } from '../shared/domain-error.js';
import { newSecret } from '../shared/ids.js';
import { CustomerNotFound } from './customer.errors.js';
import { CustomerRepository } from './customer.repository.js';
import type { Customer } from './customer.types.js';
import { loginEmail } from './email.rules.js';
import { MailOutbox } from './mail-outbox.js';
import { OtherSessions } from './other-sessions.js';
import type { OwnCustomer } from './own-customer.js';
import { passwordProblem } from './password.rules.js';
import { PasswordService } from './password.service.js';
import {
  formatResetToken,
  hashResetSecret,
  parseResetToken,
  RESET_SECONDS,
  resetFits,
} from './reset-token.js';

/** A password is changed by its owner, or set anew with a token that was mailed. */
@Injectable()
export class CredentialsService implements BeforeApplicationShutdown {
  private readonly log = new Logger(CredentialsService.name);
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly customers: CustomerRepository,
    private readonly passwords: PasswordService,
    private readonly sessions: OtherSessions,
    private readonly mails: MailOutbox,
    private readonly clock: Clock,
  ) {}

  /**
   * The customer's other sessions end. A wrong current password is not 401: clients would log in again (C-13).
   * @throws InvalidInput | PasswordsBusy | CustomerNotFound
   */
  async change({ tenant, id, sessionId }: OwnCustomer, current: string, next: string): Promise<void> {
    const customer = await this.customers.find(tenant, id);
    if (!customer) throw new CustomerNotFound(id);
    refuseWeak(next, customer, 'newPassword');
    if (!(await this.passwords.fits(current, customer.passwordHash))) throw wrongCurrentPassword();
    const passwordHash = await this.passwords.hash(next);
    await this.customers.change(tenant, id, (stored) => {
      if (stored.passwordHash !== customer.passwordHash) throw wrongCurrentPassword();
      return withPassword(stored, passwordHash);
    });
    await this.sessions.endOthersOf(tenant, id, sessionId);
  }

  /**
   * Mails a token, if there is such a customer. What that takes is not waited for: neither the answer nor its
   * time tells whether there is. A newer request replaces the token of the one before.
   */
  async requestReset(tenant: string, email: string, site?: string): Promise<void> {
    const customer = await this.customers.findByEmail(tenant, loginEmail(email));
    if (!customer) return;
    const mailing = this.mailToken(customer, site)
      .catch((error: unknown) => this.log.warn({ err: error }, 'A password reset could not be mailed'))
      .finally(() => this.underWay.delete(mailing));
    this.underWay.add(mailing);
  }

  /** All sessions of the customer end. @throws InvalidInput | PasswordsBusy */
  async reset(tenant: string, token: string, password: string): Promise<void> {
    const { customerId, secret } = parseResetToken(token) ?? {};
    if (customerId === undefined || secret === undefined) throw unknownToken();
    const customer = await this.customers.find(tenant, customerId);
    if (!customer || !resetFits(customer.passwordReset, secret, this.clock.now())) throw unknownToken();
    refuseWeak(password, customer, 'password');
    const passwordHash = await this.passwords.hash(password);
    const now = this.clock.now();
    // Looked at once more in the write: of two that use the token at once, one wins.
    await this.customers.change(tenant, customerId, (stored) => {
      if (!resetFits(stored.passwordReset, secret, now)) throw unknownToken();
      return withPassword(stored, passwordHash);
    });
    await this.sessions.endOthersOf(tenant, customerId);
  }

  /** Mails under way are sent before the store is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async mailToken({ tenant, id, email }: Customer, site?: string): Promise<void> {
    const secret = newSecret();
    const expiresAt = secondsAfter(this.clock.now(), RESET_SECONDS);
    const passwordReset = { hash: hashResetSecret(secret), expiresAt };
    await this.customers.change(tenant, id, (current) => ({ ...current, passwordReset }));
    const token = formatResetToken(id, secret);
    await this.mails.send({
      tenant,
      to: email,
      kind: 'password-reset',
      token,
      ...(site !== undefined && { site }),
    });
  }
}

/** A token to reset it, is for the password before. */
function withPassword(customer: Customer, passwordHash: string): Customer {
  const { passwordReset: _used, ...rest } = customer;
  return { ...rest, passwordHash };
}

function refuseWeak(password: string, { email }: Customer, field: string): void {
  const problem = passwordProblem(password, email);
  if (problem !== undefined) throw InvalidInput.of(field, problem);
}

const wrongCurrentPassword = () => InvalidInput.of('currentPassword', 'is not the password of this account');

const unknownToken = () =>
  InvalidInput.of('token', 'is not known, was used, or its hour is over: request a new one');
