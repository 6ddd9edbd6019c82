import { secondsAfter } from '../shared/clock.js';
import type { Lifetime, Session } from './session.types.js';

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
}

/**
 * A full lifetime from `now` on: at the login, and at each refresh (E-03).
 * @param heldUntil the record is kept at least until then (D-26)
 */
export function lifetimeFrom(now: Date, clocks: AnonymousClocks, heldUntil?: Date): Lifetime {
  const aliveUntil = secondsAfter(now, clocks.lifetimeSeconds);
  const goneAt = secondsAfter(aliveUntil, clocks.dormantSeconds);
  return { aliveUntil, goneAt: heldUntil && heldUntil > goneAt ? heldUntil : goneAt };
}
