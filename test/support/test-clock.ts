import { Clock } from '../../src/shared/clock.js';

/** Stands still until it is told to go on. */
export class TestClock extends Clock {
  constructor(private time = new Date('2026-01-15T12:00:00.000Z')) {
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
