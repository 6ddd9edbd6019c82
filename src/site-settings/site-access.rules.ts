import { InvalidInput, type Problem } from '../shared/domain-error.js';
import type { Site } from './site.types.js';

type OpenFor = Pick<Site, 'active' | 'onlyForGroups'>;
type SoldAt = Pick<Site, 'code' | 'currency' | 'availableCurrencies'>;

/** What decides whether somebody may shop at a site: the tenant's sites, and the shopper's groups. */
export interface KnownSites {
  readonly sites: readonly Site[];
  /** Groups of the shopper; empty for a guest. */
  readonly groups: readonly string[];
}

/** Tells whether a member of these groups may shop at the site. */
export const isOpenTo = ({ active, onlyForGroups }: OpenFor, groups: readonly string[]): boolean =>
  active && (onlyForGroups?.some((group) => groups.includes(group)) ?? true);

export const sells = ({ currency, availableCurrencies }: SoldAt, wanted: string): boolean =>
  wanted === currency || availableCurrencies.includes(wanted);

/** Returns why a caller who acts for others can't use the site. */
export const inactiveProblem = (site: Site | undefined, code: string): Problem | undefined =>
  site?.active ? undefined : { field: 'siteCode', message: `no active site has the code ${code}` };

/** Returns why a shopper can't use the site. */
export function closedProblem(
  site: Site | undefined,
  code: string,
  groups: readonly string[],
): Problem | undefined {
  if (!site?.active) return inactiveProblem(site, code);
  if (isOpenTo(site, groups)) return undefined;
  return { field: 'siteCode', message: `the site ${code} is only for customers of certain groups` };
}

/**
 * Returns why the site can't be used with the currency: carts and contexts need one that their site sells in (F-03).
 */
export function unsoldProblem(site: SoldAt, currency: string): Problem | undefined {
  if (sells(site, currency)) return undefined;
  const sold = [...new Set([site.currency, ...site.availableCurrencies])].join(', ');
  return {
    field: 'currency',
    message: `${currency} is not sold at the site ${site.code}, which sells in ${sold}`,
  };
}

/** @throws InvalidInput */
export function expectSoldAt(site: SoldAt, currency: string): void {
  const problem = unsoldProblem(site, currency);
  if (problem) throw new InvalidInput([problem]);
}

export const siteOf = ({ sites }: Pick<KnownSites, 'sites'>, code: string): Site | undefined =>
  sites.find((site) => site.code === code);

/** The site and currency of a shopper. */
interface Place {
  readonly siteCode: string;
  readonly currency: string;
}

/**
 * Checks site and currency together, whichever of the two is named (F-03). If only a site is named and it does not sell
 * in the present currency, its own currency is added (F-04).
 * @returns the named values, with that currency
 * @throws InvalidInput - no active site has the code, or the site does not sell in the currency
 */
export function placed<T extends Partial<Place>>(known: KnownSites, named: T, present: Place): T {
  const code = named.siteCode ?? present.siteCode;
  const site = siteOf(known, code);
  const inactive = inactiveProblem(site, code);
  if (!site || inactive) throw new InvalidInput([inactive ?? { field: 'siteCode', message: 'is unknown' }]);
  if (named.currency !== undefined) expectSoldAt(site, named.currency);
  else if (!sells(site, present.currency)) return { ...named, currency: site.currency };
  return named;
}
