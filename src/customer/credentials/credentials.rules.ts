import { InvalidInput } from '../../shared/domain-error.js';
import { loginEmail } from '../../shared/email.js';
import type { CredentialChange, Customer, EmailChange, EmailUndo } from '../customer.types.js';
import { emailsSince, undosAfterMove, undosBefore } from './email-undo.rules.js';

/**
 * Enough, because a notice waits in the outbox for minutes at most, and nobody changes credentials more often than this
 * in that time.
 */
const MOST_CHANGES = 20;

/** Names the credentials of a customer who has never changed them. */
const FIRST_CREDENTIALS = 'first';

/** Returns a name for the customer's present credentials. It differs after each change. */
export const credentialsOf = ({ credentialChanges }: Customer): string =>
  credentialChanges?.ids[0] ?? FIRST_CREDENTIALS;

/** Tells whether the change was made, even if newer ones followed. */
export const hasChange = ({ credentialChanges }: Customer, id: string): boolean =>
  credentialChanges?.ids.includes(id) ?? false;

export const withPassword = (
  customer: Customer,
  passwordHash: string,
  change: CredentialChange,
): Customer => {
  const { initialPassword: _over, ...rest } = changed(customer, change);
  return { ...rest, passwordHash };
};

/** Marks the e-mail address as confirmed: using a mailed token proves that it belongs to the customer. */
export function confirmed(customer: Customer, at: Date): Customer {
  const { optIn: _used, unconfirmed: _over, emailConfirmedAt = at, ...rest } = customer;
  return { ...rest, emailConfirmedAt };
}

/**
 * Marks the e-mail address as confirmed by an identity provider for the first time. Nobody knows who chose the existing
 * password, so it is removed, together with anything begun with it.
 */
export function vouchedFor(customer: Customer, change: CredentialChange): Customer {
  if (customer.emailConfirmedAt) return customer;
  if (customer.passwordHash === undefined) return confirmed(customer, change.at);
  const { passwordHash: _strangers, ...rest } = confirmed(changed(customer, change), change.at);
  return rest;
}

/** Tells whether the tenant keeps the customer from logging in. */
export const isBlocked = ({ inactive, onHold }: Customer): boolean => inactive === true || onHold === true;

/** What a tenant says about an account. What is absent stays. */
export interface Standing {
  readonly active?: boolean | null;
  readonly onHold?: boolean | null;
}

/**
 * Sets what the tenant says. Blocking an account counts as a change of its credentials: it ends all sessions, undoes a
 * login that is under way, and voids mailed tokens.
 */
export function withStanding(
  customer: Customer,
  { active, onHold }: Standing,
  change: CredentialChange,
): Customer {
  const { inactive: _1, onHold: _2, ...rest } = customer;
  const isInactive = typeof active === 'boolean' ? !active : customer.inactive === true;
  const isOnHold = onHold ?? customer.onHold === true;
  const next: Customer = {
    ...rest,
    ...(isInactive && { inactive: true }),
    ...(isOnHold && { onHold: true }),
  };
  if (isBlocked(customer) || !isBlocked(next)) return next;
  const blocked = changed(next, change);
  return { ...blocked, endingSessions: { change: change.id, since: change.at, blocked: true } };
}

/** @throws InvalidInput if the e-mail was changed too often for every change to stay undoable */
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
 * Gives the account back to the owner of an earlier e-mail address. The person who moved it away knew the password, so the
 * password is removed, and so are the undos to later addresses. A contact e-mail that moved along is restored too.
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

/**
 * Records that the sessions have ended. @returns the given customer unchanged if a later change still has sessions to
 * end
 */
export function withSessionsEnded(customer: Customer, change: string): Customer {
  if (customer.endingSessions?.change !== change) return customer;
  const { endingSessions: _done, ...rest } = customer;
  return rest;
}

/** A change of credentials voids all earlier requests. */
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
  InvalidInput.of('token', 'is unknown, already used or expired: request a new one');
