import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, digitsOf, percentOf, productOf, quotient, rounded, sumOf } from './money.js';

describe('Decimal arithmetic', () => {
  it('adds numbers as they are written', () => {
    expect(sumOf([])).toBe(0);
    expect(sumOf([0.1, 0.2])).toBe(0.3);
    expect(sumOf([1.1, 2.2, 3.3])).toBe(6.6);
    expect(sumOf(Array.from({ length: 500 }, () => 0.1))).toBe(50);
    expect(sumOf([1e-7, 1])).toBe(1.0000001);
    expect(sumOf([1e21, 1e21])).toBe(2e21);
    expect(sumOf([1e9, 0.000001])).toBe(1000000000.000001);
    expect(sumOf([1e100, 0.1, -1e100])).toBe(0.1);
  });

  it('does not depend on the order of the terms', () => {
    const thousandths = integer({ min: 0, max: 1_000_000_000 }).map((n) => n / 1000);
    assert(
      property(array(thousandths), (values) => {
        const whole = values.reduce((sum, value) => sum + Math.round(value * 1000), 0);
        expect(sumOf(values)).toBe(whole / 1000);
        expect(sumOf(values.toReversed())).toBe(sumOf(values));
      }),
    );
  });

  it('subtracts, multiplies, divides and takes percentages', () => {
    expect(difference(0.3, 0.1)).toBe(0.2);
    expect(productOf()).toBe(1);
    expect(productOf(1.1, 1.1)).toBe(1.21);
    expect(productOf(4.35, 100)).toBe(435);
    expect(productOf(0.1, 3, 1.15)).toBe(0.345);
    expect(quotient(0.3, 0.1)).toBe(3);
    expect(quotient(1, 3)).toBe(0.3333333333333333);
    expect(percentOf(19, 80)).toBe(15.2);
    expect(percentOf(7, 1.15)).toBe(0.0805);
  });
});

describe('An amount', () => {
  it.each([
    [1.005, 'EUR', 1.01],
    [1.0049999, 'EUR', 1],
    [2.675, 'USD', 2.68],
    [-1.005, 'EUR', -1.01],
    [0.5, 'JPY', 1],
    [1234.4, 'JPY', 1234],
    [1.0005, 'KWD', 1.001],
    [1e15, 'EUR', 1e15],
    [0, 'EUR', 0],
  ])('of %d is rounded in %s to %d', (amount, currency, expected) => {
    expect(rounded(amount, currency)).toBe(expected);
  });

  it('has the digits of its currency', () => {
    expect(['EUR', 'USD', 'GBP', 'CHF'].map(digitsOf)).toEqual([2, 2, 2, 2]);
    expect(['JPY', 'KRW', 'KWD', 'BHD'].map(digitsOf)).toEqual([0, 0, 3, 3]);
  });
});
