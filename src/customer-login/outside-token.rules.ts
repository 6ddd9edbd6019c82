import type { Fault } from '../shared/domain-error.js';

/** How many seconds past its expiry an outside token is still accepted, because clocks differ a little. */
const LEEWAY_AT_END = 5;

/**
 * How many seconds ahead of our clock a token may have been issued or become valid. FAPI 2.0 (section 5.3.2.1) requires
 * accepting 10 and refusing more than 60; what lies between is a wrong clock, not an attack.
 */
export const LEEWAY_AT_START = 60;

/** Seconds since 1970, as in the token. */
export interface TokenTimes {
  readonly exp?: number | undefined;
  readonly iat?: number | undefined;
}

/**
 * Returns what is wrong with the times of an outside token. The service's own tokens have no limit on `iat`, so a clock
 * that steps back logs nobody out (F-26, P-25).
 */
export function timeProblem({ exp, iat }: TokenTimes, now: Date): Fault | undefined {
  const seconds = now.getTime() / 1000;
  if (exp === undefined || exp + LEEWAY_AT_END <= seconds) return 'expired-token';
  return iat !== undefined && iat > seconds + LEEWAY_AT_START ? 'invalid-token' : undefined;
}
