import { secondsAfter } from '../../shared/clock.js';
import type { Lifetime, Session } from '../session.types.js';

/**
 * Returns the state of a session. An anonymous session has two clocks (behaviours E-01, E-03, D-02): it is alive for
 * its lifetime, then dormant, when only a refresh finds it, and then gone. A customer session is always alive (E-04).
 */
export function stateOf(session: Pick<Session, 'lifetime'>, now: Date): 'alive' | 'dormant' | 'gone' {
  if (!session.lifetime || now < session.lifetime.aliveUntil) return 'alive';
  return now < session.lifetime.goneAt ? 'dormant' : 'gone';
}

export interface AnonymousClocks {
  readonly lifetimeSeconds: number;
  readonly dormantSeconds: number;
  /** Counted from the start of the session: no refresh and no use makes it last longer (RFC 9700 section 4.14.2). */
  readonly maxSeconds: number;
}

/**
 * Returns the lifetime of a session that begins now: a full lifetime, and after it the time in which a refresh can wake
 * the session (E-03).
 */
export const lifetimeFrom = (now: Date, clocks: AnonymousClocks): Lifetime =>
  prolonged({ createdAt: now }, clocks, now);

/**
 * Returns a full lifetime from `now`, but never past the longest time that a session may last (E-03).
 * @param heldUntil the record is kept at least until this time (D-26)
 */
export function prolonged(
  { createdAt }: Pick<Session, 'createdAt'>,
  clocks: AnonymousClocks,
  now: Date,
  heldUntil?: Date,
): Lifetime {
  const aliveUntil = secondsAfter(now, clocks.lifetimeSeconds);
  const windowEnd = secondsAfter(aliveUntil, clocks.dormantSeconds);
  const goneAt = heldUntil && heldUntil > windowEnd ? heldUntil : windowEnd;
  const end = secondsAfter(createdAt, clocks.maxSeconds);
  return { aliveUntil: earlier(aliveUntil, end), goneAt: earlier(goneAt, end) };
}

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
