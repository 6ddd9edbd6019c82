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
  /** The address that the customer logs in with now. */
  readonly email: string;
  readonly password: string;
  readonly newEmail: string;
  readonly syncContactEmail?: boolean | undefined;
}

/** Changes the e-mail address that a customer logs in with, once the link mailed to the new one is followed. */
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
   * Stores a request to change the address. If another customer has it, no mail is sent, and the answer does not tell.
   * A wrong password is not 401, because clients would then log in again (C-13).
   * @throws InvalidInput | PasswordsBusy | CustomerNotFound
   */
  async request({ tenant, id, sessionId, grant }: OwnCustomer, asked: EmailChangeRequest): Promise<void> {
    const customer = await this.customers.find(tenant, id);
    if (!customer) throw new CustomerNotFound(id);
    const newEmail = loginEmail(asked.newEmail);
    const own = loginEmail(customer.email);
    if (loginEmail(asked.email) !== own)
      throw InvalidInput.of('email', 'is not the e-mail address of this account');
    if (newEmail === own)
      throw InvalidInput.of('newEmail', 'is the e-mail address that you already have: send another one');
    await this.passwords.expectFits(customer, asked.password, 'password');
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
   * Makes the change. All sessions end except the one that asked for it with the password.
   * @throws InvalidInput if the token is not valid, or another customer has got the address since
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
   * Gives the account back to the owner of a previous address, who has the token that was mailed there. All sessions
   * end, and another mail follows with a token to set a new password.
   * @throws InvalidInput if the token is not valid
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
  InvalidInput.of('token', 'is for an e-mail address that another account has: choose another one');
