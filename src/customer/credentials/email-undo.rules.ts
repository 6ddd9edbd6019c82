import { secondsAfter } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { CredentialChange, Customer, EmailUndo, MailedToken } from '../customer.types.js';

/** How long the owner of the previous e-mail address may take the account back. */
export const UNDO_SECONDS = 7 * 86_400;

/** The address stays reserved a little longer than its token is valid, because clocks of instances differ. */
const RESERVE_SECONDS = UNDO_SECONDS + 3600;

/**
 * Each undo must be kept until it expires; otherwise an intruder could push out the owner's by changing the address
 * again and again. So the number of changes is limited to the number of undos kept.
 */
const MOST_UNDOS = 5;

const NONE: readonly EmailUndo[] = [];

const isLive = ({ reservedUntil }: EmailUndo, now: Date): boolean => reservedUntil > now;

const liveUndos = ({ emailUndos = NONE }: Customer, now: Date): readonly EmailUndo[] =>
  emailUndos.filter((undo) => isLive(undo, now));

/** Returns the addresses that no other customer may get: the present one, and those that can still be restored. */
export const emailsHeld = (customer: Customer, now: Date): readonly string[] => [
  customer.email,
  ...liveUndos(customer, now).map(({ email }) => email),
];

/** Returns all addresses of the record, including those whose reservation is over. */
export const emailsEverHeld = ({ email, emailUndos = NONE }: Customer): readonly string[] => [
  email,
  ...emailUndos.map((undo) => undo.email),
];

/** @returns why the e-mail can't be changed now, or undefined if it can */
export function moveProblem(customer: Customer, newEmail: string, now: Date): string | undefined {
  const live = liveUndos(customer, now);
  if (live.length < MOST_UNDOS || live.some(({ email }) => email === newEmail)) return undefined;
  const days = UNDO_SECONDS / 86_400;
  return `can't be changed yet: ${MOST_UNDOS} changes within ${days} days can still be undone`;
}

/**
 * Returns the undos after the e-mail address has changed. A change back to an earlier address has the effect of its
 * undo: it removes that undo and all later ones, so that nobody who held the account in between can move it away again.
 * @throws InvalidInput if `moveProblem` finds a problem
 */
export function undosAfterMove(
  customer: Customer,
  newEmail: string,
  { id, at }: CredentialChange,
): readonly EmailUndo[] {
  const problem = moveProblem(customer, newEmail, at);
  if (problem !== undefined) throw InvalidInput.of('newEmail', problem);
  const live = liveUndos(customer, at);
  const back = live.findIndex(({ email }) => email === newEmail);
  if (back >= 0) return live.slice(0, back);
  return [...live, { change: id, email: customer.email, reservedUntil: secondsAfter(at, RESERVE_SECONDS) }];
}

/** Returns the undos that are older than this one. */
export function undosBefore({ emailUndos = NONE }: Customer, change: string): readonly EmailUndo[] {
  return emailUndos.slice(
    0,
    Math.max(
      0,
      emailUndos.findIndex((undo) => undo.change === change),
    ),
  );
}

/** Returns the addresses that the account got by this change and by later ones. */
export function emailsSince({ email, emailUndos = NONE }: Customer, change: string): readonly string[] {
  const first = emailUndos.findIndex((undo) => undo.change === change);
  return [...emailUndos.slice(first + 1).map((undo) => undo.email), email];
}

/**
 * Adds the token of the mail that is being written. @returns the given customer unchanged if there is nothing to undo
 * any more
 */
export function withUndoToken(customer: Customer, change: string, token: MailedToken): Customer {
  const { emailUndos = NONE } = customer;
  if (!emailUndos.some((undo) => undo.change === change)) return customer;
  const reservedUntil = secondsAfter(token.expiresAt, RESERVE_SECONDS - UNDO_SECONDS);
  return {
    ...customer,
    emailUndos: emailUndos.map((undo) => (undo.change === change ? { ...undo, token, reservedUntil } : undo)),
  };
}
