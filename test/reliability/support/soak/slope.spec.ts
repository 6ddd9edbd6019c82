import { describe, expect, it } from 'vitest';
import { slopeOf } from './slope.js';

const samples = (...values: number[]) => values.map((value, i) => ({ hours: i / 60, value }));

describe('The slope of what was measured', () => {
  it('is that of a line, without an error', () => {
    const { perHour, error } = slopeOf(samples(100, 101, 102, 103));
    expect(perHour).toBeCloseTo(60);
    expect(error).toBeCloseTo(0);
  });

  it('is none where values only go up and down, and its error says how far they go', () => {
    const calm = slopeOf(samples(100, 101, 101, 100));
    const wild = slopeOf(samples(100, 110, 110, 100));
    expect(calm.perHour).toBeCloseTo(0);
    expect(wild.error).toBeCloseTo(10 * calm.error);
  });
});
