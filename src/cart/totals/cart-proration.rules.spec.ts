import { describe, expect, it } from 'vitest';
import { difference, sumOf } from '../../shared/money.js';
import { fromGross, fromNet, taxed } from './cart-amounts.rules.js';
import {
  appliedTo,
  type Discount,
  discountableAmount,
  discounted,
  discountedPriceOf,
  paidFor,
} from './cart-proration.rules.js';
import type { Calculation } from './cart-totals.types.js';

const NET: Calculation = { currency: 'EUR', digits: 2, includesTax: false };
const GROSS: Calculation = { ...NET, includesTax: true };
const YEN: Calculation = { currency: 'JPY', digits: 0, includesTax: false };
const TAX = { taxCode: 'STANDARD', taxRate: 19 };

const part = (amount: number, calculation = NET) =>
  discountableAmount(taxed(amount, TAX, calculation), TAX, calculation);

const off = (value: number, discountType: Discount['discountType'] = 'ABSOLUTE'): Discount => ({
  id: 'd',
  discountType,
  origin: 'INTERNAL',
  value,
});

/** The share that each part bears of one discount. */
function sharesOf(amounts: readonly number[], discount: Discount, calculation = NET) {
  const parts = discounted(
    amounts.map((amount) => part(amount, calculation)),
    discount,
    calculation,
  );
  return parts.map(({ left }, i) => difference(amounts[i] ?? 0, left));
}

describe('A discount', () => {
  it('is shared in proportion to what the parts cost', () => {
    expect(sharesOf([10, 30, 60], off(10))).toEqual([1, 3, 6]);
    expect(sharesOf([10, 30, 60], off(10, 'PERCENT'))).toEqual([1, 3, 6]);
  });

  it('is shared to the last cent where it can not be divided', () => {
    expect(sharesOf([10, 10, 10], off(5))).toEqual([1.67, 1.66, 1.67]);
    expect(sumOf(sharesOf([1, 1, 1, 1, 1, 1, 1], off(0.01)))).toBe(0.01);
    expect(sharesOf([100, 100, 100], off(100), YEN)).toEqual([33, 34, 33]);
  });

  it('takes no more than there is, and nothing below zero', () => {
    expect(sharesOf([3, 1], off(5))).toEqual([3, 1]);
    expect(sharesOf([3, 1], off(150, 'PERCENT'))).toEqual([3, 1]);
    expect(sharesOf([0.01, 0, 0.01], off(1))).toEqual([0.01, 0, 0.01]);
  });

  it('is rounded to the digits of the calculation before it is shared', () => {
    expect(sharesOf([0.33], off(50, 'PERCENT'))).toEqual([0.17]);
    expect(sharesOf([100], off(1.005))).toEqual([1.01]);
    expect(sharesOf([333], off(10, 'PERCENT'), YEN)).toEqual([33]);
  });

  it('takes its percentage from what the earlier ones left', () => {
    const half = off(50, 'PERCENT');
    const parts = discounted(discounted([part(100)], half, NET), { ...half, id: 'again' }, NET);
    expect(parts[0]?.left).toBe(25);
    expect(appliedTo(parts).map(({ id, value }) => [id, value])).toEqual([
      ['d', 50],
      ['again', 25],
    ]);
  });

  it('is not told of a part that bears none of it', () => {
    const [free, paid] = discounted([part(0), part(10)], off(5), NET);
    expect(free?.applied).toEqual([]);
    expect(paid?.applied).toHaveLength(1);
    expect(appliedTo(discounted([part(10)], off(0), NET))).toEqual([]);
  });

  it('of nothing, or of parts that cost nothing, changes nothing', () => {
    expect(discounted([], off(5), NET)).toEqual([]);
    const parts = [part(0), part(0)];
    expect(discounted(parts, off(5), NET)).toEqual(parts);
  });

  it('comes off the gross price where prices include tax, else off the net price', () => {
    const [gross] = discounted([part(119, GROSS)], off(11.9), GROSS);
    const [net] = discounted([part(100)], off(10), NET);
    expect(gross?.applied).toEqual([
      { ...off(11.9), price: { netValue: 10, grossValue: 11.9, taxValue: 1.9, ...TAX } },
    ]);
    expect(net?.applied).toEqual([
      { ...off(10), price: { netValue: 10, grossValue: 11.9, taxValue: 1.9, ...TAX } },
    ]);
    expect([gross?.left, net?.left]).toEqual([107.1, 90]);
  });
});

describe('What is paid for a part', () => {
  it('is its price as it was given while no discount applies', () => {
    const price = { ...fromGross(119, TAX, GROSS), netValue: 99, taxValue: 20 };
    const undiscounted = discountableAmount(price, TAX, GROSS);
    expect(paidFor(undiscounted, GROSS)).toEqual(price);
    expect(discountedPriceOf(undiscounted, GROSS)).toBeUndefined();
  });

  it('is what the discounts left, with its tax', () => {
    const parts = discounted([part(100)], off(10), NET);
    const left = fromNet(90, TAX, NET);
    expect(parts.map((one) => paidFor(one, NET))).toEqual([left]);
    expect(parts.map((one) => discountedPriceOf(one, NET))).toEqual([
      { ...left, appliedDiscounts: appliedTo(parts) },
    ]);
  });
});
