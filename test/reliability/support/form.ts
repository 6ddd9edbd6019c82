/** The short form runs with every submission; the full form is the one that docs/reliability.md gives figures of. */
export const FORM = process.env.FORM === 'short' ? 'short' : 'full';

export const sized = <T>(short: T, full: T): T => (FORM === 'short' ? short : full);

/** Which store this run is about. Every vitest project sets it. */
export const STORE = process.env.TEST_DRIVER === 'mongo' ? 'mongo' : 'embedded';

const MINUTE_MS = 60_000;

/** How long one test may take before it is given up. */
export const PATIENCE_MS = sized(2 * MINUTE_MS, 90 * MINUTE_MS);

/** Counts from 1 to `most`. What takes long says every minute how far it is. @param what e.g. `R1` */
export function* rounds(what: string, most: number): Generator<number> {
  let said = performance.now();
  for (let round = 1; round <= most; round++) {
    yield round;
    if (performance.now() - said < MINUTE_MS) continue;
    said = performance.now();
    process.stdout.write(`${what}, ${STORE}: ${round} of ${most}\n`);
  }
}
