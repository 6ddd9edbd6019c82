import { Injectable } from '@nestjs/common';
import { OutboxService } from '../../mail/index.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { loginEmail } from '../../shared/email.js';
import { CredentialChanges } from '../credentials/credential-changes.service.js';
import {
  credentialsOf,
  unknownToken,
  withEmailUndone,
  withNewEmail,
} from '../credentials/credentials.rules.js';
import { moveProblem } from '../credentials/email-undo.rules.js';
import { parseToken, tokenFits, undoThatFits } from '../credentials/mailed-token.js';
import { CustomerNotFound } from '../customer.errors.js';
import { CustomerRepository } from '../customer.repository.js';
import type { OwnCustomer } from '../own-customer.js';
import { PasswordService } from '../passwords/password.service.js';

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
    private readonly changes: CredentialChanges,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether another customer has the new e-mail is not told: then nothing is mailed. A wrong password is not 401, or
   * clients would log in again (C-13).
   * @throws InvalidInput | PasswordsBusy | CustomerNotFound
   */
  async request({ tenant, id, sessionId, grant }: OwnCustomer, asked: EmailChangeRequest): Promise<void> {
    const customer = await this.customers.find(tenant, id);
    if (!customer) throw new CustomerNotFound(id);
    const newEmail = loginEmail(asked.newEmail);
    const own = loginEmail(customer.email);
    if (loginEmail(asked.email) !== own) throw InvalidInput.of('email', 'is not the e-mail of this account');
    if (newEmail === own) throw InvalidInput.of('newEmail', 'is the e-mail that you have: send another');
    if (!(await this.passwords.fits(asked.password, customer.passwordHash))) {
      throw InvalidInput.of('password', 'is not the password of this account');
    }
    const problem = moveProblem(customer, newEmail, this.clock.now());
    if (problem !== undefined) throw InvalidInput.of('newEmail', problem);
    await this.outbox.post({
      tenant,
      kind: 'email-change',
      customerId: id,
      newEmail,
      syncContactEmail: asked.syncContactEmail ?? false,
      kept: { sessionId, ...(grant !== undefined && { grant }) },
      credentials: credentialsOf(customer),
    });
  }

  /**
   * All sessions end but the one that asked, with the password, for the change.
   * @throws InvalidInput - the token is no good, or another customer has got the e-mail since
   */
  async confirm(tenant: string, token: string): Promise<void> {
    const { customerId, secret } = parseToken(token) ?? {};
    if (customerId === undefined || secret === undefined) throw unknownToken();
    const now = this.clock.now();
    const asked = (await this.customers.find(tenant, customerId))?.emailChange;
    if (!asked || !tokenFits(asked, secret, now)) throw unknownToken();
    const mails = (about: string) => [{ tenant, kind: 'email-changed', customerId, about }] as const;
    const changed = await this.changes.make({ kept: asked.kept, mails }, (change) =>
      this.customers.changeEmail(tenant, customerId, asked.newEmail, now, (stored) => {
        if (!stored.emailChange || !tokenFits(stored.emailChange, secret, now)) throw unknownToken();
        return withNewEmail(stored, stored.emailChange, change);
      }),
    );
    if (!changed) throw takenEmail();
  }

  /**
   * The owner of an e-mail that was changed takes the account back, with the token that was mailed to it. All sessions
   * end; a new password is to be set by the mail that follows.
   * @throws InvalidInput - the token is no good
   */
  async undo(tenant: string, token: string): Promise<void> {
    const { customerId, secret } = parseToken(token) ?? {};
    if (customerId === undefined || secret === undefined) throw unknownToken();
    const now = this.clock.now();
    const customer = await this.customers.find(tenant, customerId);
    const undo = customer && undoThatFits(customer, secret, now);
    if (!undo) throw unknownToken();
    const mails = (about: string) =>
      [
        { tenant, kind: 'password-reset', customerId, credentials: about },
        { tenant, kind: 'email-change-undone', customerId, email: customer.email, about },
      ] as const;
    const undone = await this.changes.make({ mails }, (change) =>
      this.customers.changeEmail(tenant, customerId, undo.email, now, (stored) => {
        const fitting = undoThatFits(stored, secret, now);
        if (!fitting) throw unknownToken();
        return withEmailUndone(stored, fitting, change);
      }),
    );
    if (!undone) throw takenEmail();
  }
}

const takenEmail = () =>
  InvalidInput.of('token', 'is for an e-mail that another account has: choose another one');
