import { difference, percentOf, productOf, quotient, sumOf } from '../../shared/money.js';
import type { PriceModel, Quantity, Tier } from '../price-model.types.js';
import type { SalePrice, TierValue } from '../price.types.js';

export interface Cost {
  /** For one measurement unit; the average if tiers price parts of the quantity differently. */
  readonly unit: number;
  /** For the whole quantity, not rounded. */
  readonly total: number;
}

export type Pricing = Pick<PriceModel, 'measurementUnit' | 'tierType' | 'tiers'>;

/** Converts a quantity to measurement units: 500 g are 5 units of 100 g. */
export const unitsIn = (quantity: number, { measurementUnit }: Pricing): number =>
  quotient(quantity, sizeOf(measurementUnit));

/** Calculates what a quantity costs. @returns undefined when a tier that the quantity needs has no value */
export function costOf(pricing: Pricing, values: readonly TierValue[], quantity: number): Cost | undefined {
  const parts = partsOf(pricing, quantity);
  const priced = parts.flatMap(({ tier, amount }) => {
    const value = values.find(({ id }) => id === tier.id)?.priceValue;
    return value === undefined ? [] : [{ amount, value }];
  });
  if (priced.length < parts.length) return undefined;
  const [first, ...more] = priced;
  const total = quotient(
    sumOf(priced.map(({ amount, value }) => productOf(amount, value))),
    sizeOf(pricing.measurementUnit),
  );
  const unit = more.length === 0 ? (first?.value ?? 0) : quotient(total, unitsIn(quantity, pricing));
  return { unit, total };
}

/** Takes the sale price off the price of so many units. The result is never negative. */
export function discounted(value: number, units: number, sale: SalePrice | undefined): number {
  const { discountRate = 0, discountAmount = 0 } = sale ?? {};
  const rest = difference(value, percentOf(discountRate, value));
  return Math.max(0, difference(rest, productOf(discountAmount, units)));
}

interface Part {
  readonly tier: Tier;
  readonly amount: number;
}

/** Splits the quantity among the tiers that price it. Returns at least one part, even for quantity 0. */
function partsOf({ tierType, tiers }: Pricing, quantity: number): readonly Part[] {
  const reached = tiers.filter((tier, i) => i === 0 || tier.minQuantity.quantity <= quantity);
  const whole = tierType === 'BASIC' ? reached.slice(0, 1) : reached.slice(-1);
  if (tierType !== 'TIERED') return whole.map((tier) => ({ tier, amount: quantity }));
  const parts = reached.map((tier, i) => {
    const end = reached[i + 1]?.minQuantity.quantity ?? quantity;
    return { tier, amount: difference(end, tier.minQuantity.quantity) };
  });
  return parts.filter(({ amount }, i) => i === 0 || amount > 0);
}

/** A unit of 0 counts as 1, because Emporix' own example of a price per piece has it. */
const sizeOf = ({ quantity }: Quantity): number => (quantity === 0 ? 1 : quantity);
