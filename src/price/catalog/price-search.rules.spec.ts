import { describe, expect, it } from 'vitest';
import { aPrice, aPriceModel } from '../../../test/support/data/builders.js';
import { matches } from '../../shared/filter/filter.rules.js';
import type { Price } from '../price.types.js';
import { filterOf, foundPrices, type PriceFilters, type SearchCriteria } from './price-search.rules.js';

const JUNE = new Date('2026-06-01T00:00:00.000Z');
const JULY = new Date('2026-07-01T00:00:00.000Z');

describe('A list of prices', () => {
  it.each<[string, PriceFilters, Partial<Price>, boolean]>([
    ['a site', { siteCodes: ['main', 'us'] }, { sites: ['us'] }, true],
    ['a site', { siteCodes: ['main'] }, { sites: ['us'] }, false],
    ['a site, which a price of every site has', { siteCodes: ['main'] }, {}, true],
    ['currencies', { currencies: ['EUR', 'USD'] }, { currency: 'USD' }, true],
    ['currencies', { currencies: ['GBP'] }, {}, false],
    ['a country', { countries: ['FR'] }, { country: 'DE' }, false],
    ['a country, which a price of every country has', { countries: ['FR'] }, {}, true],
    ['items', { itemIds: ['raincoat', 'umbrella'] }, {}, true],
    ['items', { itemIds: ['raincoat'] }, {}, false],
    ['a type of items', { itemType: 'SKU' }, {}, false],
    ['a price model', { priceModelId: 'a' }, { priceModelId: 'a' }, true],
    ['a price model', { priceModelId: 'a' }, {}, false],
    ['a customer', { customerIds: ['anna'] }, { audience: ['CUSTOMER:anna'] }, true],
    ['a customer', { customerIds: ['anna'] }, { audience: ['CUSTOMER:ben'] }, false],
    ['a time', { effectiveDate: JUNE }, { validFrom: JUNE, validTo: JULY }, true],
    ['a time', { effectiveDate: JULY }, { validFrom: JUNE, validTo: JULY }, false],
  ])('is narrowed to %s', (_, filters, price, is) => {
    expect(matches(aPrice(price), filterOf(filters, undefined))).toBe(is);
  });

  it('shows a shopper what is for everybody and what is for the shopper', () => {
    const seen = (audience: readonly string[], shopper: readonly string[]) =>
      matches(aPrice({ audience }), filterOf({}, shopper));
    expect(seen(aPrice().audience, [])).toBe(true);
    expect(seen(['GROUP:gold'], [])).toBe(false);
    expect(seen(['GROUP:gold'], ['CUSTOMER:anna', 'GROUP:gold'])).toBe(true);
    expect(seen(['CUSTOMER:ben'], ['CUSTOMER:anna', 'GROUP:gold'])).toBe(false);
  });
});

describe('A search for the prices of items', () => {
  const [gross, net] = [aPriceModel({ id: 'gross' }), aPriceModel({ id: 'net', includesTax: false })];
  const prices = [
    aPrice({ id: 'c', sites: ['us'] }),
    aPrice({ id: 'b', priceModelId: 'gross' }),
    aPrice({ id: 'a', priceModelId: 'net', validFrom: JULY }),
    aPrice({ id: 'd', itemId: { itemType: 'PRODUCT', id: 'raincoat' } }),
  ];
  const found = (criteria: SearchCriteria, ...itemIds: string[]) =>
    foundPrices(itemIds, prices, [gross, net], criteria).map((one) =>
      one.prices.map(({ id }) => id).join(''),
    );

  it('answers each item in the order asked, with its prices by their ids, none included', () => {
    expect(found({}, 'raincoat', 'boots', 'umbrella')).toEqual(['d', '', 'abc']);
  });

  it('is narrowed to sites, a time, and net or gross', () => {
    expect(found({ siteCodes: ['main'] }, 'umbrella')).toEqual(['ab']);
    expect(found({ siteCodes: ['main', 'us'] }, 'umbrella')).toEqual(['abc']);
    expect(found({ effectiveDate: JUNE }, 'umbrella')).toEqual(['bc']);
    expect(found({ includesTax: true }, 'umbrella')).toEqual(['bc']);
    expect(found({ includesTax: false }, 'umbrella')).toEqual(['ac']);
  });
});
