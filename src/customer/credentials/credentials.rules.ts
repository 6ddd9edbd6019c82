import { InvalidInput } from '../../shared/domain-error.js';
import { loginEmail } from '../../shared/email.js';
import type { CredentialChange, Customer, EmailChange, EmailUndo } from '../customer.types.js';
import { emailsSince, undosAfterMove, undosBefore } from './email-undo.rules.js';

/** A notice waits in the outbox for minutes at most before it is written: nobody changes credentials that often. */
const MOST_CHANGES = 20;

/** Names the credentials of a customer who has not changed any. */
const FIRST_CREDENTIALS = 'first';

/** Names the credentials that a customer has now: another name after each change. */
export const credentialsOf = ({ credentialChanges }: Customer): string =>
  credentialChanges?.ids[0] ?? FIRST_CREDENTIALS;

/** Whether it happened, be it not the newest. */
export const hasChange = ({ credentialChanges }: Customer, id: string): boolean =>
  credentialChanges?.ids.includes(id) ?? false;

export const withPassword = (
  customer: Customer,
  passwordHash: string,
  change: CredentialChange,
): Customer => ({
  ...changed(customer, change),
  passwordHash,
});

/** Using a mailed token proves that the e-mail belongs to the customer. */
export function confirmed(customer: Customer, at: Date): Customer {
  const { optIn: _used, unconfirmed: _over, emailConfirmedAt = at, ...rest } = customer;
  return { ...rest, emailConfirmedAt };
}

/**
 * An identity provider vouches for the e-mail for the first time. Who chose the password before is not known, so it is
 * not kept, nor is anything that was begun with it.
 */
export function vouchedFor(customer: Customer, change: CredentialChange): Customer {
  if (customer.emailConfirmedAt) return customer;
  if (customer.passwordHash === undefined) return confirmed(customer, change.at);
  const { passwordHash: _strangers, ...rest } = confirmed(changed(customer, change), change.at);
  return rest;
}

/** @throws InvalidInput - the e-mail was changed too often to take all of it back */
export function withNewEmail(
  customer: Customer,
  { newEmail, syncContactEmail }: EmailChange,
  change: CredentialChange,
): Customer {
  const emailUndos = undosAfterMove(customer, newEmail, change);
  const synced = syncContactEmail ? { contactEmail: newEmail, version: customer.version + 1 } : {};
  return {
    ...changed(customer, change),
    email: newEmail,
    emailConfirmedAt: change.at,
    emailUndos,
    ...synced,
  };
}

/**
 * The owner of an e-mail of before takes the account back. The person who moved it away knew the password, so that goes too, and
 * so do the ways back to e-mails that the account had since. A contact e-mail that moved along comes back as well.
 */
export function withEmailUndone(customer: Customer, undo: EmailUndo, change: CredentialChange): Customer {
  const { passwordHash: _known, ...rest } = changed(customer, change);
  const { contactEmail = '' } = customer;
  const movedAlong = emailsSince(customer, undo.change).includes(loginEmail(contactEmail));
  const synced = movedAlong ? { contactEmail: undo.email, version: customer.version + 1 } : {};
  return {
    ...confirmed(rest, change.at),
    email: undo.email,
    emailConfirmedAt: change.at,
    emailUndos: undosBefore(customer, undo.change),
    ...synced,
  };
}

/** Its sessions have ended. @returns the customer that was given when a later change has sessions to end */
export function withSessionsEnded(customer: Customer, change: string): Customer {
  if (customer.endingSessions?.change !== change) return customer;
  const { endingSessions: _done, ...rest } = customer;
  return rest;
}

/** With a change of credentials, all earlier requests are void. */
function changed(customer: Customer, { id, at, kept }: CredentialChange): Customer {
  const { optIn: _1, passwordReset: _2, emailChange: _3, credentialChanges, ...rest } = customer;
  const ids = [id, ...(credentialChanges?.ids ?? [])].slice(0, MOST_CHANGES);
  return {
    ...rest,
    credentialChanges: { ids, newestAt: at },
    endingSessions: { change: id, since: at, ...(kept && { kept }) },
  };
}

export const unknownToken = (): InvalidInput =>
  InvalidInput.of('token', 'is not known, was used, or its time is over: request a new one');
