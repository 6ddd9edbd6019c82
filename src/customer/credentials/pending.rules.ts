import type { MailRequest } from '../../mail/mail.types.js';
import { secondsAfter } from '../../shared/clock.js';
import type { Customer, MailedToken } from '../customer.types.js';
import { credentialsOf, isBlocked } from './credentials.rules.js';
import { withUndoToken } from './email-undo.rules.js';

/**
 * Returns the customer with the token of a mail that is about to be written.
 * @returns the given customer unchanged if the request is void or there is nothing to ask for
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
  if (kind === 'opt-in') return mayOptIn(customer) ? { ...customer, optIn: made } : customer;
  if (kind === 'password-reset') return { ...customer, passwordReset: made };
  if (kind !== 'email-change' || newEmail === undefined) return customer;
  return { ...customer, emailChange: { ...made, newEmail, syncContactEmail, ...(kept && { kept }) } };
}

/** Following the link logs in, so a customer whom the tenant blocks gets none. */
const mayOptIn = (customer: Customer): boolean => customer.unconfirmed === true && !isBlocked(customer);

/** Keeps strangers from flooding a mailbox by signing up with its address. */
const SIGN_UPS_TOLD_EVERY_SECONDS = 3600;

/**
 * Records that the customer is about to be mailed about a sign-up with their e-mail address.
 * @returns the given customer unchanged if such a mail went out recently; a retry for the same sign-up is still sent
 */
export function withSignUpTold(customer: Customer, signUp: string, at: Date): Customer {
  const { signUpTold: last } = customer;
  const lately = last && secondsAfter(last.at, SIGN_UPS_TOLD_EVERY_SECONDS) > at;
  return lately ? customer : { ...customer, signUpTold: { signUp, at } };
}

/**
 * Returns the address that the mail with this token goes to. @returns undefined if the customer does not have the token
 */
export function addressOf(customer: Customer, { hash }: MailedToken): string | undefined {
  const { email, optIn, passwordReset, emailChange, emailUndos = [] } = customer;
  if (emailChange?.hash === hash) return emailChange.newEmail;
  if (optIn?.hash === hash || passwordReset?.hash === hash) return email;
  return emailUndos.find(({ token }) => token?.hash === hash)?.email;
}

/**
 * Tells whether the credentials have changed since the request. A request that names only an e-mail does not
 * know the credentials, so times are compared; one made in the same moment as a change counts as older.
 */
function isVoid(customer: Customer, { credentials }: MailRequest, askedAt: Date): boolean {
  if (credentials !== undefined) return credentials !== credentialsOf(customer);
  const { credentialChanges } = customer;
  return credentialChanges !== undefined && askedAt <= credentialChanges.newestAt;
}
