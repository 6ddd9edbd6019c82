import { difference, percentOf, productOf, quotient, sumOf } from '../../shared/money.js';
import type { PriceModel, Quantity, Tier } from '../price-model.types.js';
import type { SalePrice, TierValue } from '../price.types.js';

export interface Cost {
  /** For one measurement unit; where tiers price parts of the quantity, on the average. */
  readonly unit: number;
  /** For the whole quantity; not rounded. */
  readonly total: number;
}

export type Pricing = Pick<PriceModel, 'measurementUnit' | 'tierType' | 'tiers'>;

/** How many measurement units a quantity is: 500 g are 5 of 100 g. */
export const unitsIn = (quantity: number, { measurementUnit }: Pricing): number =>
  quotient(quantity, sizeOf(measurementUnit));

/** @returns undefined when a tier that the quantity needs has no value */
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

/** What is left of a price of so many units; never less than nothing. */
export function discounted(value: number, units: number, sale: SalePrice | undefined): number {
  const { discountRate = 0, discountAmount = 0 } = sale ?? {};
  const rest = difference(value, percentOf(discountRate, value));
  return Math.max(0, difference(rest, productOf(discountAmount, units)));
}

interface Part {
  readonly tier: Tier;
  readonly amount: number;
}

/** Which tiers price how much of the quantity; at least one, be it for nothing. */
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

/** Emporix' own example of a price per piece has a unit of 0. */
const sizeOf = ({ quantity }: Quantity): number => (quantity === 0 ? 1 : quantity);
