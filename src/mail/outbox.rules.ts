import { secondsAfter } from '../shared/clock.js';
import type { MailRequest, OutboxMail, Outcome } from './mail.types.js';

/** Exceeds the time of any attempt. After it, the instance that took the mail must have stopped. */
const LEASE_SECONDS = 120;

const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 3600;

/** With these pauses, attempts go on for about nine hours. */
const MOST_ATTEMPTS = 16;

/** How long it may take to store the change that a mail reports. */
export const CAUSE_SECONDS = 60;

const KEPT_DAYS = 14;

export function newMail(request: MailRequest, id: string, now: Date, delaySeconds = 0): OutboxMail {
  return {
    ...request,
    id,
    state: 'waiting',
    attempts: 0,
    dueAt: secondsAfter(now, delaySeconds),
    createdAt: now,
    modifiedAt: now,
    erasedAt: secondsAfter(now, KEPT_DAYS * 86_400),
  };
}

/** Returns a mail that no longer has to wait. */
export const released = (mail: OutboxMail, now: Date): OutboxMail =>
  mail.attempts === 0 ? { ...mail, dueAt: now, modifiedAt: now } : mail;

/** @returns the given mail unchanged when another worker has taken it or it is done */
export function taken(mail: OutboxMail, claim: string, now: Date): OutboxMail {
  if (mail.state !== 'waiting' || !mail.dueAt || mail.dueAt > now) return mail;
  return {
    ...mail,
    claim,
    attempts: mail.attempts + 1,
    dueAt: secondsAfter(now, LEASE_SECONDS),
    modifiedAt: now,
  };
}

/** @returns the given mail unchanged when the attempt took too long and another worker has taken it */
export function settled(mail: OutboxMail, claim: string, outcome: Outcome, now: Date): OutboxMail {
  if (mail.claim !== claim || mail.state !== 'waiting') return mail;
  const { claim: _over, dueAt: _then, ...rest } = mail;
  const done = { ...rest, modifiedAt: now };
  switch (outcome.kind) {
    case 'sent':
      return { ...done, state: 'sent', to: outcome.to };
    case 'kept':
      return { ...done, state: 'kept', to: outcome.letter.to, letter: outcome.letter };
    case 'nobody':
      return { ...done, state: 'dropped' };
    case 'failed': {
      const failed = { ...done, lastError: outcome.error };
      if (outcome.forGood || mail.attempts >= MOST_ATTEMPTS) return { ...failed, state: 'given-up' };
      return { ...failed, dueAt: secondsAfter(now, pauseAfter(mail.attempts)) };
    }
  }
}

/** The pause doubles after each failure. */
export const pauseAfter = (attempts: number): number =>
  Math.min(FIRST_PAUSE_SECONDS * 2 ** (attempts - 1), LONGEST_PAUSE_SECONDS);
