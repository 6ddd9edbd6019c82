import { difference, percentOf, productOf, quotient, roundedTo, sumOf } from '../../shared/money.js';
import { amountOf, type Tax, taxed } from './cart-amounts.rules.js';
import type { AppliedDiscount, Calculation, DiscountedAmount, TaxedAmount } from './cart-totals.types.js';

/** An amount that discounts apply to: the price of a line, or one of its fees. */
export interface DiscountableAmount {
  /** Before discounts. */
  readonly price: TaxedAmount;
  readonly tax: Tax;
  /** What remains after discounts: gross or net, as the site's prices are. Never below 0. */
  readonly left: number;
  readonly applied: readonly AppliedDiscount[];
}

export interface Discount extends Pick<AppliedDiscount, 'id' | 'discountType' | 'origin'> {
  /** Percent of what remains, or an amount. */
  readonly value: number;
}

export const discountableAmount = (
  price: TaxedAmount,
  tax: Tax,
  calculation: Calculation,
): DiscountableAmount => ({
  price,
  tax,
  left: amountOf(price, calculation),
  applied: [],
});

/**
 * Takes a discount from these parts together, at most what remains of them. Each part bears its share, and the shares
 * add up exactly to the discount.
 */
export function discounted(
  parts: readonly DiscountableAmount[],
  { value, ...discount }: Discount,
  calculation: Calculation,
): readonly DiscountableAmount[] {
  const { digits } = calculation;
  const whole = sumOf(parts.map(({ left }) => left));
  const wanted = discount.discountType === 'PERCENT' ? percentOf(value, whole) : value;
  const shares = prorate(
    Math.min(roundedTo(wanted, digits), whole),
    parts.map(({ left }) => left),
    digits,
  );
  return parts.map((part, index) => {
    const share = shares[index] ?? 0;
    if (share === 0) return part;
    const applied = { ...discount, value: share, price: taxed(share, part.tax, calculation) };
    return { ...part, left: difference(part.left, share), applied: [...part.applied, applied] };
  });
}

/**
 * Splits an amount in proportion to the weights. The running total is rounded, so no cent is lost and no share exceeds
 * its weight.
 * @param amount at most the sum of the weights; amount and weights have at most `digits` decimal places
 */
function prorate(amount: number, weights: readonly number[], digits: number): readonly number[] {
  const whole = sumOf(weights);
  if (whole === 0) return weights.map(() => 0);
  let weighed = 0;
  let given = 0;
  return weights.map((weight) => {
    weighed = sumOf([weighed, weight]);
    const due = roundedTo(quotient(productOf(amount, weighed), whole), digits);
    const share = difference(due, given);
    given = due;
    return share;
  });
}

/** Returns undefined when no discount was taken off. */
export function discountedPriceOf(
  { left, tax, applied }: DiscountableAmount,
  calculation: Calculation,
): DiscountedAmount | undefined {
  return applied.length === 0 ? undefined : { ...taxed(left, tax, calculation), appliedDiscounts: applied };
}

/** Returns what has to be paid after discounts. */
export const paidFor = (part: DiscountableAmount, calculation: Calculation): TaxedAmount =>
  part.applied.length === 0 ? part.price : taxed(part.left, part.tax, calculation);

export const appliedTo = (parts: readonly DiscountableAmount[]): readonly AppliedDiscount[] =>
  parts.flatMap(({ applied }) => applied);
