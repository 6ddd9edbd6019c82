import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactSum } from './exact-sum.rules.js';

describe('The sum of quantities', () => {
  it('is that of the decimal numbers as they are written', () => {
    expect(exactSum([])).toBe(0);
    expect(exactSum([0.1, 0.2])).toBe(0.3);
    expect(exactSum([1.1, 2.2, 3.3])).toBe(6.6);
    expect(exactSum(Array.from({ length: 500 }, () => 0.1))).toBe(50);
    expect(exactSum([1e-7, 1])).toBe(1.0000001);
    expect(exactSum([1e21, 1e21])).toBe(2e21);
    expect(exactSum([1e9, 0.000001])).toBe(1000000000.000001);
  });

  it('does not depend on the order', () => {
    const thousandths = integer({ min: 0, max: 1_000_000_000 }).map((n) => n / 1000);
    assert(
      property(array(thousandths), (values) => {
        const whole = values.reduce((sum, value) => sum + Math.round(value * 1000), 0);
        expect(exactSum(values)).toBe(whole / 1000);
        expect(exactSum(values.toReversed())).toBe(exactSum(values));
      }),
    );
  });
});
