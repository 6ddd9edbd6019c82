import { describe, expect, it } from 'vitest';
import {
  amountOf,
  asGiven,
  byDiscount,
  byTax,
  fromGross,
  fromNet,
  taxed,
  total,
} from './cart-amounts.rules.js';
import type { AppliedDiscount, Calculation } from './cart-totals.types.js';

const NET: Calculation = { currency: 'EUR', digits: 2, includesTax: false };
const GROSS: Calculation = { ...NET, includesTax: true };
const YEN: Calculation = { currency: 'JPY', digits: 0, includesTax: false };

const STANDARD = { taxCode: 'STANDARD', taxRate: 19 };
const REDUCED = { taxCode: 'REDUCED', taxRate: 7 };

const off = (id: string, value: number, more: Partial<AppliedDiscount> = {}): AppliedDiscount => ({
  id,
  value,
  price: fromNet(value, STANDARD, NET),
  discountType: 'ABSOLUTE',
  origin: 'INTERNAL',
  ...more,
});

describe('An amount', () => {
  it('from a net value has the tax on top', () => {
    expect(fromNet(100, STANDARD, NET)).toEqual({
      netValue: 100,
      grossValue: 119,
      taxValue: 19,
      ...STANDARD,
    });
  });

  it('from a gross value has the tax inside', () => {
    expect(fromGross(119, STANDARD, NET)).toEqual({
      netValue: 100,
      grossValue: 119,
      taxValue: 19,
      ...STANDARD,
    });
  });

  it('is rounded to the digits of the calculation, half a cent upwards, before the tax is added', () => {
    expect(fromNet(1.005, {}, NET).netValue).toBe(1.01);
    expect(fromNet(0.125, { taxRate: 50 }, NET)).toMatchObject({ netValue: 0.13, grossValue: 0.2 });
    expect(fromNet(999, { taxRate: 10 }, YEN)).toMatchObject({ grossValue: 1099, taxValue: 100 });
    expect(fromGross(10, STANDARD, GROSS)).toMatchObject({ netValue: 8.4, taxValue: 1.6 });
    expect(asGiven(13.635, 15.004, {}, NET)).toEqual({ netValue: 13.64, grossValue: 15, taxValue: 1.36 });
  });

  it('without a known tax is the same net and gross, and names no code or rate', () => {
    const same = { netValue: 10, grossValue: 10, taxValue: 0 };
    expect(fromNet(10, {}, NET)).toEqual(same);
    expect(fromGross(10, {}, NET)).toEqual(same);
  });

  it('with a rate of 0 names the rate', () => {
    expect(fromNet(10, { taxRate: 0 }, NET)).toEqual({
      netValue: 10,
      grossValue: 10,
      taxValue: 0,
      taxRate: 0,
    });
  });

  it('is gross or net as the prices of the site are, in both directions', () => {
    expect(taxed(119, STANDARD, GROSS)).toEqual(fromGross(119, STANDARD, GROSS));
    expect(taxed(119, STANDARD, NET)).toEqual(fromNet(119, STANDARD, NET));
    expect(amountOf(taxed(119, STANDARD, GROSS), GROSS)).toBe(119);
    expect(amountOf(taxed(119, STANDARD, NET), NET)).toBe(119);
  });
});

describe('The sum of amounts', () => {
  it('is 0 without any', () => {
    expect(total([])).toEqual({ netValue: 0, grossValue: 0, taxValue: 0 });
    expect(byTax([])).toEqual([]);
    expect(byDiscount([])).toEqual([]);
  });

  it('adds tenths exactly', () => {
    expect(total([fromNet(0.1, {}, NET), fromNet(0.2, {}, NET)]).netValue).toBe(0.3);
  });

  it('keeps only the tax code and the rate that all amounts share', () => {
    const [a, b] = [fromNet(1, STANDARD, NET), fromNet(2, { taxCode: 'STANDARD', taxRate: 20 }, NET)];
    expect(total([a, a])).toMatchObject(STANDARD);
    expect(total([a, b])).toEqual({ netValue: 3, grossValue: 3.59, taxValue: 0.59, taxCode: 'STANDARD' });
    expect(total([a, fromNet(1, {}, NET)])).toEqual({ netValue: 2, grossValue: 2.19, taxValue: 0.19 });
  });

  it('per tax comes in the order in which the taxes first appear', () => {
    const amounts = [STANDARD, REDUCED, STANDARD, { taxRate: 19 }].map((tax) => fromNet(100, tax, NET));
    expect(byTax(amounts)).toEqual([
      { netValue: 200, grossValue: 238, taxValue: 38, ...STANDARD },
      { netValue: 100, grossValue: 107, taxValue: 7, ...REDUCED },
      { netValue: 100, grossValue: 119, taxValue: 19, taxRate: 19 },
    ]);
  });

  it('per discount keeps a code of the tenant apart from a discount of a backend with the same id', () => {
    const applied = [off('1', 0.1), off('1', 5, { origin: 'EXTERNAL' }), off('1', 0.2), off('2', 3)];
    expect(byDiscount(applied)).toMatchObject([
      { id: '1', origin: 'INTERNAL', value: 0.3, price: { netValue: 0.3 } },
      { id: '1', origin: 'EXTERNAL', value: 5, price: { netValue: 5, grossValue: 5.95 } },
      { id: '2', origin: 'INTERNAL', value: 3 },
    ]);
  });
});
