import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SystemClock } from './clock.js';

const NOON = Date.UTC(2026, 0, 1, 12);
const HOUR_MS = 3_600_000;

describe('The system clock', () => {
  let clock: SystemClock;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: NOON });
    clock = new SystemClock();
  });
  afterEach(() => void vi.useRealTimers());

  const told = (): number => clock.now().getTime() - NOON;
  const set = (ms: number): unknown => vi.setSystemTime(Date.now() + ms);
  const pass = (ms: number): unknown => vi.advanceTimersByTime(ms);

  it('follows the machine’s clock, at once when somebody sets it ahead', () => {
    expect(told()).toBe(0);
    pass(1_000);
    expect(told()).toBe(1_000);
    set(HOUR_MS);
    expect(told()).toBe(HOUR_MS + 1_000);
  });

  it('does not follow it back: it runs at half speed until the machine has caught up', () => {
    set(HOUR_MS);
    expect(told()).toBe(HOUR_MS);
    set(-HOUR_MS);
    expect(told()).toBe(HOUR_MS);
    pass(HOUR_MS);
    expect(told()).toBe(1.5 * HOUR_MS);
    pass(HOUR_MS);
    expect(told()).toBe(2 * HOUR_MS);
    pass(HOUR_MS);
    expect(told()).toBe(3 * HOUR_MS);
  });

  it('never goes back, however often it is read and set', () => {
    const times: number[] = [];
    for (const step of [5, -3, 700, -699, 0, -HOUR_MS, 1, HOUR_MS, -2 * HOUR_MS, 10]) {
      set(step);
      pass(0.3);
      times.push(told());
    }
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});
