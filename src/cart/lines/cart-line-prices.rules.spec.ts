import { describe, expect, it } from 'vitest';
import type { MatchedPrice } from '../../price/matching/match.types.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { CartItem } from '../cart.types.js';
import { atItsPrice, atItsPriceIfAny, covers, type PriceBook, samePrice } from './cart-line-prices.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');

/** 10 for one, 8 for each of ten and more. */
const kiteAt = (quantity: number): MatchedPrice => ({
  price: {
    tenant: 'acme',
    id: 'kite-eur',
    itemId: { itemType: 'PRODUCT', id: 'kite' },
    currency: 'EUR',
    country: '#any',
    sites: ['main'],
    audience: ['#any'],
    validFrom: now,
    validTo: now,
    tierValues: [],
    mixins: {},
    mixinSchemas: {},
    createdAt: now,
    modifiedAt: now,
    version: 1,
  },
  siteCode: 'main',
  country: 'DE',
  quantity: { quantity, unitCode: 'pc' },
  includesTax: true,
  originalValue: 10,
  effectiveValue: quantity < 10 ? 10 : 8,
  totalValue: 0,
});

const book: PriceBook = {
  of: { siteCode: 'main', currency: 'EUR', owner: { kind: 'session', sessionId: 's' } },
  ids: new Set(['kite-eur', 'gone']),
  named: (id, quantity) => (id === 'kite-eur' ? kiteAt(quantity) : undefined),
};

const line = (over: Partial<CartItem> = {}): CartItem => ({
  id: '0',
  itemYrn: 'urn:yaas:hybris:product:product:acme;kite',
  itemType: 'INTERNAL',
  keepAsSeparateLineItem: false,
  quantity: 2,
  price: { priceId: 'kite-eur', originalAmount: 1, effectiveAmount: 0.01, currency: 'USD' },
  extra: {},
  ...over,
});

describe('A line at its price', () => {
  it('has the amounts of the price, and the tier of its quantity [F-01, F-02]', () => {
    expect(atItsPrice(line(), book).price).toEqual({
      priceId: 'kite-eur',
      originalAmount: 10,
      effectiveAmount: 10,
      currency: 'EUR',
    });
    expect(atItsPrice(line({ quantity: 10 }), book).price.effectiveAmount).toBe(8);
  });

  it('is sold in one of its unit, whatever size was sent; a model says its own [F-01]', () => {
    const sent = { ...line().price, yrn: 'urn:price', measurementUnit: { quantity: 1000, unitCode: 'H87' } };
    expect(atItsPrice(line({ price: sent }), book).price).toMatchObject({
      yrn: 'urn:price',
      measurementUnit: { quantity: 1, unitCode: 'H87' },
    });
  });

  it('is refused for another product, or a price that does not apply: the field is named [F-01]', () => {
    const refused = [
      line({ itemYrn: 'urn:yaas:hybris:product:product:acme;rope' }),
      line({ price: { ...line().price, priceId: 'gone' } }),
      line({ price: { originalAmount: 1, effectiveAmount: 1, currency: 'EUR' } }),
    ];
    for (const item of refused) {
      expect(() => atItsPrice(item, book)).toThrow(InvalidInput);
      expect(() => atItsPrice(item, book)).toThrow(/^price\.priceId: .*cartPrices to "given"$/);
      expect(atItsPriceIfAny(item, book)).toBe(item);
    }
  });

  it('keeps the amounts that it came with when they are not ours to know [F-01]', () => {
    const external = line({ itemType: 'EXTERNAL' });
    expect(atItsPrice(external, book)).toBe(external);
    expect(atItsPrice(line(), 'given')).toEqual(line());
  });
});

describe('Prices that were looked up for a cart', () => {
  const ids = ['kite-eur'];

  it('hold for its site, currency, country and owner, and for the ids that were asked', () => {
    expect(covers(book, book.of, ids)).toBe(true);
    expect(covers(book, book.of, ['kite-eur', 'gone'])).toBe(true);
    expect(covers('given', { ...book.of, siteCode: 'us' }, ['other'])).toBe(true);
    const others = [
      { siteCode: 'us' },
      { currency: 'USD' },
      { countryCode: 'FR' },
      { owner: { kind: 'customer', customerId: 's' } as const },
    ];
    for (const other of others) expect(covers(book, { ...book.of, ...other }, ids)).toBe(false);
    expect(covers(book, book.of, ['other'])).toBe(false);
  });
});

describe('Two prices', () => {
  it('are the same if they give the same amounts for every quantity', () => {
    const { price } = line();
    expect(samePrice(price, { ...price, measurementUnit: { quantity: 1 } })).toBe(true);
    expect(samePrice(price, { ...price, measurementUnit: { quantity: 1000 } })).toBe(false);
    expect(samePrice(price, { ...price, effectiveAmount: 1 })).toBe(false);
  });
});
