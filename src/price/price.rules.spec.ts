import { describe, expect, it } from 'vitest';
import { aPriceModel, BUILT_AT } from '../../test/support/data/builders.js';
import { InvalidInput, TooLarge, VersionConflict } from '../shared/domain-error.js';
import {
  audienceOf,
  changedPrice,
  keyOfPrincipal,
  newPrice,
  PRICE_LIMITS,
  principalOfKey,
  type References,
} from './price.rules.js';
import { ALWAYS, ANY, type PriceDraft } from './price.types.js';

const KEY = { tenant: 'acme', id: 'one' };
const LATER = new Date(BUILT_AT.getTime() + 1000);

const TIERED = aPriceModel({
  id: 'tiered',
  tierType: 'TIERED',
  tiers: [0, 10].map((quantity) => ({ id: `from-${quantity}`, minQuantity: { quantity, unitCode: 'pc' } })),
});
const REFERENCES: References = { models: [TIERED], siteCodes: ['main', 'us'] };
const DRAFT: PriceDraft = {
  itemId: { itemType: 'PRODUCT', id: 'umbrella' },
  currency: 'EUR',
  tierValues: [{ priceValue: 19.9 }],
};

const made = (over: Partial<PriceDraft> = {}, references = REFERENCES) =>
  newPrice(KEY, { ...DRAFT, ...over }, references, BUILT_AT);

describe('A new price', () => {
  it('without limits is for every country, site and principal, and for ever', () => {
    expect(made()).toEqual({
      ...KEY,
      ...DRAFT,
      country: ANY,
      sites: [ANY],
      audience: [ANY],
      validFrom: ALWAYS.from,
      validTo: ALWAYS.to,
      mixins: {},
      mixinSchemas: {},
      createdAt: BUILT_AT,
      modifiedAt: BUILT_AT,
      version: 1,
    });
    expect(made({ siteCodes: [], principals: [], validity: {} })).toEqual(made());
  });

  it('keeps its limits', () => {
    const principals = [
      { type: 'GROUP', id: 'CUSTOMER:x' } as const,
      { type: 'CUSTOMER', id: 'GROUP:y' } as const,
    ];
    const price = made({
      country: 'DE',
      siteCodes: ['us', 'main', 'us'],
      principals,
      validity: { to: BUILT_AT },
    });
    expect(price).toMatchObject({ country: 'DE', sites: ['us', 'main'], validTo: BUILT_AT });
    expect(price.audience.map(principalOfKey)).toEqual(principals);
  });

  it('names no model: it gets the default one, or it is simple [C-07]', () => {
    expect(made()).not.toHaveProperty('priceModelId');
    const byDefault = aPriceModel({ id: 'standard', default: true });
    const price = made({}, { ...REFERENCES, models: [TIERED, byDefault] });
    expect(price).toMatchObject({
      priceModelId: 'standard',
      tierValues: [{ id: 'from-0', priceValue: 19.9 }],
    });
  });

  it('has a value for each tier of its model: in their order, or by their ids', () => {
    const [low, high] = [{ priceValue: 3 }, { priceValue: 2 }];
    const values = [
      { id: 'from-0', ...low },
      { id: 'from-10', ...high },
    ];
    const of = (tierValues: PriceDraft['tierValues']) =>
      made({ priceModelId: 'tiered', tierValues }).tierValues;
    expect(of([low, high])).toEqual(values);
    expect(of(values.toReversed())).toEqual(values);
  });

  it.each<[string, Partial<PriceDraft>, RegExp]>([
    ['a model that is not there', { priceModelId: 'none' }, /^priceModelId: .*none/],
    ['too few values', { priceModelId: 'tiered' }, /^tierValues: .*2 tiers/],
    ['too many values', { tierValues: [{ priceValue: 1 }, { priceValue: 2 }] }, /^tierValues: .*one value/],
    [
      'a value of no tier',
      {
        priceModelId: 'tiered',
        tierValues: [
          { id: 'x', priceValue: 1 },
          { id: 'from-0', priceValue: 2 },
        ],
      },
      /^tierValues: .*from-10/,
    ],
    ['a site that is not there', { siteCodes: ['main', 'abcd'] }, /^restrictions\.siteCodes: .*abcd$/],
    ['an end before its beginning', { validity: { from: LATER, to: BUILT_AT } }, /^restrictions\.validity: /],
    ['a validity of no time', { validity: { from: BUILT_AT, to: BUILT_AT } }, /^restrictions\.validity: /],
  ])('is refused with %s [W-45]', (_, over, message) => {
    expect(() => made(over)).toThrow(InvalidInput);
    expect(() => made(over)).toThrow(message);
  });

  it('is refused with mixins that are too deep or too large', () => {
    const deep = JSON.parse(
      '{"a":'.repeat(PRICE_LIMITS.depth + 1) + '1' + '}'.repeat(PRICE_LIMITS.depth + 1),
    );
    expect(() => made({ mixins: deep })).toThrow(/^mixins: must not be nested/);
    expect(() => made({ mixins: { text: 'x'.repeat(PRICE_LIMITS.bytes) } })).toThrow(TooLarge);
  });
});

describe('A changed price', () => {
  const before = made({
    country: 'DE',
    siteCodes: ['main'],
    salePrice: { discountRate: 5 },
    mixins: { a: 1 },
  });
  const change = (changes: Partial<PriceDraft>, partial: boolean, references = REFERENCES) =>
    changedPrice(before, { changes, partial }, references, LATER);

  it('keeps what a partial change does not name', () => {
    expect(change({ tierValues: [{ priceValue: 15 }] }, true)).toEqual({
      ...before,
      tierValues: [{ priceValue: 15 }],
      modifiedAt: LATER,
      version: 2,
    });
    expect(change({}, true)).toEqual({ ...before, modifiedAt: LATER, version: 2 });
  });

  it('keeps a site that was deleted since, but takes no new one that is not there', () => {
    const none = { ...REFERENCES, siteCodes: [] };
    expect(change({ currency: 'USD' }, true, none)).toMatchObject({ sites: ['main'], currency: 'USD' });
    expect(() => change({ siteCodes: ['us'] }, true, none)).toThrow(InvalidInput);
  });

  it('is made anew by a whole one, and keeps only its id and when it was made', () => {
    expect(change(DRAFT, false)).toEqual({ ...made(), modifiedAt: LATER, version: 2 });
  });

  it('needs item, currency and values when it is whole [W-45]', () => {
    expect(() => change({ currency: 'EUR' }, false)).toThrow(/itemId: .*; tierValues: /);
  });

  it('is refused from another version, which is told [W-46, D-08]', () => {
    const stale = () => changedPrice(before, { changes: {}, partial: true, version: 2 }, REFERENCES, LATER);
    expect(stale).toThrow(VersionConflict);
    expect(stale).toThrow(expect.objectContaining({ details: { metadata: { version: 1 } } }));
    const current = changedPrice(before, { changes: {}, partial: true, version: 1 }, REFERENCES, LATER);
    expect(current.version).toBe(2);
  });
});

describe('Whom prices are for', () => {
  it('is a customer and its groups', () => {
    expect(audienceOf('42', ['gold', 'vip'])).toEqual(['CUSTOMER:42', 'GROUP:gold', 'GROUP:vip']);
    expect(keyOfPrincipal({ type: 'GROUP', id: 'gold' })).toBe('GROUP:gold');
  });
});
