/** What time it is. Injected everywhere, so that a test about 400 days takes no time. */
export abstract class Clock {
  /** For points in time that are stored or told. It may jump, when somebody sets the machine's clock. */
  abstract now(): Date;

  /** Milliseconds since some moment, for durations within this process. It never goes back. */
  abstract monotonic(): number;
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }

  override monotonic(): number {
    return performance.now();
  }
}

export function secondsAfter(start: Date, seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000);
}

/** Seconds from `now` until `end`, a begun one as a whole; never negative. */
export function secondsUntil(end: Date, now: Date): number {
  return Math.max(0, Math.ceil((end.getTime() - now.getTime()) / 1000));
}
