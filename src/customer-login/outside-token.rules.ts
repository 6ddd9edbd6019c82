import type { Fault } from '../shared/domain-error.js';

/** Seconds that an outside token stays good after its end: clocks differ a little. */
const LEEWAY_AT_END = 5;

/**
 * Seconds that it may have been made, or be good from, ahead of our clock. FAPI 2.0 (section 5.3.2.1) wants 10 to be
 * taken and more than 60 to be refused; those in between are clocks that are off, not attacks.
 */
export const LEEWAY_AT_START = 60;

/** Seconds since 1970, as they stand in the token. */
export interface TokenTimes {
  readonly exp?: number | undefined;
  readonly iat?: number | undefined;
}

/** Tokens of our own have no such bounds at their start: a clock that steps back logs nobody out (F-26, P-25). */
export function timeProblem({ exp, iat }: TokenTimes, now: Date): Fault | undefined {
  const seconds = now.getTime() / 1000;
  if (exp === undefined || exp + LEEWAY_AT_END <= seconds) return 'expired-token';
  return iat !== undefined && iat > seconds + LEEWAY_AT_START ? 'invalid-token' : undefined;
}
