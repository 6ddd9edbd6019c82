import { describe, expect, it } from 'vitest';
import type { CalculatedCart, LineTotals, TaxedAmount } from '../cart/totals/cart-totals.types.js';
import type { CartItem } from '../cart/cart.types.js';
import { newCart } from '../cart/cart.rules.js';
import { linesOf, minorUnits, totalsOf } from './ucp-cart.rules.js';

const taxed = (netValue: number, grossValue = netValue): TaxedAmount => ({
  netValue,
  grossValue,
  taxValue: Math.round((grossValue - netValue) * 100) / 100,
});

const itemOf = (id: string, quantity: number, extra = {}): CartItem => ({
  id: '0',
  itemYrn: `urn:yaas:hybris:product:product:acme;${id}`,
  itemType: 'INTERNAL',
  keepAsSeparateLineItem: false,
  quantity,
  price: { originalAmount: 10, effectiveAmount: 10, currency: 'EUR' },
  extra,
});

const discounted = (value: number) => ({
  calculationType: 'ApplyDiscountBeforeTax' as const,
  value,
  price: taxed(value),
  appliedDiscounts: [],
});

const feeOf = (price: TaxedAmount) => ({ origin: 'EXTERNAL', type: 'ABSOLUTE', price }) as const;

const lineOf = (item: CartItem, over: Partial<LineTotals> = {}): LineTotals => ({
  item,
  unitPrice: taxed(10, 11.9),
  price: { ...taxed(20, 23.8), calculated: 'INTERNAL' },
  fees: [],
  totalFee: { ...taxed(0), appliedDiscounts: [] },
  totalDiscount: discounted(0),
  finalPrice: taxed(20, 23.8),
  ...over,
});

const cartWith = (
  lines: readonly LineTotals[],
  includesTax: boolean,
  totals: Partial<CalculatedCart['totals']> = {},
): CalculatedCart => ({
  cart: newCart(
    { currency: 'EUR' },
    { id: 'c', tenant: 'acme', siteCode: 'main', owner: { kind: 'session', sessionId: 's' } },
    new Date(0),
  ),
  calculation: { currency: 'EUR', digits: 2, includesTax },
  lines,
  totals: {
    price: taxed(20, 23.8),
    fees: taxed(0),
    totalFee: { ...taxed(0), appliedDiscounts: [] },
    totalDiscount: discounted(0),
    finalPrice: { ...taxed(20, 23.8), taxAggregate: { lines: [] } },
    ...totals,
  },
  discounts: [],
});

describe('An amount', () => {
  it.each([
    [19.9, 'EUR', 1990],
    [0.1, 'EUR', 10],
    [1.005, 'EUR', 101],
    [980, 'JPY', 980],
    [1.234, 'KWD', 1234],
    [0, 'USD', 0],
  ])('of %d %s is %d in minor units', (amount, currency, expected) => {
    expect(minorUnits(amount, currency)).toBe(expected);
  });
});

describe('A cart for an agent', () => {
  it('names tax where prices are net', () => {
    const cart = cartWith([lineOf(itemOf('umbrella', 2))], false);
    const totals = [
      { type: 'subtotal', amount: 2000 },
      { type: 'tax', amount: 380 },
      { type: 'total', amount: 2380 },
    ];
    expect(totalsOf(cart)).toEqual(totals);
    expect(linesOf(cart)).toEqual([
      { id: '0', item: { id: 'umbrella', title: 'umbrella', price: 1000 }, quantity: 2, totals },
    ]);
  });

  it('has tax in its amounts where prices are gross', () => {
    const cart = cartWith([lineOf(itemOf('umbrella', 2))], true);
    expect(totalsOf(cart)).toEqual([
      { type: 'subtotal', amount: 2380 },
      { type: 'total', amount: 2380 },
    ]);
    expect(linesOf(cart)[0]?.item.price).toBe(1190);
  });

  it('names discounts, below zero, and fees', () => {
    const parts = {
      totalDiscount: discounted(3),
      finalPrice: { ...taxed(19, 19), taxAggregate: { lines: [] } },
    };
    const line = lineOf(itemOf('umbrella', 2), { ...parts, fees: [feeOf(taxed(1)), feeOf(taxed(1))] });
    const cart = cartWith([line], true, { ...parts, price: taxed(20), fees: taxed(2) });
    expect(totalsOf(cart)).toEqual([
      { type: 'subtotal', amount: 2000 },
      { type: 'discount', amount: -300 },
      { type: 'fee', amount: 200 },
      { type: 'total', amount: 1900 },
    ]);
    expect(linesOf(cart)[0]?.totals).toContainEqual({ type: 'fee', amount: 200 });
  });

  it('counts parts of a piece in steps', () => {
    const [line] = linesOf(cartWith([lineOf(itemOf('rope', 2.25))], true));
    expect(line).toMatchObject({
      quantity: 225,
      item: { quantity_unit: { unit: 'unit', scale: 2, display_text: 'unit' } },
    });
  });

  it('shows a name only if somebody sent one', () => {
    const named = itemOf('umbrella', 1, { product: { name: 'Red umbrella' } });
    const unnamed = itemOf('umbrella', 1, { product: { name: 7 } });
    const { itemYrn: _none, ...bare } = itemOf('x', 1);
    const titles = linesOf(
      cartWith(
        [named, unnamed, bare].map((item) => lineOf(item)),
        true,
      ),
    );
    expect(titles.map(({ item }) => [item.id, item.title])).toEqual([
      ['umbrella', 'Red umbrella'],
      ['umbrella', 'umbrella'],
      ['0', '0'],
    ]);
  });
});
