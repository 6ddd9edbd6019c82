import { describe, expect, it } from 'vitest';
import type { DiscountCode } from '../../discount/discount.types.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { DiscountConflict, DiscountNotFound } from '../cart.errors.js';
import { newCart } from '../cart.rules.js';
import type { Cart } from '../cart.types.js';
import { calculate, withDiscount, withoutDiscount, withoutDiscounts } from './cart-discounts.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const later = new Date('2026-01-15T12:00:00.001Z');

const empty = newCart(
  { currency: 'EUR' },
  { id: 'c', tenant: 'acme', siteCode: 'main', owner: { kind: 'session', sessionId: 's' } },
  now,
);
const cartOf = (amount: number): Cart => ({
  ...empty,
  items: [
    {
      id: '0',
      itemType: 'INTERNAL',
      keepAsSeparateLineItem: false,
      quantity: 1,
      price: { priceId: 'p', originalAmount: amount, effectiveAmount: amount, currency: 'EUR' },
      extra: {},
    },
  ],
});

const tenth: DiscountCode = { tenant: 'acme', code: 'TENTH', name: 'A tenth', percent: 10, stackable: true };
const five: DiscountCode = {
  tenant: 'acme',
  code: 'FIVE',
  amount: 5,
  currency: 'EUR',
  minimumOrderValue: 50,
  stackable: true,
};

const inputs = (...codes: DiscountCode[]) => ({ site: {}, codes, now });
const put = (cart: Cart, code: DiscountCode): Cart => withDiscount(cart, code, { site: {}, now });

describe('Putting a discount code into a cart', () => {
  it('gives it an id, and keeps the order', () => {
    const cart = put(put(cartOf(60), tenth), five);
    expect(cart.discounts).toEqual([
      { id: '0', code: 'TENTH', stackable: true },
      { id: '1', code: 'FIVE', stackable: true },
    ]);
    expect(put(withoutDiscount(cart, 0), tenth).discounts?.at(-1)).toEqual({
      id: '2',
      code: 'TENTH',
      stackable: true,
    });
  });

  it.each<[string, Partial<DiscountCode>, RegExp]>([
    ['another site', { siteCodes: ['us', 'b2b'] }, /^code: TENTH is not for the site main$/],
    ['another currency', { currency: 'USD' }, /^code: TENTH is for carts in USD, not in EUR$/],
    ['later', { from: later }, /^code: TENTH begins at 2026-01-15T12:00:00.001Z$/],
    ['earlier', { to: now }, /^code: TENTH ended at 2026-01-15T12:00:00.000Z$/],
    [
      'more',
      { minimumOrderValue: 50.01 },
      /^code: TENTH asks for products of 50.01 EUR in all; these are 50$/,
    ],
  ])('is refused when it is for %s', (_, over, message) => {
    expect(() => put(cartOf(50), { ...tenth, ...over })).toThrow(message);
    expect(() => put(cartOf(50), { ...tenth, ...over })).toThrow(InvalidInput);
  });

  it('counts from its first moment, to its last, from its minimum on, and on any of its sites', () => {
    const code = {
      ...tenth,
      from: now,
      to: later,
      minimumOrderValue: 50,
      currency: 'EUR',
      siteCodes: ['us', 'main'],
    };
    expect(put(cartOf(50), code).discounts).toMatchObject([{ code: 'TENTH' }]);
  });

  it('is refused a second time, and beside one that stands alone', () => {
    const alone = { ...tenth, code: 'ALONE', stackable: false };
    expect(() => put(put(empty, tenth), tenth)).toThrow('Discount code TENTH already exists in cart.');
    expect(() => put(put(empty, tenth), alone)).toThrow(/Discount code found: TENTH$/);
    expect(() => put(put(empty, alone), tenth)).toThrow(/Discount code found: ALONE$/);
    expect(() => put(put(empty, alone), tenth)).toThrow(DiscountConflict);
    expect(put(empty, alone).discounts).toHaveLength(1);
  });

  it('ends at ten', () => {
    const full = Array.from({ length: 10 }, (_, i) => ({ ...tenth, code: `C${i}` })).reduce(
      (cart, code) => put(cart, code),
      empty,
    );
    expect(() => put(full, tenth)).toThrow(/at most 10/);
  });
});

describe('Counting a cart with codes', () => {
  const cart = put(put(cartOf(60), five), tenth);

  it('takes them off in the order in which they were put in', () => {
    const { totals, discounts } = calculate(cart, inputs(tenth, five));
    expect(totals.finalPrice.netValue).toBe(49.5);
    expect(totals.totalDiscount.appliedDiscounts).toMatchObject([
      { id: 'FIVE', discountType: 'ABSOLUTE', value: 5 },
      { id: 'TENTH', discountType: 'PERCENT', value: 5.5 },
    ]);
    expect(discounts).toEqual([
      { id: '0', code: 'FIVE', amount: 5, currency: 'EUR', problems: [] },
      { id: '1', code: 'TENTH', name: 'A tenth', percent: 10, problems: [] },
    ]);
  });

  it('counts one that no longer applies as nothing, and says why', () => {
    const { totals, discounts } = calculate({ ...cart, items: cartOf(49.99).items }, inputs(tenth, five));
    expect(totals.totalDiscount.appliedDiscounts.map(({ id }) => id)).toEqual(['TENTH']);
    expect(discounts[0]?.problems).toEqual(['asks for products of 50 EUR in all; these are 49.99']);
    const gone = calculate(cart, inputs(tenth)).discounts[0];
    expect(gone).toEqual({ id: '0', code: 'FIVE', problems: ['is no longer declared'] });
  });

  it('goes on where the site is gone', () => {
    expect(calculate(cartOf(1), { codes: [], now, site: undefined }).totals.finalPrice.netValue).toBe(1);
  });
});

describe('Taking discounts out of a cart', () => {
  const cart = put(put(cartOf(60), five), tenth);
  const codesOf = ({ discounts = [] }: Cart) => discounts.map(({ code }) => code);

  it('takes the one at a place', () => {
    expect(codesOf(withoutDiscount(cart, 0))).toEqual(['TENTH']);
    expect(codesOf(withoutDiscount(cart, 1))).toEqual(['FIVE']);
    expect(() => withoutDiscount(cart, 2)).toThrow(DiscountNotFound);
    expect(() => withoutDiscount(empty, 0)).toThrow(DiscountNotFound);
  });

  it('takes those that are named, or all', () => {
    expect(codesOf(withoutDiscounts(cart, ['TENTH', 'OTHER']))).toEqual(['FIVE']);
    expect(codesOf(withoutDiscounts(cart))).toEqual([]);
    expect(withoutDiscounts(cart, ['OTHER'])).toBe(cart);
    expect(withoutDiscounts(empty)).toBe(empty);
  });
});
