import { Decimal } from 'decimal.js';

/**
 * Amounts and quantities are the decimal numbers that JSON writes: `0.1` is a tenth, not the binary fraction nearest to
 * it. All computing with them happens here. The precision exceeds that of any number in JSON.
 */
const Exact = Decimal.clone({ precision: 120, rounding: Decimal.ROUND_HALF_UP });

/** Limit of a price, a discount or a quantity, so that sums of them stay finite. */
export const MAX_AMOUNT = 1_000_000_000_000;

/** Returns the sum, which is 0 for an empty list. */
export const sumOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum.plus(value), new Exact(0)).toNumber();

export const difference = (from: number, taken: number): number => new Exact(from).minus(taken).toNumber();

/** Returns the product, computed in one go; 1 without factors. */
export const productOf = (...factors: readonly number[]): number =>
  factors.reduce((product, factor) => product.times(factor), new Exact(1)).toNumber();

/** @param divisor not 0 */
export const quotient = (dividend: number, divisor: number): number =>
  new Exact(dividend).dividedBy(divisor).toNumber();

/** Returns a percentage: `percentOf(19, 80)` is 15.2, which is 19 percent of 80. */
export const percentOf = (percent: number, amount: number): number =>
  new Exact(amount).times(percent).dividedBy(100).toNumber();

/** Rounds to as many decimal places as the currency has. Half is rounded away from zero, as is usual in commerce. */
export const rounded = (amount: number, currency: string): number => roundedTo(amount, digitsOf(currency));

/** Rounds to this many decimal places. */
export const roundedTo = (amount: number, digits: number): number =>
  new Exact(amount).toDecimalPlaces(digits).toNumber();

/** Returns the number of decimal places: 2 for EUR, 0 for JPY, 3 for KWD. @param currency ISO 4217 */
export function digitsOf(currency: string): number {
  const known = DIGITS.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  DIGITS.set(currency, digits);
  return digits;
}

/**
 * A cache, because asking Intl takes as long as all other steps of a price together. It has at most one entry per
 * currency.
 */
const DIGITS = new Map<string, number>();
