import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../shared/json.js';
import { difference, digitsOf, roundedTo, sumOf } from '../../shared/money.js';
import type { CartItem } from '../cart.types.js';
import type { Discount } from './cart-proration.rules.js';
import {
  calculationOf,
  type CountingRules,
  linesOf,
  subtotalOf,
  totalsOf,
  totalUnits,
} from './cart-totals.rules.js';

const anItem = (
  quantity: number,
  effectiveAmount: number,
  extra: JsonObject = {},
  price: Partial<CartItem['price']> = {},
): CartItem => ({
  id: '0',
  itemType: 'INTERNAL',
  keepAsSeparateLineItem: false,
  quantity,
  price: { priceId: 'p', originalAmount: effectiveAmount, effectiveAmount, currency: 'EUR', ...price },
  extra,
});

const taxed = (rate: number, name = 'STANDARD'): JsonObject => ({ tax: { name, rate } });

const percent = (value: number, id = `${value}%`): Discount => ({
  id,
  discountType: 'PERCENT',
  origin: 'INTERNAL',
  value,
});
const absolute = (value: number, id = `-${value}`): Discount => ({
  id,
  discountType: 'ABSOLUTE',
  origin: 'INTERNAL',
  value,
});

const GROSS: CountingRules = { includesTax: true };
const NET: CountingRules = { includesTax: false };

function count(
  items: readonly CartItem[],
  discounts: readonly Discount[] = [],
  site: CountingRules = NET,
  currency = 'EUR',
) {
  const calculation = calculationOf({ currency }, site);
  const lines = linesOf({ items }, calculation);
  return { subtotal: subtotalOf(lines, calculation), ...totalsOf(lines, discounts, calculation) };
}

interface Case {
  readonly items: readonly CartItem[];
  readonly discounts?: readonly Discount[];
  readonly site?: CountingRules;
  readonly currency?: string;
  /** net, gross, tax of the final price */
  readonly final: readonly [number, number, number];
  readonly discount?: number;
}

const CASES: Readonly<Record<string, Case>> = {
  'nothing at all': { items: [], final: [0, 0, 0] },
  'a tenth and two tenths': { items: [anItem(1, 0.1), anItem(1, 0.2)], final: [0.3, 0.3, 0] },
  'a quantity with a fraction': { items: [anItem(0.333, 9.99)], final: [3.33, 3.33, 0] },
  'a quantity of nothing': { items: [anItem(0, 19.9, taxed(19))], final: [0, 0, 0] },
  'a price for 100 g, of which 250 g are wanted': {
    items: [anItem(250, 4.99, {}, { measurementUnit: { quantity: 100, unitCode: 'GRM' } })],
    final: [12.48, 12.48, 0],
  },
  'half a cent, which goes up': { items: [anItem(1, 1.005)], final: [1.01, 1.01, 0] },
  'yen, which have no fractions': { items: [anItem(3, 33.4)], currency: 'JPY', final: [100, 100, 0] },
  'yen with tax': { items: [anItem(1, 999, taxed(10))], currency: 'JPY', final: [999, 1099, 100] },
  'dinars, which have three digits': {
    items: [anItem(1, 1.2345, taxed(5))],
    currency: 'KWD',
    final: [1.235, 1.297, 0.062],
  },
  'net prices': { items: [anItem(2, 10, taxed(19))], final: [20, 23.8, 3.8] },
  'gross prices': { items: [anItem(2, 350, taxed(19))], site: GROSS, final: [588.24, 700, 111.76] },
  'gross prices, in three digits as the site asks': {
    items: [anItem(2, 350, taxed(19)), anItem(1, 10, taxed(7, 'REDUCED'))],
    site: { includesTax: true, cartCalculationScale: 3 },
    final: [597.581, 710, 112.419],
  },
  'two rates of tax': {
    items: [anItem(1, 100, taxed(19)), anItem(1, 100, taxed(7, 'REDUCED'))],
    final: [200, 226, 26],
  },
  'a tenth off': {
    items: [anItem(1, 19.99)],
    discounts: [percent(10)],
    final: [17.99, 17.99, 0],
    discount: 2,
  },
  'a tenth off gross prices': {
    items: [anItem(1, 119, taxed(19))],
    discounts: [percent(10)],
    site: GROSS,
    final: [90, 107.1, 17.1],
    discount: 11.9,
  },
  'a tenth off net prices': {
    items: [anItem(1, 100, taxed(19))],
    discounts: [percent(10)],
    final: [90, 107.1, 17.1],
    discount: 10,
  },
  'five off, shared by three lines to the last cent': {
    items: [anItem(1, 10), anItem(1, 10), anItem(1, 10)],
    discounts: [absolute(5)],
    final: [25, 25, 0],
    discount: 5,
  },
  'more off than there is': {
    items: [anItem(1, 3), anItem(1, 1)],
    discounts: [absolute(5)],
    final: [0, 0, 0],
    discount: 4,
  },
  'two discounts, the second from what the first one left': {
    items: [anItem(1, 100)],
    discounts: [percent(50), percent(50, 'again')],
    final: [25, 25, 0],
    discount: 75,
  },
  'all off, and then some more': {
    items: [anItem(1, 100)],
    discounts: [percent(100), absolute(5)],
    final: [0, 0, 0],
    discount: 100,
  },
  'a cent that can not be shared': {
    items: Array.from({ length: 7 }, () => anItem(1, 1)),
    discounts: [absolute(0.01)],
    final: [6.99, 6.99, 0],
    discount: 0.01,
  },
};

describe('What a cart costs', () => {
  it.each(Object.entries(CASES))(
    'with %s',
    (_, { items, discounts, site, currency, final, discount = 0 }) => {
      const { totals } = count(items, discounts, site, currency);
      const { netValue, grossValue, taxValue } = totals.finalPrice;
      expect([netValue, grossValue, taxValue]).toEqual(final);
      expect(totals.totalDiscount.value).toBe(discount);
    },
  );

  it('is the sum of its lines, never negative, and its discounts are shared to the last cent', () => {
    const cents = integer({ min: 0, max: 100_000 }).map((n) => n / 100);
    const item = record({
      quantity: constantFrom(0, 0.1, 1, 2.5, 3),
      amount: cents,
      rate: constantFrom(0, 7, 19),
    });
    const discount = record({ value: cents, isPercent: constantFrom(true, false) });
    const site = constantFrom(GROSS, NET);
    const currency = constantFrom('EUR', 'JPY', 'KWD');
    assert(
      property(
        array(item, { maxLength: 6 }),
        array(discount, { maxLength: 4 }),
        site,
        currency,
        (rows, offs, rules, cur) => {
          const items = rows.map(({ quantity, amount, rate }) => anItem(quantity, amount, taxed(rate)));
          const discounts = offs.map(({ value, isPercent }, i) => ({
            ...(isPercent ? percent(Math.min(value, 100)) : absolute(value)),
            id: String(i),
          }));
          const { subtotal, lines, totals } = count(items, discounts, rules, cur);
          const { finalPrice, totalDiscount, price } = totals;
          for (const side of ['netValue', 'grossValue', 'taxValue'] as const) {
            expect(finalPrice[side]).toBe(sumOf(lines.map((line) => line.finalPrice[side])));
            expect(price[side]).toBe(sumOf(lines.map((line) => line.price[side])));
            expect(lines.every((line) => line.finalPrice[side] >= 0)).toBe(true);
            expect(finalPrice[side]).toBe(roundedTo(finalPrice[side], digitsOf(cur)));
          }
          const paid = rules.includesTax ? finalPrice.grossValue : finalPrice.netValue;
          expect(paid).toBe(difference(subtotal, totalDiscount.value));
          expect(totalDiscount.value).toBe(sumOf(lines.map((line) => line.totalDiscount.value)));
          expect(totalDiscount.value).toBe(sumOf(totalDiscount.appliedDiscounts.map(({ value }) => value)));
        },
      ),
    );
  });
});

describe('A line', () => {
  const only = (item: CartItem, site = NET) => count([item], [], site).lines[0];

  it('tells the price of one unit and of all, with tax', () => {
    expect(only(anItem(3, 10, { ...taxed(19), taxCode: 'REDUCED' }))).toMatchObject({
      unitPrice: { netValue: 10, grossValue: 11.9, taxValue: 1.9, taxCode: 'REDUCED', taxRate: 19 },
      price: {
        netValue: 30,
        grossValue: 35.7,
        taxValue: 5.7,
        taxCode: 'REDUCED',
        taxRate: 19,
        calculated: 'INTERNAL',
      },
      fees: [],
      totalDiscount: { calculationType: 'ApplyDiscountBeforeTax', value: 0, appliedDiscounts: [] },
    });
  });

  it('says nothing of a discount that it has not', () => {
    expect(only(anItem(1, 10))).not.toHaveProperty('discountedPrice');
    expect(count([anItem(1, 10)]).totals).not.toHaveProperty('discountedPrice');
  });

  it('without a known tax is the same net and gross', () => {
    expect(only(anItem(1, 10))?.price).toEqual({
      netValue: 10,
      grossValue: 10,
      taxValue: 0,
      calculated: 'INTERNAL',
    });
  });

  it('takes the tax of a unit for what its price is, whatever the site says', () => {
    const net = { tax: { name: 'STANDARD', rate: 19, netValue: 10, grossValue: 11.9 } };
    const gross = { tax: { name: 'STANDARD', rate: 19, netValue: 8.4, grossValue: 10 } };
    expect(only(anItem(2, 10, net), GROSS)?.price).toMatchObject({ netValue: 20, grossValue: 23.8 });
    expect(only(anItem(2, 10, gross), NET)?.price).toMatchObject({ netValue: 16.81, grossValue: 20 });
  });

  it('takes price and tax of the whole line as they came, for the quantity that they came with', () => {
    const extra = {
      linePrice: { effectiveAmount: 15, originalAmount: 20, currency: 'EUR', quantity: 2 },
      lineTax: { rate: 10, netValue: 13.64, grossValue: 15, quantity: 2 },
    };
    expect(only(anItem(2, 10, extra))?.price).toEqual({
      netValue: 13.64,
      grossValue: 15,
      taxValue: 1.36,
      taxRate: 10,
      calculated: 'EXTERNAL',
    });
    expect(only(anItem(3, 10, extra))?.price).toMatchObject({
      netValue: 30,
      grossValue: 33,
      calculated: 'INTERNAL',
    });
    const { lineTax: _none, ...priceOnly } = extra;
    expect(only(anItem(2, 10, priceOnly))?.price).toMatchObject({ netValue: 15, calculated: 'EXTERNAL' });
  });

  it('has the fees that came with it, taxed when they say so', () => {
    const externalFees: JsonObject[] = [
      { id: 'packing', feeType: 'ABSOLUTE', feeAbsolute: { amount: 1.5, currency: 'EUR' } },
      {
        id: 'picking',
        feeType: 'ABSOLUTE_MULTIPLY_ITEMQUANTITY',
        feeAbsolute: { amount: 0.5, currency: 'EUR' },
        taxable: true,
        taxCode: 'REDUCED',
        taxValues: [{ rate: 7 }],
      },
      { id: 'service', feeType: 'PERCENT', feePercentage: 10 },
      { id: 'abroad', feeType: 'ABSOLUTE', feeAbsolute: { amount: 9, currency: 'USD' } },
    ];
    const { lines, totals } = count([anItem(4, 10, { ...taxed(19), externalFees })], [percent(50)]);
    expect(lines[0]?.fees).toEqual([
      {
        id: 'packing',
        origin: 'EXTERNAL',
        type: 'ABSOLUTE',
        price: { netValue: 1.5, grossValue: 1.5, taxValue: 0 },
      },
      {
        id: 'picking',
        origin: 'EXTERNAL',
        type: 'ABSOLUTE_MULTIPLY_ITEMQUANTITY',
        price: { netValue: 2, grossValue: 2.14, taxValue: 0.14, taxCode: 'REDUCED', taxRate: 7 },
      },
      {
        id: 'service',
        origin: 'EXTERNAL',
        type: 'PERCENT',
        price: { netValue: 4, grossValue: 4, taxValue: 0 },
      },
    ]);
    expect(totals.totalFee).toMatchObject({ netValue: 7.5, grossValue: 7.64, appliedDiscounts: [] });
    expect(totals.price).toMatchObject({ netValue: 40, grossValue: 47.6 });
    expect(totals.finalPrice).toMatchObject({ netValue: 27.5, grossValue: 31.44, taxValue: 3.94 });
    expect(totals.finalPrice.taxAggregate.lines).toEqual([
      { netValue: 20, grossValue: 23.8, taxValue: 3.8, taxCode: 'STANDARD', taxRate: 19 },
      { netValue: 5.5, grossValue: 5.5, taxValue: 0 },
      { netValue: 2, grossValue: 2.14, taxValue: 0.14, taxCode: 'REDUCED', taxRate: 7 },
    ]);
  });

  it('has the discounts that came with it before those of the cart, in their sequence', () => {
    const externalDiscounts = [
      { id: 'then', discountType: 'ABSOLUTE', value: 10, sequence: 2 },
      { id: 'first', discountType: 'PERCENT', value: 40, sequence: 1 },
    ];
    const { lines } = count([anItem(1, 100, { externalDiscounts })], [percent(10, 'CODE')]);
    const applied = lines[0]?.discountedPrice?.appliedDiscounts.map(({ id, origin, value }) => [
      id,
      origin,
      value,
    ]);
    expect(applied).toEqual([
      ['first', 'EXTERNAL', 40],
      ['then', 'EXTERNAL', 10],
      ['CODE', 'INTERNAL', 5],
    ]);
    expect(lines[0]?.finalPrice.netValue).toBe(45);
  });

  it('shares a discount with its fees where that is asked for', () => {
    const extra = {
      externalFees: [{ feeType: 'ABSOLUTE', feeAbsolute: { amount: 10, currency: 'EUR' } }],
      externalDiscounts: [{ id: 'half', discountType: 'PERCENT', value: 50, includeFees: true }],
    };
    const { lines, totals } = count([anItem(1, 90, extra)]);
    expect(lines[0]?.discountedPrice).toMatchObject({ netValue: 45 });
    expect(lines[0]?.fees[0]?.discountedPrice).toMatchObject({ netValue: 5 });
    expect(lines[0]?.totalDiscount.appliedDiscounts).toMatchObject([{ id: 'half', value: 50 }]);
    expect(totals.finalPrice.netValue).toBe(50);
  });
});

describe('The totals of a cart', () => {
  it('group discounts by what gave them, and taxes by code and rate', () => {
    const items = [anItem(1, 119, taxed(19)), anItem(1, 107, taxed(7, 'REDUCED')), anItem(1, 119, taxed(19))];
    const { totals } = count(items, [percent(10, 'CODE')], GROSS);
    expect(totals.totalDiscount).toEqual({
      calculationType: 'ApplyDiscountAfterTax',
      value: 34.5,
      price: { netValue: 30, grossValue: 34.5, taxValue: 4.5 },
      appliedDiscounts: [
        {
          id: 'CODE',
          value: 34.5,
          price: { netValue: 30, grossValue: 34.5, taxValue: 4.5 },
          discountType: 'PERCENT',
          origin: 'INTERNAL',
        },
      ],
    });
    expect(totals.finalPrice.taxAggregate.lines).toEqual([
      { netValue: 180, grossValue: 214.2, taxValue: 34.2, taxCode: 'STANDARD', taxRate: 19 },
      { netValue: 90, grossValue: 96.3, taxValue: 6.3, taxCode: 'REDUCED', taxRate: 7 },
    ]);
    expect(totals.finalPrice).not.toHaveProperty('taxRate');
  });

  it('tell code and rate of the tax where all lines have the same', () => {
    const { totals } = count([anItem(1, 1, taxed(19)), anItem(1, 2, taxed(19))]);
    expect(totals.finalPrice).toMatchObject({ taxCode: 'STANDARD', taxRate: 19 });
  });

  it('count units as they are written', () => {
    expect(totalUnits({ items: [anItem(0.1, 1), anItem(0.2, 1)] })).toBe(0.3);
  });
});
