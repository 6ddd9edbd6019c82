import { secondsAfter } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { CredentialChange, Customer, EmailUndo, MailedToken } from '../customer.types.js';

/** How long the owner of the e-mail of before may take the account back. */
export const UNDO_SECONDS = 7 * 86_400;

/** The e-mail stays reserved a little longer than its token: clocks of instances differ. */
const RESERVE_SECONDS = UNDO_SECONDS + 3600;

/**
 * Each of them must be kept to its end, or an intruder could push the owner's out by moving on and on;
 * so there may be no more moves than are kept.
 */
const MOST_UNDOS = 5;

const NONE: readonly EmailUndo[] = [];

const isLive = ({ reservedUntil }: EmailUndo, now: Date): boolean => reservedUntil > now;

const liveUndos = ({ emailUndos = NONE }: Customer, now: Date): readonly EmailUndo[] =>
  emailUndos.filter((undo) => isLive(undo, now));

/** E-mails that no other customer gets: the one that logs in, and those that it can still be changed back to. */
export const emailsHeld = (customer: Customer, now: Date): readonly string[] => [
  customer.email,
  ...liveUndos(customer, now).map(({ email }) => email),
];

/** Those too whose time is over. */
export const emailsEverHeld = ({ email, emailUndos = NONE }: Customer): readonly string[] => [
  email,
  ...emailUndos.map((undo) => undo.email),
];

/** @returns why the e-mail can't be changed now; undefined when it can */
export function moveProblem(customer: Customer, newEmail: string, now: Date): string | undefined {
  const live = liveUndos(customer, now);
  if (live.length < MOST_UNDOS || live.some(({ email }) => email === newEmail)) return undefined;
  const days = UNDO_SECONDS / 86_400;
  return `can not be changed yet: there were ${MOST_UNDOS} changes within ${days} days, which can still be undone`;
}

/**
 * The ways back after the e-mail has moved. Moving back to an e-mail is what its own way back would have done: it ends
 * that one and those made since, so that nobody who had the account in between can move it away again.
 * @throws InvalidInput - see `moveProblem`
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

/** The ways back that are older than this one. */
export function undosBefore({ emailUndos = NONE }: Customer, change: string): readonly EmailUndo[] {
  return emailUndos.slice(
    0,
    Math.max(
      0,
      emailUndos.findIndex((undo) => undo.change === change),
    ),
  );
}

/** The e-mails that the account got by the change of this id and since. */
export function emailsSince({ email, emailUndos = NONE }: Customer, change: string): readonly string[] {
  const first = emailUndos.findIndex((undo) => undo.change === change);
  return [...emailUndos.slice(first + 1).map((undo) => undo.email), email];
}

/** Its mail is written. @returns the customer that was given when there is nothing to undo any more */
export function withUndoToken(customer: Customer, change: string, token: MailedToken): Customer {
  const { emailUndos = NONE } = customer;
  if (!emailUndos.some((undo) => undo.change === change)) return customer;
  const reservedUntil = secondsAfter(token.expiresAt, RESERVE_SECONDS - UNDO_SECONDS);
  return {
    ...customer,
    emailUndos: emailUndos.map((undo) => (undo.change === change ? { ...undo, token, reservedUntil } : undo)),
  };
}
