import type { Address, Customer } from '../../customer/customer.types.js';

/** All that the defaults of a context depend on of a customer (E-28 to E-33). */
export type Profile = Pick<
  Customer,
  'preferredSite' | 'preferredCurrency' | 'preferredLanguage' | 'groups' | 'addresses'
>;

/** Returns the country of the default shipping address, otherwise of the default billing address (E-29, E-30). */
export function countryOf(profile: Pick<Profile, 'addresses'> | undefined): string | undefined {
  const defaultOf = (tag: string) =>
    profile?.addresses.find((a) => a.isDefault && a.tags.includes(tag))?.country;
  return defaultOf('SHIPPING') ?? defaultOf('BILLING');
}

const PREFERRED = ['preferredSite', 'preferredCurrency', 'preferredLanguage'] as const;

/** Customers with equal keys get the same defaults. A store keeps one index of them (decision 0061). */
export function profileKeyOf(profile: Profile): string {
  const groups = [...new Set(profile.groups)].toSorted();
  const preferred = PREFERRED.map((name) => profile[name] ?? null);
  return JSON.stringify([...preferred, countryOf(profile) ?? null, ...groups]);
}

/** Reads a key that `profileKeyOf` made. The defaults are those of the customers who have it. */
export function profileFrom(key: string): Profile {
  const parts: unknown = JSON.parse(key);
  const texts = (Array.isArray(parts) ? parts : []).map((part) =>
    typeof part === 'string' ? part : undefined,
  );
  const country = texts[PREFERRED.length];
  return {
    ...Object.fromEntries(PREFERRED.flatMap((name, i) => (texts[i] === undefined ? [] : [[name, texts[i]]]))),
    groups: texts.slice(PREFERRED.length + 1).filter((group) => group !== undefined),
    addresses: country === undefined ? [] : [defaultIn(country)],
  };
}

const defaultIn = (country: string): Address => ({
  id: '',
  country,
  tags: ['SHIPPING'],
  isDefault: true,
  mixins: {},
});
