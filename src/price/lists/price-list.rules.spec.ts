import { describe, expect, it } from 'vitest';
import {
  aLegalEntity,
  aListPrice,
  aPriceList,
  aPriceModel,
  BUILT_AT,
} from '../../../test/support/data/builders.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { PriceList, PriceListDraft } from '../price-list.types.js';
import { ALWAYS, ANY } from '../price.types.js';
import {
  contentOfList,
  entityOf,
  groupsOf,
  listApplies,
  newListPrice,
  priceOfList,
  replacedListPrice,
} from './price-list.rules.js';

const SITES = ['main', 'us'];
const DRAFT: PriceListDraft = { name: { en: 'Sale' }, siteCode: 'main', mixins: {}, mixinSchemas: {} };
const made = (over: Partial<PriceListDraft> = {}) =>
  contentOfList({ ...DRAFT, ...over }, SITES, aLegalEntity());
const LATER = new Date(BUILT_AT.getTime() + 1000);

describe('What a price list says', () => {
  it('is no restriction where none is named', () => {
    expect(made()).toEqual({
      ...DRAFT,
      names: ['Sale'],
      countries: [ANY],
      regions: [ANY],
      readers: [ANY],
      validFrom: ALWAYS.from,
      validTo: ALWAYS.to,
    });
    expect(made({ countries: [], regions: [], customerGroups: [], validity: {} })).toEqual(made());
  });

  it('is for groups, or for a legal entity, or for everybody', () => {
    const of = (over: Partial<PriceListDraft>) => {
      const list = aPriceList(made(over));
      return [groupsOf(list), entityOf(list)];
    };
    expect(of({})).toEqual([undefined, undefined]);
    expect(of({ customerGroups: ['a', 'ENTITY:b', 'a'] })).toEqual([['a', 'ENTITY:b'], undefined]);
    expect(of({ legalEntityId: 'GROUP:a' })).toEqual([undefined, 'GROUP:a']);
  });

  it.each<[string, Partial<PriceListDraft>, RegExp]>([
    ['a site that does not exist', { siteCode: 'none' }, /^siteCode: .*none/],
    ['groups and a legal entity', { customerGroups: ['a'], legalEntityId: 'b' }, /^customerGroups: /],
    ['an end before its beginning', { validity: { from: LATER, to: BUILT_AT } }, /^validity: /],
    ['a validity of no time', { validity: { from: LATER, to: LATER } }, /^validity: /],
  ])('is refused with %s [W-45]', (_, over, message) => {
    expect(() => made(over)).toThrow(InvalidInput);
    expect(() => made(over)).toThrow(message);
  });

  it('is refused with a legal entity that does not exist [W-45]', () => {
    const draft = { ...DRAFT, legalEntityId: 'none' };
    expect(() => contentOfList(draft, SITES, undefined)).toThrow(/^legalEntityId: .*none/);
  });
});

describe('A price list applies', () => {
  const criteria = {
    siteCodes: ['main'],
    currency: 'EUR',
    country: 'DE',
    readers: [ANY, 'GROUP:gold', 'ENTITY:works'],
    at: BUILT_AT,
  };
  const applies = (over: Partial<PriceList>) => listApplies(aPriceList(over), criteria, () => 'EUR');

  it('when it has no restriction, or one that names the case', () => {
    expect(applies({})).toBe(true);
    expect(applies({ countries: ['FR', 'DE'] })).toBe(true);
    expect(applies({ countries: ['DE'], regions: ['DACH'] })).toBe(true);
    expect(applies({ readers: ['GROUP:vip', 'GROUP:gold'] })).toBe(true);
    expect(applies({ readers: ['ENTITY:works'] })).toBe(true);
    expect(applies({ validFrom: BUILT_AT, validTo: LATER })).toBe(true);
  });

  it.each<[string, Partial<PriceList>]>([
    ['site', { siteCode: 'us' }],
    ['currency', { currency: 'USD' }],
    ['country', { countries: ['FR'] }],
    ['region, whose countries nobody knows', { regions: ['DACH'] }],
    ['group', { readers: ['GROUP:vip'] }],
    ['legal entity', { readers: ['ENTITY:others'] }],
    ['time that is over', { validTo: BUILT_AT }],
    ['time to come', { validFrom: LATER }],
  ])('not when it is for another %s', (_, over) => {
    expect(applies(over)).toBe(false);
  });

  it('in the currency of its site, if it names none', () => {
    const { currency: _, ...list } = aPriceList();
    expect(listApplies(list, criteria, (code) => (code === 'main' ? 'EUR' : 'USD'))).toBe(true);
    expect(listApplies(list, criteria, () => 'USD')).toBe(false);
    expect(listApplies(list, criteria, () => undefined)).toBe(false);
  });
});

describe('A price in a list', () => {
  const KEY = { tenant: 'acme', priceListId: 'wholesale', id: 'one' };
  const DRAFTED = {
    itemId: { itemType: 'PRODUCT', id: 'umbrella' },
    tierValues: [{ priceValue: 9 }],
  } as const;

  it('is made for the tiers of its model, or is simple', () => {
    const simple = newListPrice(KEY, DRAFTED, [], BUILT_AT);
    expect(simple).toEqual({ ...KEY, ...DRAFTED, createdAt: BUILT_AT, modifiedAt: BUILT_AT, version: 1 });
    const standard = aPriceModel({ id: 'standard', default: true });
    expect(newListPrice(KEY, DRAFTED, [standard], BUILT_AT)).toMatchObject({
      priceModelId: 'standard',
      tierValues: [{ id: standard.tiers[0]?.id, priceValue: 9 }],
    });
    const unknown = { ...DRAFTED, priceModelId: 'none' };
    expect(() => newListPrice(KEY, unknown, [standard], BUILT_AT)).toThrow(/^priceModelId: /);
  });

  it('keeps its key and its beginning when it is replaced', () => {
    const before = aListPrice({ ...KEY, priceModelId: 'old', version: 3 });
    expect(replacedListPrice(before, DRAFTED, [], LATER)).toEqual({
      ...KEY,
      ...DRAFTED,
      createdAt: BUILT_AT,
      modifiedAt: LATER,
      version: 4,
    });
  });

  it('counts as a price for everybody at the site of its list, which was found to apply', () => {
    const list = aPriceList({ siteCode: 'us', readers: ['GROUP:gold'], validTo: LATER });
    expect(priceOfList(aListPrice(KEY), list, 'USD')).toMatchObject({
      ...KEY,
      currency: 'USD',
      country: ANY,
      sites: ['us'],
      audience: [ANY],
      validTo: LATER,
    });
  });
});
