import { InvalidInput, type Problem } from '../shared/domain-error.js';
import type { Site } from './site.types.js';

type OpenFor = Pick<Site, 'active' | 'onlyForGroups'>;
type SoldAt = Pick<Site, 'code' | 'currency' | 'availableCurrencies'>;

/** What is known of a tenant's sites, and of who wants to shop there. */
export interface KnownSites {
  readonly sites: readonly Site[];
  /** Of the shopper; none of a guest. */
  readonly groups: readonly string[];
}

/** Whether a member of these groups may shop there. */
export const isOpenTo = ({ active, onlyForGroups }: OpenFor, groups: readonly string[]): boolean =>
  active && (onlyForGroups?.some((group) => groups.includes(group)) ?? true);

export const sells = ({ currency, availableCurrencies }: SoldAt, wanted: string): boolean =>
  wanted === currency || availableCurrencies.includes(wanted);

/** For those who act for others. */
export const inactiveProblem = (site: Site | undefined, code: string): Problem | undefined =>
  site?.active ? undefined : { field: 'siteCode', message: `no active site has the code ${code}` };

/** For shoppers. */
export function closedProblem(
  site: Site | undefined,
  code: string,
  groups: readonly string[],
): Problem | undefined {
  if (!site?.active) return inactiveProblem(site, code);
  if (isOpenTo(site, groups)) return undefined;
  return { field: 'siteCode', message: `the site ${code} is only for customers of certain groups` };
}

/** Carts and contexts are in a currency that their site sells in (F-03). */
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

export const siteOf = ({ sites }: KnownSites, code: string): Site | undefined =>
  sites.find((site) => site.code === code);

/** Where a shopper is, and in which currency. */
interface Place {
  readonly siteCode: string;
  readonly currency: string;
}

/**
 * The two are judged together, whichever of them is named (F-03). A site that is named alone brings its own currency if
 * it does not sell in the present one (F-04).
 * @returns what is named, with that currency
 * @throws InvalidInput - no active site has the code, or it does not sell in the currency
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
