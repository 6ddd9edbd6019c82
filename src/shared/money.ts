import { Decimal } from 'decimal.js';

/**
 * Amounts and quantities are the decimal numbers that JSON writes: `0.1` is a tenth, not the binary fraction next to
 * it. Whatever is computed with them is computed here. The precision is beyond that of any number that JSON brings.
 */
const Exact = Decimal.clone({ precision: 120, rounding: Decimal.ROUND_HALF_UP });

/** Of a price, a discount or a quantity; sums of them stay finite. */
export const MAX_AMOUNT = 1_000_000_000_000;

/** The sum of all: 0 of none. */
export const sumOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum.plus(value), new Exact(0)).toNumber();

export const difference = (from: number, taken: number): number => new Exact(from).minus(taken).toNumber();

/** The product of all, computed in one go: 1 of none. */
export const productOf = (...factors: readonly number[]): number =>
  factors.reduce((product, factor) => product.times(factor), new Exact(1)).toNumber();

/** @param divisor not 0 */
export const quotient = (dividend: number, divisor: number): number =>
  new Exact(dividend).dividedBy(divisor).toNumber();

/** `percentOf(19, 80)` is 15.2: 19 percent of 80. */
export const percentOf = (percent: number, amount: number): number =>
  new Exact(amount).times(percent).dividedBy(100).toNumber();

/** As many digits as the currency has; a half goes away from zero, as commerce rounds. */
export const rounded = (amount: number, currency: string): number => roundedTo(amount, digitsOf(currency));

/** To so many digits behind the point. */
export const roundedTo = (amount: number, digits: number): number =>
  new Exact(amount).toDecimalPlaces(digits).toNumber();

/** Digits behind the point: 2 of EUR, 0 of JPY, 3 of KWD. @param currency ISO 4217 */
export function digitsOf(currency: string): number {
  const known = DIGITS.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  DIGITS.set(currency, digits);
  return digits;
}

/** To ask Intl takes as long as all other steps of a price together. No more entries than there are currencies. */
const DIGITS = new Map<string, number>();
