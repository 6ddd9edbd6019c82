import { InvalidInput } from '../shared/domain-error.js';
import type { Customer, EmailChange, MailedToken } from './customer.types.js';

/** With a new password, tokens to set one are for the password before. */
export function withPassword(customer: Customer, passwordHash: string): Customer {
  const { passwordReset: _used, ...rest } = customer;
  return { ...rest, passwordHash };
}

/** Whoever used a token of a mail has shown that the e-mail is theirs. */
export function confirmed(customer: Customer): Customer {
  const { optIn: _used, unconfirmed: _over, ...rest } = customer;
  return rest;
}

/**
 * An identity provider vouches for the e-mail. Who chose the password of an account that nobody has confirmed is not
 * known, so it is not kept.
 */
export function vouchedFor(customer: Customer): Customer {
  if (!customer.unconfirmed) return customer;
  const { passwordHash: _strangers, ...rest } = confirmed(customer);
  return rest;
}

/** A token to set a password was mailed to the e-mail before, so it ends. */
export function withNewEmail(customer: Customer, { newEmail, syncContactEmail }: EmailChange): Customer {
  const { emailChange: _used, passwordReset: _elsewhere, ...rest } = customer;
  const synced = syncContactEmail ? { contactEmail: newEmail, version: customer.version + 1 } : {};
  return { ...rest, email: newEmail, ...synced };
}

/** @returns the very customer that was given, when there is nothing to opt in to */
export const withOptIn = (customer: Customer, optIn: MailedToken): Customer =>
  customer.unconfirmed ? { ...customer, optIn } : customer;

export const unknownToken = (): InvalidInput =>
  InvalidInput.of('token', 'is not known, was used, or its time is over: request a new one');
