import { difference, percentOf, quotient, roundedTo, sumOf } from '../../shared/money.js';
import type { AppliedDiscount, Calculation, TaxedAmount } from './cart-totals.types.js';

/** The tax of a line or a fee, as far as it is known. */
export interface Tax {
  readonly taxCode?: string;
  /** Percent. */
  readonly taxRate?: number;
}

const withTax = (netValue: number, grossValue: number, { taxCode, taxRate }: Tax): TaxedAmount => ({
  netValue,
  grossValue,
  taxValue: difference(grossValue, netValue),
  ...(taxCode !== undefined && { taxCode }),
  ...(taxRate !== undefined && { taxRate }),
});

export function fromNet(net: number, tax: Tax, { digits }: Calculation): TaxedAmount {
  const netValue = roundedTo(net, digits);
  return withTax(netValue, roundedTo(sumOf([netValue, percentOf(tax.taxRate ?? 0, netValue)]), digits), tax);
}

export function fromGross(gross: number, tax: Tax, { digits }: Calculation): TaxedAmount {
  const grossValue = roundedTo(gross, digits);
  const divisor = sumOf([1, percentOf(tax.taxRate ?? 0, 1)]);
  return withTax(roundedTo(quotient(grossValue, divisor), digits), grossValue, tax);
}

/** Builds the amount from a net and a gross value that are both known. */
export const asGiven = (net: number, gross: number, tax: Tax, { digits }: Calculation): TaxedAmount =>
  withTax(roundedTo(net, digits), roundedTo(gross, digits), tax);

/** Builds the amount from a value that is gross or net, as the site's prices are. */
export const taxed = (amount: number, tax: Tax, calculation: Calculation): TaxedAmount =>
  (calculation.includesTax ? fromGross : fromNet)(amount, tax, calculation);

/** Returns the value that is gross or net, as the site's prices are: the inverse of `taxed`. */
export const amountOf = ({ grossValue, netValue }: TaxedAmount, { includesTax }: Calculation): number =>
  includesTax ? grossValue : netValue;

/** Adds up amounts. The sum has a tax code and rate only if all amounts share them. */
export function total(amounts: readonly TaxedAmount[]): TaxedAmount {
  const [first, ...others] = amounts;
  const sum = withTax(
    sumOf(amounts.map(({ netValue }) => netValue)),
    sumOf(amounts.map(({ grossValue }) => grossValue)),
    {},
  );
  const { taxCode, taxRate } = first ?? {};
  return {
    ...sum,
    ...(taxCode !== undefined && others.every((other) => other.taxCode === taxCode) && { taxCode }),
    ...(taxRate !== undefined && others.every((other) => other.taxRate === taxRate) && { taxRate }),
  };
}

/** Adds up amounts per tax, in the order in which the taxes first appear. */
export const byTax = (amounts: readonly TaxedAmount[]): readonly TaxedAmount[] =>
  groups(amounts, ({ taxCode, taxRate }) => JSON.stringify([taxCode, taxRate])).map(total);

/** Adds up, per discount, what it takes off all parts together. */
export const byDiscount = (applied: readonly AppliedDiscount[]): readonly AppliedDiscount[] =>
  groups(applied, ({ id, origin }) => JSON.stringify([id, origin])).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const value = sumOf(group.map((one) => one.value));
    return [{ ...first, value, price: total(group.map(({ price }) => price)) }];
  });

function groups<T>(values: readonly T[], keyOf: (value: T) => string): readonly (readonly T[])[] {
  const found = new Map<string, T[]>();
  for (const value of values) {
    const group = found.get(keyOf(value));
    if (group) group.push(value);
    else found.set(keyOf(value), [value]);
  }
  return [...found.values()];
}
