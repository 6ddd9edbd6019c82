import type { MailRequest } from '../../mail/mail.types.js';
import { secondsAfter } from '../../shared/clock.js';
import type { Customer, MailedToken } from '../customer.types.js';
import { credentialsOf } from './credentials.rules.js';
import { withUndoToken } from './email-undo.rules.js';

/**
 * A mail with a token is about to be written: the customer with the token that it will carry.
 * @returns the customer that was given when what was asked for is void, or there is nothing to ask for
 */
export function withPending(
  customer: Customer,
  request: MailRequest,
  askedAt: Date,
  made: MailedToken,
): Customer {
  const { kind, newEmail, syncContactEmail = false, kept, about } = request;
  if (kind === 'email-changed') return about === undefined ? customer : withUndoToken(customer, about, made);
  if (isVoid(customer, request, askedAt)) return customer;
  if (kind === 'opt-in') return customer.unconfirmed ? { ...customer, optIn: made } : customer;
  if (kind === 'password-reset') return { ...customer, passwordReset: made };
  if (kind !== 'email-change' || newEmail === undefined) return customer;
  return { ...customer, emailChange: { ...made, newEmail, syncContactEmail, ...(kept && { kept }) } };
}

/** Nobody's mailbox is flooded with what strangers sign up for. */
const SIGN_UPS_TOLD_EVERY_SECONDS = 3600;

/**
 * The customer is about to be mailed of a sign-up with their e-mail.
 * @returns the customer that was given when there was such a mail lately; a second try of the same one goes out
 */
export function withSignUpTold(customer: Customer, signUp: string, at: Date): Customer {
  const { signUpTold: last } = customer;
  const lately = last && secondsAfter(last.at, SIGN_UPS_TOLD_EVERY_SECONDS) > at;
  return lately ? customer : { ...customer, signUpTold: { signUp, at } };
}

/** Where the mail with this token goes. @returns undefined when the customer does not have it */
export function addressOf(customer: Customer, { hash }: MailedToken): string | undefined {
  const { email, optIn, passwordReset, emailChange, emailUndos = [] } = customer;
  if (emailChange?.hash === hash) return emailChange.newEmail;
  if (optIn?.hash === hash || passwordReset?.hash === hash) return email;
  return emailUndos.find(({ token }) => token?.hash === hash)?.email;
}

/**
 * The customer's credentials have changed since. A request that names only an e-mail does not know them, so times
 * are compared; one from the same moment as a change counts as older.
 */
function isVoid(customer: Customer, { credentials }: MailRequest, askedAt: Date): boolean {
  if (credentials !== undefined) return credentials !== credentialsOf(customer);
  const { credentialChanges } = customer;
  return credentialChanges !== undefined && askedAt <= credentialChanges.newestAt;
}
