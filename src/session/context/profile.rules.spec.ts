import { describe, expect, it } from 'vitest';
import { aCustomer, aSite } from '../../../test/support/data/builders.js';
import type { Address, Customer } from '../../customer/customer.types.js';
import { defaultValues } from './derive-context.rules.js';
import { profileFrom, profileKeyOf } from './profile.rules.js';

const SITES = [
  aSite('main', { default: true }),
  aSite('us', { currency: 'USD', availableCurrencies: ['USD', 'CAD'] }),
  aSite('staff', { onlyForGroups: ['staff'] }),
];

const address = (country: string, ...tags: string[]): Address => ({
  id: country,
  country,
  tags,
  isDefault: true,
  mixins: {},
});

const CUSTOMERS: Record<string, Partial<Customer>> = {
  nothing: {},
  'a site and a currency of it': { preferredSite: 'us', preferredCurrency: 'CAD' },
  'a language': { preferredLanguage: 'fr' },
  'a group that opens a site': { groups: ['buyers', 'staff'], preferredSite: 'staff' },
  'no group for their site': { preferredSite: 'staff' },
  'two addresses': { addresses: [address('AT', 'BILLING'), address('FR', 'SHIPPING')] },
  'a billing address': {
    addresses: [{ ...address('FR', 'SHIPPING'), isDefault: false }, address('AT', 'BILLING')],
  },
};

describe('A profile', () => {
  it.each(Object.entries(CUSTOMERS))('gives the defaults of a customer with %s', (_what, over) => {
    const customer = aCustomer(over);
    const defaults = defaultValues(SITES, { language: 'de' }, customer);
    expect(defaultValues(SITES, { language: 'de' }, profileFrom(profileKeyOf(customer)))).toEqual(defaults);
  });

  it('is read back from its key, with the country as a default address', () => {
    const anna = aCustomer({
      preferredCurrency: 'USD',
      groups: ['b', 'a'],
      addresses: [address('AT', 'BILLING')],
    });
    expect(profileFrom(profileKeyOf(anna))).toStrictEqual({
      preferredCurrency: 'USD',
      groups: ['a', 'b'],
      addresses: [{ id: '', country: 'AT', tags: ['SHIPPING'], isDefault: true, mixins: {} }],
    });
    expect(profileFrom(profileKeyOf(aCustomer()))).toStrictEqual({ groups: [], addresses: [] });
  });

  it('differs where defaults do, and only there', () => {
    const keys = Object.values(CUSTOMERS).map((over) => profileKeyOf(aCustomer(over)));
    expect(new Set(keys).size).toBe(keys.length);
    const anna = aCustomer({
      firstName: 'Anna',
      groups: ['b', 'a', 'b'],
      addresses: [address('AT', 'BILLING')],
    });
    const ben = aCustomer({
      groups: ['a', 'b'],
      addresses: [address('DE', 'other'), address('AT', 'SHIPPING')],
    });
    expect(profileKeyOf(anna)).toBe(profileKeyOf(ben));
  });
});
