import { describe, expect, it } from 'vitest';
import { aPriceModel, BUILT_AT } from '../../../test/support/data/builders.js';
import { InvalidInput, VersionConflict } from '../../shared/domain-error.js';
import type { DraftTier, PriceModelDraft } from '../price-model.types.js';
import { MAX_PRICE_MODELS, newModel, replacedModel, withModel } from './price-model.rules.js';

const KEY = { tenant: 'acme', id: 'one' };
const LATER = new Date(BUILT_AT.getTime() + 1000);

const from = (...quantities: number[]): DraftTier[] =>
  quantities.map((quantity) => ({ minQuantity: { quantity, unitCode: 'pc' } }));

const DRAFT: PriceModelDraft = {
  name: { en: 'By quantity' },
  includesTax: true,
  measurementUnit: { quantity: 1, unitCode: 'pc' },
  tierType: 'TIERED',
  tiers: from(0, 5, 10),
};

/** t1, t2, ... */
const counted = (): (() => string) => {
  let last = 0;
  return () => `t${(last += 1)}`;
};

const made = (over: Partial<PriceModelDraft> = {}) =>
  newModel(KEY, { ...DRAFT, ...over }, counted(), BUILT_AT);

describe('A new price model', () => {
  it('gives its tiers ids, and keeps those that they have', () => {
    const [first, ...rest] = from(0, 5);
    const tiers = [{ ...first, id: 'mine' } as DraftTier, ...rest];
    expect(made({ tiers }).tiers.map(({ id }) => id)).toEqual(['mine', 't1']);
  });

  it('of basic pricing has one tier from 0, named or not', () => {
    const basic = made({ tierType: 'BASIC', tiers: [] });
    expect(basic.tiers).toEqual([{ id: 't1', minQuantity: { quantity: 0, unitCode: 'pc' } }]);
    expect(made({ tierType: 'BASIC', tiers: from(0) })).toEqual(basic);
  });

  it.each<[string, Partial<PriceModelDraft>]>([
    ['two tiers of basic pricing', { tierType: 'BASIC', tiers: from(0, 5) }],
    ['no tiers of tiered pricing', { tiers: [] }],
    ['no tiers of volume pricing', { tierType: 'VOLUME', tiers: [] }],
    ['a first tier that is not from 0', { tiers: from(1, 5) }],
    ['tiers in descending order', { tiers: from(0, 10, 5) }],
    ['two tiers of one quantity', { tiers: from(0, 5, 5) }],
    ['a tier in another unit', { tiers: [...from(0), { minQuantity: { quantity: 5, unitCode: 'kg' } }] }],
    ['two tiers of one id', { tiers: from(0, 5).map((tier) => ({ ...tier, id: 'same' })) }],
  ])('is refused with %s [W-45]', (_, over) => {
    expect(() => made(over)).toThrow(InvalidInput);
    expect(() => made(over)).toThrow(/^tierDefinition\.tiers: /);
  });
});

describe('A replaced price model', () => {
  const before = made();

  it('keeps the ids of its tiers by their quantities, so that prices keep their values', () => {
    const next = replacedModel(before, { ...DRAFT, tiers: from(0, 7, 10) }, 1, () => 'new', LATER);
    expect(next.tiers.map(({ id }) => id)).toEqual(['t1', 'new', 't3']);
    expect(next).toMatchObject({ ...KEY, createdAt: BUILT_AT, modifiedAt: LATER, version: 2 });
  });

  it('is refused from another version, which is told [W-46, D-08]', () => {
    const stale = () => replacedModel(before, DRAFT, 3, counted(), LATER);
    expect(stale).toThrow(VersionConflict);
    expect(stale).toThrow(expect.objectContaining({ details: { metadata: { version: 1 } } }));
  });
});

describe('The price models of a tenant', () => {
  const [a, b] = [aPriceModel({ id: 'a', default: true }), aPriceModel({ id: 'b' })];

  it('have one default at most: a new one takes over', () => {
    const c = aPriceModel({ id: 'c', default: true });
    expect(withModel([a, b], c)).toEqual([{ ...a, default: false, version: 2 }, b, c]);
    expect(withModel([a, b], { ...b, default: true })).toEqual([
      { ...a, default: false, version: 2 },
      { ...b, default: true },
    ]);
  });

  it('stay in the order in which they were made', () => {
    const next = { ...a, version: 2 };
    expect(withModel([a, b], next)).toEqual([next, b]);
  });

  it('are not more than one record can hold', () => {
    const many = Array.from({ length: MAX_PRICE_MODELS }, (_, i) => aPriceModel({ id: `m${i}` }));
    expect(() => withModel(many, b)).toThrow(InvalidInput);
    expect(withModel(many, aPriceModel({ id: 'm0' }))).toHaveLength(MAX_PRICE_MODELS);
  });
});
