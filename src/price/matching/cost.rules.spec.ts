import { describe, expect, it } from 'vitest';
import type { TierType } from '../price-model.types.js';
import { costOf, discounted, type Pricing, unitsIn } from './cost.rules.js';

const VALUES = [
  { id: 'a', priceValue: 3 },
  { id: 'b', priceValue: 2 },
  { id: 'c', priceValue: 1 },
];

const pricing = (tierType: TierType, from: readonly number[], size = 1, unitCode = 'pc'): Pricing => ({
  measurementUnit: { quantity: size, unitCode },
  tierType,
  tiers: from.map((quantity, i) => ({ id: 'abc'[i] ?? '', minQuantity: { quantity, unitCode } })),
});

describe('What a quantity costs', () => {
  it.each([
    ['BASIC', 1, 3, 3],
    ['BASIC', 16, 3, 48],
    ['VOLUME', 4, 3, 12],
    ['VOLUME', 5, 2, 10],
    ['VOLUME', 9.9, 2, 19.8],
    ['VOLUME', 10, 1, 10],
    ['VOLUME', 16, 1, 16],
    ['TIERED', 4, 3, 12],
    ['TIERED', 5, 3, 15],
    ['TIERED', 6, 17 / 6, 17],
    ['TIERED', 10, 2.5, 25],
    ['TIERED', 16, 1.9375, 31],
  ] as const)('by %s pricing from 0, 5 and 10: %d pieces at %d are %d', (type, quantity, unit, total) => {
    const tiers = type === 'BASIC' ? [0] : [0, 5, 10];
    expect(costOf(pricing(type, tiers), VALUES, quantity)).toEqual({ unit, total });
  });

  it.each(['BASIC', 'VOLUME', 'TIERED'] as const)('by %s pricing is nothing for nothing', (type) => {
    expect(costOf(pricing(type, [0]), VALUES, 0)).toEqual({ unit: 3, total: 0 });
  });

  it('is told for the measurement unit of the model', () => {
    const perHundredGrams = pricing('VOLUME', [0, 500, 1000], 100, 'g');
    expect(costOf(perHundredGrams, VALUES, 250)).toEqual({ unit: 3, total: 7.5 });
    expect(costOf(perHundredGrams, VALUES, 1000)).toEqual({ unit: 1, total: 10 });
    expect(unitsIn(250, perHundredGrams)).toBe(2.5);
  });

  it('takes a measurement unit of 0 for 1', () => {
    expect(costOf(pricing('BASIC', [0], 0), VALUES, 4)).toEqual({ unit: 3, total: 12 });
  });

  it('has no rounding of binary fractions in it', () => {
    const values = [{ id: 'a', priceValue: 0.1 }];
    expect(costOf(pricing('BASIC', [0]), values, 3)).toEqual({ unit: 0.1, total: 0.3 });
    expect(costOf(pricing('BASIC', [0], 0.1, 'kg'), values, 0.3)).toEqual({ unit: 0.1, total: 0.3 });
  });

  it('is unknown when a tier that it needs has no value', () => {
    const one = VALUES.slice(0, 1);
    expect(costOf(pricing('TIERED', [0, 5, 10]), one, 5)).toEqual({ unit: 3, total: 15 });
    expect(costOf(pricing('TIERED', [0, 5, 10]), one, 6)).toBeUndefined();
    expect(costOf(pricing('VOLUME', [0, 5, 10]), one, 5)).toBeUndefined();
  });
});

describe('A discounted price', () => {
  it.each([
    ['nothing', undefined, 19.9],
    ['a rate', { discountRate: 10 }, 17.91],
    ['an amount', { discountAmount: 2.5 }, 17.4],
    ['a rate, then an amount', { discountRate: 10, discountAmount: 2.5 }, 15.41],
    ['the whole rate', { discountRate: 100 }, 0],
    ['more than it is', { discountAmount: 20 }, 0],
  ])('has %s taken off', (_, sale, left) => {
    expect(discounted(19.9, 1, sale)).toBe(left);
  });

  it('has the amount taken off each unit', () => {
    expect(discounted(59.7, 3, { discountAmount: 2.5 })).toBe(52.2);
  });
});
