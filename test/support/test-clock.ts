import { Clock } from '../../src/shared/clock.js';

/**
 * Stands still until it is told to go on. It begins today, on a full second: MongoDB's TTL pass has a clock of its
 * own, and would erase what is alive in a past of the tests.
 */
export class TestClock extends Clock {
  constructor(private time = new Date(Math.floor(Date.now() / 1000) * 1000)) {
    super();
  }

  override now(): Date {
    return this.time;
  }

  advanceSeconds(seconds: number): void {
    this.time = new Date(this.time.getTime() + seconds * 1000);
  }

  advanceDays(days: number): void {
    this.advanceSeconds(days * 86_400);
  }
}
