import { describe, expect, it } from 'vitest';
import type { MatchedPrice } from '../../price/matching/match.types.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { newCart } from '../cart.rules.js';
import type { Cart, CartItem } from '../cart.types.js';
import { productOf } from '../lines/cart-line-prices.rules.js';
import {
  faultsOf,
  type FoundPrices,
  type PriceByItem,
  repriced,
  wantedPrice,
  wantedProduct,
} from './cart-prices.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');

const item = (over: Partial<CartItem> = {}): CartItem => ({
  id: '0',
  itemYrn: 'urn:yaas:hybris:product:product:acme;kite',
  itemType: 'INTERNAL',
  keepAsSeparateLineItem: false,
  quantity: 2,
  price: { priceId: 'eur', originalAmount: 20, effectiveAmount: 20, currency: 'EUR' },
  extra: {},
  ...over,
});

const cartWith = (...items: readonly CartItem[]): Cart => ({
  ...newCart(
    { currency: 'EUR' },
    { id: 'c', tenant: 'acme', siteCode: 'main', owner: { kind: 'session', sessionId: 's' } },
    now,
  ),
  items,
});

const match = (id: string, currency: string, value: number): MatchedPrice => ({
  price: {
    tenant: 'acme',
    id,
    itemId: { itemType: 'PRODUCT', id: 'kite' },
    currency,
    country: '#any',
    sites: ['main'],
    audience: ['#any'],
    validFrom: now,
    validTo: now,
    tierValues: [{ priceValue: value }],
    mixins: {},
    mixinSchemas: {},
    createdAt: now,
    modifiedAt: now,
    version: 1,
  },
  siteCode: 'main',
  country: 'DE',
  quantity: { quantity: 2, unitCode: 'pc' },
  includesTax: true,
  originalValue: value,
  effectiveValue: value,
  totalValue: 2 * value,
});

const found = (prices: PriceByItem = new Map(), mode: FoundPrices['mode'] = 'checked'): FoundPrices => ({
  byItem: prices,
  mode,
});

const dollars = { siteCode: 'main', currency: 'USD' };

describe('The product of an item', () => {
  it('is what its urn ends with, else the id that came with it [C-09]', () => {
    expect(productOf(item())).toBe('kite');
    const { itemYrn: _none, ...plain } = item({ extra: { product: { id: 'rope' } } });
    expect(productOf(plain)).toBe('rope');
    expect(productOf({ ...plain, extra: {} })).toBeUndefined();
  });

  it('is asked for in its quantity and unit, unless the price came from outside', () => {
    const price = { ...item().price, measurementUnit: { quantity: 1, unitCode: 'kg' } };
    const quantity = { quantity: 2, unitCode: 'kg' };
    expect(wantedProduct(item({ price }))).toEqual({ itemId: { itemType: 'PRODUCT', id: 'kite' }, quantity });
    expect(wantedPrice(item({ price }))).toEqual({ itemId: { itemType: 'PRICE', id: 'eur' }, quantity });
    expect(wantedProduct(item({ itemType: 'EXTERNAL' }))).toBeUndefined();
    expect(wantedPrice(item({ itemType: 'EXTERNAL' }))).toBeUndefined();
  });
});

describe('A cart that gets other prices', () => {
  it('has them in every item, and what was worked out from the old ones is gone [W-54]', () => {
    const extra = { linePrice: { effectiveAmount: 1 }, tax: { rate: 19, netValue: 1 }, mixins: { a: 1 } };
    const cart = cartWith(item({ extra }));
    const next = repriced(cart, dollars, found(new Map([['0', match('usd', 'USD', 24.5)]])));
    expect(next.currency).toBe('USD');
    expect(next.items[0]).toMatchObject({
      price: { priceId: 'usd', originalAmount: 24.5, effectiveAmount: 24.5, currency: 'USD' },
      extra: { tax: { rate: 19 }, mixins: { a: 1 } },
    });
    expect(next.items[0]?.extra).not.toHaveProperty('linePrice');
    expect(next.items[0]?.extra['tax']).not.toHaveProperty('netValue');
  });

  it('is refused in a currency that an item has no price in, which is named', () => {
    expect(() => repriced(cartWith(item()), dollars, found())).toThrow(InvalidInput);
    expect(() => repriced(cartWith(item()), dollars, found())).toThrow('items.0');
  });

  it('is the given cart when it has these prices already, or when none is known in its currency', () => {
    const cart = cartWith(item());
    expect(repriced(cart, cart, found(new Map([['0', match('eur', 'EUR', 20)]])))).toBe(cart);
    expect(repriced(cart, cart, found())).toBe(cart);
  });
});

describe('A cart that is validated', () => {
  const prices = new Map([['0', match('eur', 'EUR', 20)]]);
  const valid = found(prices);

  it('has no faults when every price still applies', () => {
    expect(faultsOf(cartWith(item()), valid).size).toBe(0);
    expect(faultsOf(cartWith(item({ itemType: 'EXTERNAL' })), found()).size).toBe(0);
  });

  it('reports a price that no longer applies', () => {
    const faults = faultsOf(cartWith(item(), item({ id: '1' })), valid);
    expect([...faults.keys()]).toEqual(['1']);
    expect(faults.get('1')?.map(({ errorCode }) => errorCode)).toEqual(['CART-ITEM-UNIT-PRICE-100001']);
  });

  it('reports several prices of one product', () => {
    const dear = item({
      id: '1',
      price: { priceId: 'dear', originalAmount: 30, effectiveAmount: 30, currency: 'EUR' },
    });
    const faults = faultsOf(
      cartWith(item(), dear),
      found(new Map([...prices, ['1', match('dear', 'EUR', 30)]])),
    );
    for (const id of ['0', '1']) {
      expect(faults.get(id)?.map(({ errorCode }) => errorCode)).toEqual(['CART-ITEM-UNIT-PRICE-100002']);
    }
  });
});
