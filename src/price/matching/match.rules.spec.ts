import { describe, expect, it } from 'vitest';
import { aPrice, aPriceModel } from '../../../test/support/data/builders.js';
import type { PriceModel } from '../price-model.types.js';
import { ANY, type Price } from '../price.types.js';
import { bestPrice, type MatchCriteria, pricesByItem } from './match.rules.js';
import type { WantedItem } from './match.types.js';

const AT = new Date('2026-06-01T12:00:00.000Z');

const CRITERIA: MatchCriteria = {
  siteCode: 'main',
  currency: 'EUR',
  country: 'DE',
  audience: ['CUSTOMER:anna', 'GROUP:gold'],
  at: AT,
};

const wanted = (quantity = 1, unitCode?: string): WantedItem => ({
  itemId: { itemType: 'PRODUCT', id: 'umbrella' },
  quantity: { quantity, ...(unitCode !== undefined && { unitCode }) },
});

const best = (
  prices: readonly Price[],
  over: Partial<MatchCriteria> = {},
  models: readonly PriceModel[] = [],
) => bestPrice(prices, models, wanted(), { ...CRITERIA, ...over });

const after = (ms: number): Date => new Date(AT.getTime() + ms);

describe('A price applies', () => {
  it.each<[string, Partial<Price>, boolean]>([
    ['without any limit', {}, true],
    ['at its site', { sites: ['main'] }, true],
    ['at each of its sites', { sites: ['us', 'main'] }, true],
    ['at no other site', { sites: ['us'] }, false],
    ['in its currency', { currency: 'EUR' }, true],
    ['in no other currency', { currency: 'USD' }, false],
    ['in its country', { country: 'DE' }, true],
    ['in no other country', { country: 'FR' }, false],
    ['to its customer', { audience: ['CUSTOMER:anna'] }, true],
    ['to no other customer', { audience: ['CUSTOMER:ben'] }, false],
    ['to its group', { audience: ['CUSTOMER:ben', 'GROUP:gold'] }, true],
    ['to no other group', { audience: ['GROUP:silver'] }, false],
    ['to a customer, not to a group of that name', { audience: ['GROUP:anna'] }, false],
    ['from its first moment on', { validFrom: AT }, true],
    ['not before', { validFrom: after(1) }, false],
    ['until its last moment', { validTo: after(1) }, true],
    ['not from its end on', { validTo: AT }, false],
    ['to its item', { itemId: { itemType: 'PRODUCT', id: 'umbrella' } }, true],
    ['to no other item', { itemId: { itemType: 'PRODUCT', id: 'raincoat' } }, false],
    ['to no item of another type', { itemId: { itemType: 'SKU', id: 'umbrella' } }, false],
    ['only with its model', { priceModelId: 'gone' }, false],
  ])('%s', (_, limits, does) => {
    expect(best([aPrice(limits)]) !== undefined).toBe(does);
  });

  it('to everybody, or else to nobody who is not named', () => {
    expect(best([aPrice()], { audience: [] })).toBeDefined();
    expect(best([aPrice({ audience: ['GROUP:gold'] })], { audience: [] })).toBeUndefined();
    expect(best([aPrice({ audience: ['GROUP:gold', ANY] })], { audience: [] })).toBeDefined();
  });

  it('when it is asked for by its own id, under the same limits', () => {
    const price = aPrice({ id: 'special', sites: ['us'] });
    const item: WantedItem = { itemId: { itemType: 'PRICE', id: 'special' }, quantity: { quantity: 1 } };
    expect(bestPrice([price, aPrice()], [], item, CRITERIA)).toBeUndefined();
    expect(bestPrice([price, aPrice()], [], item, { ...CRITERIA, siteCode: 'us' })?.price).toBe(price);
  });
});

describe('Prices by item', () => {
  it('are those of the item, of its type, or the one that is asked for by its own id', () => {
    const [one, other] = [
      aPrice({ id: 'one' }),
      aPrice({ id: 'other', itemId: { itemType: 'SKU', id: 'umbrella' } }),
    ];
    const pricesOf = pricesByItem([one, other]);
    const ask = (itemType: WantedItem['itemId']['itemType'], id: string) =>
      pricesOf({ itemId: { itemType, id }, quantity: { quantity: 1 } });
    expect(ask('PRODUCT', 'umbrella')).toEqual([one]);
    expect(ask('SKU', 'umbrella')).toEqual([other]);
    expect(ask('PRICE', 'other')).toEqual([other]);
    expect(ask('PRICE', 'umbrella')).toEqual([]);
  });
});

describe('Of several prices', () => {
  const costing = (id: string, priceValue: number, over: Partial<Price> = {}): Price =>
    aPrice({ id, tierValues: [{ priceValue }], ...over });

  it('the lowest is the best, whomever it is for', () => {
    const own = costing('own', 18, { audience: ['CUSTOMER:anna'] });
    expect(best([costing('a', 20), own, costing('c', 19)])?.price.id).toBe('own');
    expect(best([costing('a', 17), own])?.price.id).toBe('a');
  });

  it('the lowest is told after the discount', () => {
    const match = best([costing('a', 20), costing('b', 22, { salePrice: { discountRate: 50 } })]);
    expect(match).toMatchObject({
      price: { id: 'b' },
      originalValue: 22,
      effectiveValue: 11,
      totalValue: 11,
    });
  });

  it('equal ones are told apart by their ids, in whatever order they come', () => {
    const [a, b] = [costing('a', 20), costing('b', 20)];
    expect(best([a, b])?.price.id).toBe('a');
    expect(best([b, a])?.price.id).toBe('a');
  });

  it('those for different measurement units are compared for the same quantity', () => {
    const kilogram = { measurementUnit: { quantity: 1, unitCode: 'kg' } };
    const models = [
      aPriceModel({ id: 'kg', ...kilogram }),
      aPriceModel({ id: '100g', measurementUnit: { quantity: 0.1, unitCode: 'kg' } }),
    ];
    const of = (id: string, priceModelId: string, priceValue: number): Price =>
      aPrice({ id, priceModelId, tierValues: [{ id: 'from-0', priceValue }] });
    expect(best([of('a', 'kg', 30), of('b', '100g', 2.9)], {}, models)?.price.id).toBe('b');
    expect(best([of('a', 'kg', 28), of('b', '100g', 2.9)], {}, models)?.price.id).toBe('a');
  });

  it('those of the kind that the site shows come first, and each says what it is', () => {
    const models = [aPriceModel({ id: 'gross' }), aPriceModel({ id: 'net', includesTax: false })];
    const of = (id: string, priceValue: number): Price =>
      aPrice({ id, priceModelId: id, tierValues: [{ id: 'from-0', priceValue }] });
    const both = [of('gross', 20), of('net', 17)];
    expect(best(both, {}, models)).toMatchObject({ price: { id: 'net' }, includesTax: false });
    expect(best(both, { includesTax: true }, models)).toMatchObject({
      price: { id: 'gross' },
      includesTax: true,
    });
    expect(best([of('net', 17)], { includesTax: true }, models)).toMatchObject({ includesTax: false });
    expect(best([costing('simple', 5)], { includesTax: false })).toMatchObject({ includesTax: false });
    expect(best([costing('simple', 5)])).toMatchObject({ includesTax: true });
  });
});

describe('A match', () => {
  const tiered = aPriceModel({
    id: 'tiered',
    tierType: 'TIERED',
    tiers: [0, 5, 10].map((quantity) => ({
      id: `from-${quantity}`,
      minQuantity: { quantity, unitCode: 'pc' },
    })),
  });
  const price = aPrice({
    priceModelId: 'tiered',
    tierValues: [3, 2, 1].map((priceValue, i) => ({ id: `from-${[0, 5, 10][i]}`, priceValue })),
  });
  const match = (quantity: number, unitCode?: string) =>
    bestPrice([price], [tiered], wanted(quantity, unitCode), CRITERIA);

  it('has the total of the quantity, rounded once and as its currency is', () => {
    expect(match(16)).toMatchObject({ originalValue: 1.9375, effectiveValue: 1.9375, totalValue: 31 });
    expect(match(7)).toMatchObject({ effectiveValue: 19 / 7, totalValue: 19 });
    const yen = aPrice({ currency: 'JPY', tierValues: [{ priceValue: 0.4 }] });
    expect(bestPrice([yen], [], wanted(4), { ...CRITERIA, currency: 'JPY' })).toMatchObject({
      effectiveValue: 0.4,
      totalValue: 2,
    });
  });

  it('keeps prices of a unit that are smaller than the currency has digits', () => {
    const screw = aPrice({ tierValues: [{ priceValue: 0.0000317 }] });
    expect(bestPrice([screw], [], wanted(1000), CRITERIA)).toMatchObject({
      originalValue: 0.0000317,
      totalValue: 0.03,
    });
  });

  it('is for the unit of the model; another unit has no price, for none is converted', () => {
    expect(match(1)?.quantity).toEqual({ quantity: 1, unitCode: 'pc' });
    expect(match(1, 'pc')?.quantity).toEqual({ quantity: 1, unitCode: 'pc' });
    expect(match(1, 'kg')).toBeUndefined();
  });

  it('of a simple price is for whatever unit is asked for [C-07]', () => {
    expect(bestPrice([aPrice()], [], wanted(2), CRITERIA)?.quantity).toEqual({ quantity: 2, unitCode: 'pc' });
    const litres = bestPrice([aPrice()], [], wanted(2, 'l'), CRITERIA);
    expect(litres).toMatchObject({ quantity: { quantity: 2, unitCode: 'l' }, totalValue: 39.8 });
    expect(litres).not.toHaveProperty('model');
  });
});
