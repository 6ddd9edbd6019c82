import { isOpenTo, sells } from '../../site-settings/site-access.rules.js';
import type { Site } from '../../site-settings/site.types.js';
import type { OverrideValues, RequestedValues, Source } from '../session.types.js';
import { countryOf, type Profile } from './profile.rules.js';

export interface DefaultValue {
  readonly value: string;
  readonly source: Source;
}

export interface DefaultValues {
  readonly siteCode: DefaultValue;
  readonly currency: DefaultValue;
  readonly targetLocation: DefaultValue;
  readonly language: DefaultValue;
}

/**
 * Returns the values that a context starts with. Each value is decided separately: the customer's profile wins (E-28 to
 * E-33), then what the anonymous login asked for (W-07), then the site (E-15 to E-17, E-34, W-58). The currency is
 * always one that the site sells in, otherwise the site's own (F-03, F-04).
 * @param site the tenant's default site
 * @param others the sites that the shopper may use
 */
export function deriveContext(
  site: Site,
  asked: RequestedValues,
  customer?: Profile,
  others: readonly Site[] = [],
): DefaultValues {
  const siteCode = first(customer?.preferredSite, asked.siteCode, site.code);
  const shop = others.find(({ code }) => code === siteCode.value) ?? site;
  const sold = (currency: string | undefined) =>
    currency !== undefined && sells(shop, currency) ? currency : undefined;
  return {
    siteCode,
    currency: first(sold(customer?.preferredCurrency), sold(asked.currency), shop.currency),
    targetLocation: first(countryOf(customer), asked.targetLocation, site.homeBase.address.country),
    language: first(customer?.preferredLanguage, asked.language, site.defaultLanguage),
  };
}

/**
 * Does the same as `deriveContext`, but skips sites that the shopper may not use, or may no longer use.
 * @returns undefined if the tenant has no default site
 */
export function defaultValues(
  sites: readonly Site[],
  asked: RequestedValues,
  customer?: Profile,
): DefaultValues | undefined {
  const site = sites.find((one) => one.default);
  const open = sites.filter((one) => isOpenTo(one, customer?.groups ?? []));
  const codeOf = (code: string | undefined) => (open.some((one) => one.code === code) ? code : undefined);
  const own = customer && { ...customer, preferredSite: codeOf(customer.preferredSite) };
  return site && deriveContext(site, { ...asked, siteCode: codeOf(asked.siteCode) }, own, open);
}

/**
 * Applies what the shopper chose in the VTEX dialect, which wins over all other values (M-32, M-36). The site and the
 * currency may have been chosen one after the other; if the site does not sell in that currency, the site's own
 * currency is used.
 */
export function withChosen(
  values: DefaultValues,
  chosen: OverrideValues = {},
  sites: readonly Site[] = [],
): DefaultValues {
  const all = {
    siteCode: chosen.siteCode ?? values.siteCode,
    currency: chosen.currency ?? values.currency,
    targetLocation: chosen.targetLocation ?? values.targetLocation,
    language: chosen.language ?? values.language,
  };
  const site = sites.find(({ code }) => code === all.siteCode.value);
  if (!site || sells(site, all.currency.value)) return all;
  return { ...all, currency: { value: site.currency, source: 'site' } };
}

/**
 * Returns the currency of a cart or context that is made at a site without naming one (F-04). This is the currency in
 * which the shopper sees prices, provided that this site sells in it and that it is not merely the default of another
 * site. Otherwise it is the site's own.
 */
export function currencyAt(site: Site, seen: Pick<DefaultValues, 'siteCode' | 'currency'>): string {
  const { value, source } = seen.currency;
  const isOthers = source === 'site' && seen.siteCode.value !== site.code;
  return !isOthers && sells(site, value) ? value : site.currency;
}

function first(profile: string | undefined, asked: string | undefined, site: string): DefaultValue {
  if (profile !== undefined) return { value: profile, source: 'profile' };
  if (asked !== undefined) return { value: asked, source: 'login-query' };
  return { value: site, source: 'site' };
}
