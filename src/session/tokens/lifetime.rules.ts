import { secondsAfter } from '../../shared/clock.js';
import type { Lifetime, Session } from '../session.types.js';

/**
 * An anonymous session has two clocks (behaviours E-01, E-03, D-02): alive for its lifetime, then dormant,
 * when only a refresh finds it, then gone. A customer's session is always alive (E-04).
 */
export function stateOf(session: Pick<Session, 'lifetime'>, now: Date): 'alive' | 'dormant' | 'gone' {
  if (!session.lifetime || now < session.lifetime.aliveUntil) return 'alive';
  return now < session.lifetime.goneAt ? 'dormant' : 'gone';
}

export interface AnonymousClocks {
  readonly lifetimeSeconds: number;
  readonly dormantSeconds: number;
  /** Since the session began: no refresh and no use makes it last longer (RFC 9700 section 4.14.2). */
  readonly maxSeconds: number;
}

/** Of a session that begins now: a full lifetime, and the time after it in which a refresh finds it (E-03). */
export const lifetimeFrom = (now: Date, clocks: AnonymousClocks): Lifetime =>
  prolonged({ createdAt: now }, clocks, now);

/**
 * A full lifetime from `now` on, as far as the session may last at all (E-03).
 * @param heldUntil the record is kept at least until then (D-26)
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
