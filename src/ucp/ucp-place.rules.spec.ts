import { describe, expect, it } from 'vitest';
import { aSite } from '../../test/support/data/builders.js';
import { placeFor } from './ucp-place.rules.js';
import type { Place, WantedContext } from './ucp.types.js';

const main = aSite('main', {
  default: true,
  currency: 'EUR',
  availableCurrencies: ['EUR', 'USD'],
  shipToCountries: ['DE', 'FR'],
});
const us = aSite('us', { currency: 'USD', availableCurrencies: ['USD'], shipToCountries: ['US'] });
const ch = aSite('ch', { currency: 'CHF', availableCurrencies: ['CHF'], shipToCountries: ['CH', 'FR'] });
const gold = aSite('gold', { shipToCountries: ['JP'], onlyForGroups: ['gold'] });
const known = { sites: [us, ch, main, gold], groups: [] };

const chosen = (wanted: WantedContext, present?: Place) => {
  const found = placeFor(known, wanted, present);
  const { siteCode, currency, country, language } = found?.place ?? {};
  return {
    at: [siteCode, currency, country, language].join(' '),
    codes: found?.messages.map(({ code, path }) => `${code} ${path}`),
  };
};

const inSwitzerland = { siteCode: 'ch', currency: 'CHF', country: 'CH', language: 'fr' };

describe('An agent’s shopper shops', () => {
  const home = `main EUR ${main.homeBase.address.country} ${main.defaultLanguage}`;

  it('at the default site, as it is, if nothing is known', () => {
    expect(chosen({})).toEqual({ at: home, codes: [] });
  });

  it.each([
    [{ country: 'FR' }, 'main EUR FR'],
    [{ country: 'fra' }, 'main EUR FR'],
    [{ country: 'US' }, 'us USD US'],
    [{ country: 'CH', currency: 'chf' }, 'ch CHF CH'],
    [{ country: 'FR', currency: 'CHF' }, 'ch CHF FR'],
    [{ currency: 'USD' }, `main USD ${main.homeBase.address.country}`],
  ])('at a site that ships there and sells in the currency: %j', (wanted, expected) => {
    const { at, codes } = chosen(wanted);
    expect(at).toContain(`${expected} `);
    expect(codes).toEqual([]);
  });

  it('where the session is already, unless the country is another', () => {
    expect(chosen({}, inSwitzerland).at).toBe('ch CHF CH fr');
    expect(chosen({ country: 'FR', language: 'de' }, inSwitzerland).at).toBe('ch CHF FR de');
    expect(chosen({ country: 'US' }, inSwitzerland).at).toBe('us USD US fr');
  });

  it.each([
    [{ country: 'Germany' }, home, ['country_unknown $.context.address_country']],
    [
      { country: 'JP' },
      `main EUR JP ${main.defaultLanguage}`,
      ['address_undeliverable $.context.address_country'],
    ],
    [
      { country: 'US', currency: 'EUR' },
      `us USD US ${us.defaultLanguage}`,
      ['currency_unsupported $.context.currency'],
    ],
    [{ currency: 'EURO' }, home, ['currency_unsupported $.context.currency']],
    [{ language: '!' }, home, ['language_unknown $.context.language']],
  ])('elsewhere than asked, and the agent is told: %j', (wanted, at, codes) => {
    expect(chosen(wanted)).toEqual({ at, codes });
  });

  it('nowhere if no site is open to guests', () => {
    expect(placeFor({ sites: [gold], groups: [] }, {})).toBeUndefined();
  });
});
