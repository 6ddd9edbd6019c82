import { Clock } from '../../src/shared/clock.js';

/**
 * Stands still until it is told to advance. It starts today, on a full second: MongoDB's TTL pass uses its own clock,
 * and would delete what is alive if the tests were in the past.
 */
export class TestClock extends Clock {
  /** Not 0, which lru-cache treats as no time at all. */
  private passed = 1_000;

  constructor(private time = new Date(Math.floor(Date.now() / 1000) * 1000)) {
    super();
  }

  override now(): Date {
    return this.time;
  }

  override monotonic(): number {
    return this.passed;
  }

  advanceSeconds(seconds: number): void {
    this.passed += seconds * 1000;
    this.setBy(seconds);
  }

  /** Acts as if somebody set the machine's clock: no time passes. @param seconds may be negative */
  setBy(seconds: number): void {
    this.time = new Date(this.time.getTime() + seconds * 1000);
  }

  advanceDays(days: number): void {
    this.advanceSeconds(days * 86_400);
  }
}
