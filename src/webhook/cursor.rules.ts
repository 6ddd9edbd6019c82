import { secondsAfter } from '../shared/clock.js';
import type { WebhookCursor } from './webhook.types.js';

/** Exceeds the time of an attempt several times. */
const LEASE_SECONDS = 30;
/** A lease is renewed when less is left of it: more than an attempt takes. */
const RENEWED_SECONDS = 15;

/** @returns the given cursor unchanged when another instance serves the webhook */
export function claimed(current: WebhookCursor, claim: string, now: Date): WebhookCursor {
  const taken = current.claim !== undefined && current.claim !== claim;
  if (taken && current.claimedUntil && current.claimedUntil > now) return current;
  return { ...current, claim, claimedUntil: secondsAfter(now, LEASE_SECONDS) };
}

/** Tells whether this instance may serve the webhook for a while without renewing its lease. */
export const holds = ({ claim, claimedUntil }: WebhookCursor, by: string, now: Date): boolean =>
  claim === by && claimedUntil !== undefined && claimedUntil > secondsAfter(now, RENEWED_SECONDS);

/** @returns the given cursor unchanged when another instance serves the webhook */
export const advanced = (current: WebhookCursor, claim: string, position: string): WebhookCursor =>
  current.claim === claim && position > (current.position ?? '') ? { ...current, position } : current;

/** @returns the given cursor unchanged when another instance serves the webhook */
export function givenUp(current: WebhookCursor, by: string): WebhookCursor {
  const { claim, claimedUntil: _until, ...rest } = current;
  return claim === by ? rest : current;
}
