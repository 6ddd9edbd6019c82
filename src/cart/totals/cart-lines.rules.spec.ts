import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../shared/json.js';
import type { CartItem } from '../cart.types.js';
import { lineOf } from './cart-lines.rules.js';
import type { Calculation } from './cart-totals.types.js';

const NET: Calculation = { currency: 'EUR', digits: 2, includesTax: false };
const GROSS: Calculation = { ...NET, includesTax: true };

const anItem = (
  quantity: number,
  effectiveAmount: number,
  extra: JsonObject = {},
  measurementUnit?: JsonObject,
): CartItem => ({
  id: '0',
  itemType: 'EXTERNAL',
  keepAsSeparateLineItem: false,
  quantity,
  price: {
    originalAmount: effectiveAmount,
    effectiveAmount,
    currency: 'EUR',
    ...(measurementUnit && { measurementUnit }),
  },
  extra,
});

const priceOf = (item: CartItem, calculation = NET) => lineOf(item, calculation).part.price;

describe('The price of a line', () => {
  it('is calculated from the exact price, not from the rounded price of one unit', () => {
    const line = lineOf(anItem(250, 4.99, {}, { quantity: 100, unitCode: 'GRM' }), NET);
    expect(line.unitPrice.netValue).toBe(0.05);
    expect(line.part.price.netValue).toBe(12.48);
    expect(line.calculated).toBe('INTERNAL');
  });

  it.each<JsonObject>([{ quantity: 0 }, { quantity: '100' }, { unitCode: 'GRM' }])(
    'is per single unit if the measurement unit gives no usable quantity: %j',
    (unit) => {
      expect(priceOf(anItem(2, 10, {}, unit)).netValue).toBe(20);
    },
  );

  it('is gross or net as the site says, unless the tax of a unit shows which', () => {
    const tax = (amounts: JsonObject) => ({ tax: { rate: 19, ...amounts } });
    expect(priceOf(anItem(1, 119, tax({})), GROSS)).toMatchObject({ netValue: 100, grossValue: 119 });
    expect(priceOf(anItem(1, 100, tax({})), NET)).toMatchObject({ netValue: 100, grossValue: 119 });
    expect(priceOf(anItem(1, 100, tax({ netValue: 100 })), GROSS).grossValue).toBe(119);
    expect(priceOf(anItem(1, 119, tax({ grossValue: 119 })), NET).netValue).toBe(100);
    expect(priceOf(anItem(1, 100, tax({ netValue: 99, grossValue: 118 })), NET).grossValue).toBe(119);
  });

  it('takes the rate of the line before that of a unit, and the code of the item before both', () => {
    const both = { tax: { name: 'UNIT', rate: 7 }, lineTax: { name: 'LINE', rate: 19 } };
    expect(priceOf(anItem(1, 100, both))).toMatchObject({ taxCode: 'UNIT', taxRate: 19 });
    expect(priceOf(anItem(1, 100, { ...both, taxCode: 'ITEM' }))).toMatchObject({ taxCode: 'ITEM' });
  });

  it('is the one that came from outside, only for the quantity that it was given for', () => {
    const given = { linePrice: { effectiveAmount: 15, quantity: 2 } };
    expect(lineOf(anItem(2, 10, given), NET)).toMatchObject({ calculated: 'EXTERNAL', part: { left: 15 } });
    expect(lineOf(anItem(3, 10, given), NET)).toMatchObject({ calculated: 'INTERNAL', part: { left: 30 } });
  });

  it('is taken from the tax of the line only if that has both net and gross', () => {
    const linePrice = { effectiveAmount: 15, quantity: 2 };
    const lineTax = { netValue: 13, grossValue: 14, quantity: 2 };
    expect(priceOf(anItem(2, 10, { linePrice, lineTax }))).toMatchObject({ netValue: 13, grossValue: 14 });
    const { grossValue: _left, ...netOnly } = lineTax;
    expect(priceOf(anItem(2, 10, { linePrice, lineTax: netOnly })).netValue).toBe(15);
  });
});

describe('The fees of a line', () => {
  const feesOf = (fee: JsonObject, item = anItem(4, 10)) =>
    lineOf({ ...item, extra: { ...item.extra, externalFees: [fee] } }, NET).fees;
  const feeAbsolute = { amount: 0.5, currency: 'EUR' };

  it('are once per line, once per unit, or a percentage of its net price', () => {
    const netOf = (fee: JsonObject) => feesOf(fee, anItem(4, 10, { tax: { rate: 19 } }))[0]?.part.left;
    expect(netOf({ feeType: 'ABSOLUTE', feeAbsolute })).toBe(0.5);
    expect(netOf({ feeType: 'ABSOLUTE_MULTIPLY_ITEMQUANTITY', feeAbsolute })).toBe(2);
    expect(netOf({ feeType: 'PERCENT', feePercentage: 10 })).toBe(4);
  });

  it('have their own tax, and only if they are taxable', () => {
    const fee = { feeType: 'ABSOLUTE', feeAbsolute, taxCode: 'FEE', taxValues: [{ rate: 100 }] };
    expect(feesOf({ ...fee, taxable: true })[0]?.part.price).toMatchObject({
      netValue: 0.5,
      grossValue: 1,
      taxCode: 'FEE',
    });
    expect(feesOf(fee)[0]?.part.price).toEqual({ netValue: 0.5, grossValue: 0.5, taxValue: 0 });
  });

  it('leave out one in another currency or without an amount', () => {
    expect(feesOf({ feeType: 'ABSOLUTE', feeAbsolute: { amount: 9, currency: 'USD' } })).toEqual([]);
    expect(feesOf({ feeType: 'ABSOLUTE' })).toEqual([]);
    expect(lineOf(anItem(1, 10, { externalFees: 'none' }), NET).fees).toEqual([]);
  });
});

describe('The discounts that came with a line', () => {
  const externalFees = [{ feeType: 'ABSOLUTE', feeAbsolute: { amount: 10, currency: 'EUR' } }];
  const discountedBy = (...externalDiscounts: JsonObject[]) =>
    lineOf(anItem(1, 90, { externalFees, externalDiscounts }), NET);

  it('apply lowest sequence first, and those without one before any positive one', () => {
    const line = discountedBy(
      { id: 'last', discountType: 'ABSOLUTE', value: 5, sequence: 2 },
      { id: 'second', discountType: 'PERCENT', value: 50, sequence: 1 },
      { id: 'first', discountType: 'ABSOLUTE', value: 10 },
    );
    expect(line.part.applied.map(({ id, value }) => [id, value])).toEqual([
      ['first', 10],
      ['second', 40],
      ['last', 5],
    ]);
    expect(line.part.left).toBe(35);
  });

  it('leave the fees alone unless they say that they include them', () => {
    const half = { id: 'half', discountType: 'PERCENT', value: 50 };
    expect(discountedBy(half)).toMatchObject({ part: { left: 45 }, fees: [{ part: { left: 10 } }] });
    expect(discountedBy({ ...half, includeFees: true })).toMatchObject({
      part: { left: 45 },
      fees: [{ part: { left: 5 } }],
    });
  });

  it('never take a line or its fees below zero', () => {
    const all = { id: 'all', discountType: 'ABSOLUTE', value: 1000, includeFees: true };
    expect(discountedBy(all, { ...all, id: 'more' })).toMatchObject({
      part: { left: 0, applied: [{ id: 'all', value: 90 }] },
      fees: [{ part: { left: 0, applied: [{ id: 'all', value: 10 }] } }],
    });
  });
});
