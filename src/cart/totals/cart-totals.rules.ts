import { digitsOf, sumOf } from '../../shared/money.js';
import type { Cart } from '../cart.types.js';
import { amountOf, byDiscount, byTax, total } from './cart-amounts.rules.js';
import { type Line, lineOf } from './cart-lines.rules.js';
import {
  appliedTo,
  type Discount,
  type DiscountableAmount,
  discounted,
  discountedPriceOf,
  paidFor,
} from './cart-proration.rules.js';
import type {
  AppliedDiscount,
  CalculatedFee,
  Calculation,
  CartTotals,
  DiscountedAmount,
  LineTotals,
  TotalDiscount,
} from './cart-totals.types.js';

/** Settings of a site that decide how its carts are calculated. */
export interface CountingRules {
  readonly includesTax?: boolean;
  readonly cartCalculationScale?: number;
}

/** The default is gross prices, and as many decimal places as the currency has. */
export const calculationOf = (
  { currency }: Pick<Cart, 'currency'>,
  { includesTax = true, cartCalculationScale }: CountingRules = {},
): Calculation => ({ currency, includesTax, digits: cartCalculationScale ?? digitsOf(currency) });

/** Returns the number of units in all lines. */
export const totalUnits = ({ items }: Pick<Cart, 'items'>): number =>
  sumOf(items.map(({ quantity }) => quantity));

export const linesOf = ({ items }: Pick<Cart, 'items'>, calculation: Calculation): readonly Line[] =>
  items.map((item) => lineOf(item, calculation));

/** Returns what the products cost before any discount, without fees. */
export const subtotalOf = (lines: readonly Line[], calculation: Calculation): number =>
  sumOf(lines.map(({ part }) => amountOf(part.price, calculation)));

/** @param discounts on the whole cart, taken one after the other from the products, not from their fees */
export function totalsOf(
  lines: readonly Line[],
  discounts: readonly Discount[],
  calculation: Calculation,
): { readonly lines: readonly LineTotals[]; readonly totals: CartTotals } {
  const parts = discounts.reduce<readonly DiscountableAmount[]>(
    (left, discount) => discounted(left, discount, calculation),
    lines.map(({ part }) => part),
  );
  const after = lines.map((line, index) => ({ ...line, part: parts[index] ?? line.part }));
  return {
    lines: after.map((line) => lineTotals(line, calculation)),
    totals: cartTotals(after, calculation),
  };
}

function lineTotals({ item, unitPrice, calculated, part, fees }: Line, calculation: Calculation): LineTotals {
  const discountedPrice = discountedPriceOf(part, calculation);
  const feeParts = fees.map((fee) => fee.part);
  return {
    item,
    unitPrice,
    price: { ...part.price, calculated },
    ...(discountedPrice && { discountedPrice }),
    fees: fees.map((fee) => calculatedFee(fee, calculation)),
    totalFee: paidWithDiscounts(feeParts, calculation),
    totalDiscount: totalDiscount(appliedTo([part, ...feeParts]), calculation),
    finalPrice: total([part, ...feeParts].map((one) => paidFor(one, calculation))),
  };
}

function calculatedFee({ info, part }: Line['fees'][number], calculation: Calculation): CalculatedFee {
  const discountedPrice = discountedPriceOf(part, calculation);
  return { ...info, price: part.price, ...(discountedPrice && { discountedPrice }) };
}

function cartTotals(lines: readonly Line[], calculation: Calculation): CartTotals {
  const products = lines.map(({ part }) => part);
  const fees = lines.flatMap((line) => line.fees.map(({ part }) => part));
  const all = [...products, ...fees];
  const paid = all.map((part) => paidFor(part, calculation));
  return {
    price: total(products.map(({ price }) => price)),
    ...(appliedTo(products).length > 0 && { discountedPrice: paidWithDiscounts(products, calculation) }),
    fees: total(fees.map(({ price }) => price)),
    totalFee: paidWithDiscounts(fees, calculation),
    totalDiscount: totalDiscount(appliedTo(all), calculation),
    finalPrice: { ...total(paid), taxAggregate: { lines: byTax(paid) } },
  };
}

const paidWithDiscounts = (
  parts: readonly DiscountableAmount[],
  calculation: Calculation,
): DiscountedAmount => ({
  ...total(parts.map((part) => paidFor(part, calculation))),
  appliedDiscounts: byDiscount(appliedTo(parts)),
});

const totalDiscount = (applied: readonly AppliedDiscount[], { includesTax }: Calculation): TotalDiscount => ({
  calculationType: includesTax ? 'ApplyDiscountAfterTax' : 'ApplyDiscountBeforeTax',
  value: sumOf(applied.map(({ value }) => value)),
  price: total(applied.map(({ price }) => price)),
  appliedDiscounts: byDiscount(applied),
});
