/** The time. Injected everywhere, so that a test about 400 days takes no time. */
export abstract class Clock {
  /**
   * For points in time that are stored or sent. It jumps ahead when somebody sets the machine's clock, but never back.
   */
  abstract now(): Date;

  /** Milliseconds since some moment, for durations within this process. It never goes back. */
  abstract monotonic(): number;
}

/** How fast time runs while a machine's clock that was set back catches up. */
const CATCH_UP_PACE = 0.5;

/**
 * The machine's clock, except that it never goes back, because what had ended would then be alive again. If the
 * machine's clock is set back, this one runs at half speed until the two agree. If it is set ahead, this one follows at
 * once.
 */
export class SystemClock extends Clock {
  /** The latest time returned, and when that was by the monotonic clock. */
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

/** Returns the seconds from `now` until `end`, rounded up; never negative. */
export function secondsUntil(end: Date, now: Date): number {
  return Math.max(0, Math.ceil((end.getTime() - now.getTime()) / 1000));
}
