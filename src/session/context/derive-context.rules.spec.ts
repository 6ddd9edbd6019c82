import { describe, expect, it } from 'vitest';
import type { Address, Customer } from '../../customer/customer.types.js';
import type { Site } from '../../site-settings/site.types.js';
import {
  currencyAt,
  defaultValues,
  type DefaultValues,
  deriveContext,
  withChosen,
} from './derive-context.rules.js';

const site: Site = {
  tenant: 'acme',
  code: 'main',
  name: 'Acme',
  active: true,
  default: true,
  defaultLanguage: 'en',
  languages: ['en', 'de'],
  currency: 'EUR',
  availableCurrencies: ['EUR', 'USD'],
  homeBase: { address: { country: 'DE' } },
  shipToCountries: ['DE', 'FR', 'AT'],
  taxDeterminationBasedOn: 'BILLING_ADDRESS',
  mixins: {},
  mixinSchemas: {},
  services: {},
  version: 1,
};

const customer = (over: Partial<Customer> = {}): Customer => ({
  tenant: 'acme',
  id: 'c1',
  email: 'ben@acme.test',
  passwordHash: '',
  groups: [],
  addresses: [],
  mixins: {},
  createdAt: new Date('2026-01-15T12:00:00.000Z'),
  version: 1,
  ...over,
});

const address = (country: string | undefined, tags: string[], isDefault = true): Address => ({
  id: `a-${country}-${tags}`,
  ...(country !== undefined && { country }),
  tags,
  isDefault,
  mixins: {},
});

const valuesOf = ({ siteCode, currency, targetLocation, language }: DefaultValues) =>
  [siteCode, currency, targetLocation, language].map(({ value }) => value);
const sourcesOf = ({ siteCode, currency, targetLocation, language }: DefaultValues) =>
  [siteCode, currency, targetLocation, language].map(({ source }) => source);

describe('The context of an anonymous session', () => {
  it('starts with the values of the default site [E-15, E-16, E-17, W-58]', () => {
    const initial = deriveContext(site, {});
    expect(valuesOf(initial)).toEqual(['main', 'EUR', 'DE', 'en']);
    expect(sourcesOf(initial)).toEqual(['site', 'site', 'site', 'site']);
  });

  it('starts with the values that the login asked for [W-07]', () => {
    const asked = { siteCode: 'us', currency: 'USD', targetLocation: 'FR', language: 'de' };
    const initial = deriveContext(site, asked);
    expect(valuesOf(initial)).toEqual(['us', 'USD', 'FR', 'de']);
    expect(sourcesOf(initial)).toEqual(Array(4).fill('login-query'));
  });

  it.each([
    [{ siteCode: 'us' }, ['us', 'EUR', 'DE', 'en']],
    [{ currency: 'USD' }, ['main', 'USD', 'DE', 'en']],
    [{ targetLocation: 'AT' }, ['main', 'EUR', 'AT', 'en']],
    [{ language: 'de' }, ['main', 'EUR', 'DE', 'de']],
  ])('takes %j from the login and the rest from the site [W-07]', (asked, values) => {
    expect(valuesOf(deriveContext(site, asked))).toEqual(values);
  });
});

describe("The context of a customer's session", () => {
  const anna = customer({
    preferredSite: 'us',
    preferredCurrency: 'USD',
    preferredLanguage: 'de',
    addresses: [address('AT', ['BILLING']), address('FR', ['SHIPPING'])],
  });

  it('starts with the values of the profile [E-28, E-29, E-32, W-58]', () => {
    const initial = deriveContext(site, {}, anna);
    expect(valuesOf(initial)).toEqual(['us', 'USD', 'FR', 'de']);
    expect(sourcesOf(initial)).toEqual(Array(4).fill('profile'));
  });

  it('prefers the profile to the values that the anonymous login asked for [E-28, E-29, E-32]', () => {
    const asked = { siteCode: 'b2b', currency: 'GBP', targetLocation: 'DE', language: 'fr' };
    expect(valuesOf(deriveContext(site, asked, anna))).toEqual(['us', 'USD', 'FR', 'de']);
  });

  it('starts with the values of the site if the profile is empty [E-31, E-34]', () => {
    const initial = deriveContext(site, {}, customer());
    expect(valuesOf(initial)).toEqual(['main', 'EUR', 'DE', 'en']);
    expect(sourcesOf(initial)).toEqual(Array(4).fill('site'));
  });

  it.each([
    ['site', { preferredSite: 'us' }, ['us', 'EUR', 'DE', 'en']],
    ['currency', { preferredCurrency: 'USD' }, ['main', 'USD', 'DE', 'en']],
    ['language', { preferredLanguage: 'de' }, ['main', 'EUR', 'DE', 'de']],
    ['address', { addresses: [address('FR', ['SHIPPING'])] }, ['main', 'EUR', 'FR', 'en']],
    ['site and language', { preferredSite: 'us', preferredLanguage: 'de' }, ['us', 'EUR', 'DE', 'de']],
  ])(
    'takes a %s from the profile and fills in each missing value separately [E-33, E-34]',
    (_, profile, values) => {
      expect(valuesOf(deriveContext(site, {}, customer(profile)))).toEqual(values);
    },
  );

  it('fills gaps in the profile with what the login asked for, then from the site [E-33, W-07]', () => {
    const initial = deriveContext(
      site,
      { currency: 'USD', language: 'fr' },
      customer({ preferredLanguage: 'de' }),
    );
    expect(valuesOf(initial)).toEqual(['main', 'USD', 'DE', 'de']);
    expect(sourcesOf(initial)).toEqual(['site', 'login-query', 'site', 'profile']);
  });
});

describe('The target location of a customer', () => {
  const locationOf = (...addresses: Address[]) =>
    deriveContext(site, {}, customer({ addresses })).targetLocation.value;

  it('is the country of the default shipping address, wherever it is in the list [E-29]', () => {
    expect(locationOf(address('FR', ['SHIPPING']), address('AT', ['BILLING']))).toBe('FR');
    expect(locationOf(address('AT', ['BILLING']), address('FR', ['SHIPPING']))).toBe('FR');
    expect(locationOf(address('FR', ['BILLING', 'SHIPPING', 'gift']))).toBe('FR');
  });

  it('is the country of the default billing address if there is no default shipping address [E-30]', () => {
    expect(locationOf(address('AT', ['BILLING']))).toBe('AT');
    expect(locationOf(address('FR', ['SHIPPING'], false), address('AT', ['BILLING']))).toBe('AT');
    expect(locationOf(address(undefined, ['SHIPPING']), address('AT', ['BILLING']))).toBe('AT');
  });

  it("is the country of the site's home base if there is no default address of either kind [E-31, D-04]", () => {
    expect(locationOf()).toBe('DE');
    expect(locationOf(address('FR', ['SHIPPING'], false), address('AT', ['BILLING'], false))).toBe('DE');
    expect(locationOf(address('FR', ['gift']))).toBe('DE');
    expect(locationOf(address(undefined, ['SHIPPING', 'BILLING']))).toBe('DE');
  });
});

describe('The currency', () => {
  const us: Site = { ...site, code: 'us', default: false, currency: 'USD', availableCurrencies: [] };
  const sites = [{ ...site, availableCurrencies: ['EUR', 'USD', 'GBP'] }, us];
  const currencyOf = (values: DefaultValues | undefined) =>
    values && `${values.siteCode.value} ${values.currency.value} ${values.currency.source}`;

  it('of a first context is one that its site sells in, otherwise the site’s own [F-03, F-04]', () => {
    expect(currencyOf(defaultValues(sites, {}))).toBe('main EUR site');
    expect(currencyOf(defaultValues(sites, { siteCode: 'us' }))).toBe('us USD site');
    expect(currencyOf(defaultValues(sites, { currency: 'GBP' }))).toBe('main GBP login-query');
    expect(currencyOf(defaultValues(sites, { siteCode: 'us', currency: 'GBP' }))).toBe('us USD site');
    const person = customer({ preferredSite: 'us', preferredCurrency: 'GBP' });
    expect(currencyOf(defaultValues(sites, { currency: 'USD' }, person))).toBe('us USD login-query');
    expect(currencyOf(defaultValues(sites, {}, customer({ preferredCurrency: 'JPY' })))).toBe(
      'main EUR site',
    );
  });

  it('follows the site that was chosen in the VTEX dialect [F-03, M-32]', () => {
    const at = new Date('2026-01-15T12:00:00.000Z');
    const derived = deriveContext(site, { currency: 'GBP' }, undefined, sites);
    const siteCode = { value: 'us', source: 'shopper', at } as const;
    expect(currencyOf(withChosen(derived, { siteCode }, sites))).toBe('us USD site');
    expect(currencyOf(withChosen(derived, {}, sites))).toBe('main GBP login-query');
  });

  it('of a cart at another site is the chosen one if that site sells in it, otherwise that site’s own [F-04]', () => {
    const euro: Site = { ...us, code: 'euro', currency: 'CHF', availableCurrencies: ['EUR'] };
    const seen = (code: string, value: string, source: 'site' | 'shopper') => ({
      siteCode: { value: code, source: 'site' as const },
      currency: { value, source },
    });
    expect(currencyAt(euro, seen('main', 'EUR', 'site'))).toBe('CHF');
    expect(currencyAt(euro, seen('main', 'EUR', 'shopper'))).toBe('EUR');
    expect(currencyAt(euro, seen('euro', 'EUR', 'site'))).toBe('EUR');
    expect(currencyAt(euro, seen('main', 'USD', 'shopper'))).toBe('CHF');
  });
});
