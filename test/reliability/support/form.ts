/** The short form runs with every submission; the full form is the one that docs/reliability.md gives figures of. */
export const FORM = process.env.RELIABILITY === 'short' ? 'short' : 'full';

export const sized = <T>(short: T, full: T): T => (FORM === 'short' ? short : full);

/** Which store this run is about. Every vitest project sets it. */
export const STORE = process.env.TEST_DRIVER === 'mongo' ? 'mongo' : 'embedded';

const MINUTES = 60_000;

/** How long one test may take before it is given up. */
export const PATIENCE_MS = sized(2 * MINUTES, 90 * MINUTES);

const ROUNDS_WITHIN_MS = 40 * MINUTES;

/** Up to `most` rounds, counted from 1; fewer when they take more than forty minutes. A figure tells how many there were. */
export function* rounds(most: number): Generator<number> {
  const until = performance.now() + ROUNDS_WITHIN_MS;
  for (let round = 1; round <= most && performance.now() < until; round++) yield round;
}
