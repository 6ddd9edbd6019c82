import { withoutAttributes } from '../events/event.rules.js';
import type { LoggedEvent } from '../events/event.types.js';
import { secondsAfter } from '../shared/clock.js';
import type { Attempt, Delivery } from './webhook.types.js';

const MINUTE = 60;
const HOUR = 3600;

/** Seconds before each further attempt. */
const PAUSES = [5, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR];

/** Up to this part of a pause is added, so that deliveries that failed together are not tried together. */
const JITTER = 0.2;

const LONGEST_RETRY_AFTER = 24 * HOUR;

/** Exceeds the sum of all pauses. */
const KEPT_SECONDS = 14 * 24 * HOUR;
const DELIVERED_KEPT_SECONDS = 3 * 24 * HOUR;

/** Status by which a target says that it wants no more (Standard Webhooks, "Retries"). */
const GONE = 410;

/** @param id made by `deliveryId` */
export const newDelivery = (
  { event, position }: LoggedEvent,
  webhookId: string,
  id: string,
  now: Date,
): Delivery => ({
  tenant: event.tenant,
  id,
  webhookId,
  eventId: event.id,
  type: event.type,
  subject: event.subject,
  position,
  event,
  state: 'pending',
  attempts: 0,
  dueAt: now,
  createdAt: now,
  modifiedAt: now,
  erasedAt: secondsAfter(now, KEPT_SECONDS),
});

/**
 * Returns the delivery after an attempt.
 * @param random from 0 to 1
 */
export function attempted(current: Delivery, attempt: Attempt, now: Date, random: number): Delivery {
  const { dueAt: _then, lastStatus: _status, lastError: _error, event, ...rest } = current;
  const attempts = current.attempts + 1;
  const done = {
    ...rest,
    attempts,
    lastAttemptAt: now,
    modifiedAt: now,
    ...(attempt.status !== undefined && { lastStatus: attempt.status }),
  };
  if (attempt.ok) return { ...done, state: 'delivered', erasedAt: secondsAfter(now, DELIVERED_KEPT_SECONDS) };
  const failed = { ...done, ...(event && { event }), state: 'failed', lastError: attempt.error } as const;
  const pause = isGone(attempt) ? undefined : pauseAfter(attempts, attempt.retryAfter, random);
  return pause === undefined ? failed : { ...failed, dueAt: secondsAfter(now, pause) };
}

export const isGone = (attempt: Attempt): boolean => attempt.status === GONE;

/** @returns seconds; undefined when it is given up */
function pauseAfter(attempts: number, retryAfter = 0, random: number): number | undefined {
  const pause = PAUSES[attempts - 1];
  if (pause === undefined) return undefined;
  return Math.max(pause * (1 + JITTER * random), Math.min(retryAfter, LONGEST_RETRY_AFTER));
}

/** Returns an open delivery that waits until this time. */
export const postponed = (current: Delivery, dueAt: Date, now: Date): Delivery =>
  current.dueAt && current.dueAt < dueAt ? { ...current, dueAt, modifiedAt: now } : current;

/** Returns an open delivery that need not wait any more, because the one before it is done. */
export const released = (current: Delivery, now: Date): Delivery =>
  current.dueAt && current.dueAt > now && current.attempts === 0
    ? { ...current, dueAt: now, modifiedAt: now }
    : current;

/**
 * Returns a delivery that is attempted now, and on failure again as often as a new one.
 * @returns the given one unchanged when it is delivered
 */
export const retried = (current: Delivery, now: Date): Delivery =>
  current.event === undefined
    ? current
    : {
        ...current,
        attempts: 0,
        dueAt: now,
        modifiedAt: now,
        erasedAt: secondsAfter(now, KEPT_SECONDS),
      };

/** Returns the delivery without names and values of attributes. */
export function withoutPerson(current: Delivery): Delivery {
  const event = current.event && withoutAttributes(current.event);
  return event === current.event || !event ? current : { ...current, event };
}

/** Seconds until the time that a `Retry-After` header names (RFC 9110 section 10.2.3). */
export function secondsOfRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const until = Date.parse(header);
  return Number.isNaN(until) ? undefined : Math.max(0, Math.ceil((until - now.getTime()) / 1000));
}

/** Groups deliveries by subject, each group in order of the log. */
export function lanesOf(deliveries: readonly Delivery[]): readonly (readonly Delivery[])[] {
  const lanes = Map.groupBy(deliveries, ({ subject }) => subject);
  return [...lanes.values()].map((lane) => lane.toSorted(byPosition));
}

const byPosition = (one: Delivery, other: Delivery): number =>
  one.position < other.position ? -1 : one.position > other.position ? 1 : 0;
