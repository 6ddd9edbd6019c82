/** What time it is. Injected everywhere, so that a test about 400 days takes no time. */
export abstract class Clock {
  /** For points in time that are stored or told. It jumps ahead when somebody sets the machine's clock, never back. */
  abstract now(): Date;

  /** Milliseconds since some moment, for durations within this process. It never goes back. */
  abstract monotonic(): number;
}

/** How fast time goes while the machine's clock, having been set back, catches up. */
const CATCH_UP_PACE = 0.5;

/**
 * The machine's clock, except that it never goes back: what had ended would be alive again. When the machine's clock is
 * set back, this one goes on at half its pace until the two agree. It follows at once when the clock is set ahead.
 */
export class SystemClock extends Clock {
  /** What was told last, and when by the monotonic clock. */
  private told = 0;
  private toldAt = 0;

  override now(): Date {
    const ticks = this.monotonic();
    const passed = Math.max(0, ticks - this.toldAt);
    this.told = Math.max(Date.now(), this.told + passed * CATCH_UP_PACE);
    this.toldAt = ticks;
    return new Date(this.told);
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
