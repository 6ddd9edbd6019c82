import type { Customer } from '../customer/customer.types.js';
import type { Site } from '../site-settings/site.types.js';
import type { AskedValues, ChosenValues, Source } from './session.types.js';

export interface InitialValue {
  readonly value: string;
  readonly source: Source;
}

export interface InitialValues {
  readonly siteCode: InitialValue;
  readonly currency: InitialValue;
  readonly targetLocation: InitialValue;
  readonly language: InitialValue;
}

/**
 * The values that a context starts with, each on its own: the customer's profile wins (E-28 to E-33), then what
 * the anonymous login asked for (W-07), then the tenant's default site (E-15 to E-17, E-34, W-58).
 */
export function deriveContext(site: Site, asked: AskedValues, customer?: Customer): InitialValues {
  return {
    siteCode: first(customer?.preferredSite, asked.siteCode, site.code),
    currency: first(customer?.preferredCurrency, asked.currency, site.currency),
    targetLocation: first(countryOf(customer), asked.targetLocation, site.homeBase.address.country),
    language: first(customer?.preferredLanguage, asked.language, site.defaultLanguage),
  };
}

/** What the shopper chose in the VTEX dialect comes before all others (M-32, M-36). */
export const withChosen = (values: InitialValues, chosen: ChosenValues = {}): InitialValues => ({
  siteCode: chosen.siteCode ?? values.siteCode,
  currency: chosen.currency ?? values.currency,
  targetLocation: chosen.targetLocation ?? values.targetLocation,
  language: chosen.language ?? values.language,
});

function first(profile: string | undefined, asked: string | undefined, site: string): InitialValue {
  if (profile !== undefined) return { value: profile, source: 'profile' };
  if (asked !== undefined) return { value: asked, source: 'login-query' };
  return { value: site, source: 'site' };
}

/** Default shipping address, else default billing address (E-29, E-30). */
function countryOf(customer: Customer | undefined): string | undefined {
  const defaultOf = (tag: string) =>
    customer?.addresses.find((a) => a.isDefault && a.tags.includes(tag))?.country;
  return defaultOf('SHIPPING') ?? defaultOf('BILLING');
}
