import { readCountry } from '../../shared/iso/countries.js';
import type { Campaign, CampaignRule, PostalCodeCondition } from '../vtex-settings.types.js';
import { beginsWith, isWithin } from './postal-code.rules.js';

/** What a session knows about its shopper. */
export interface Audience {
  readonly email?: string | undefined;
  /** Ids of the customer groups that the shopper is a member of. */
  readonly groups?: readonly string[];
  readonly utm_source?: string | undefined;
  readonly utm_campaign?: string | undefined;
  /** ISO 3166-1, in upper or lower case. */
  readonly country?: string | undefined;
  readonly postalCode?: string | undefined;
}

/**
 * Returns the ids of the campaigns whose audience the shopper is in (M-47), sorted, so that equal conditions give equal
 * segments.
 */
export const campaignsFor = (campaigns: readonly Campaign[], audience: Audience): readonly string[] =>
  campaigns
    .filter(({ rules }) => rules.some((rule) => meets(audience, rule)))
    .map(({ id }) => id)
    .toSorted();

/** Nobody meets a rule without conditions, because an audience requires values to be present (M-10). */
export function meets(audience: Audience, rule: CampaignRule): boolean {
  const asked = [
    rule.email && emailFits(audience.email, rule.email),
    rule.group && (audience.groups ?? []).includes(rule.group),
    rule.utm_source && sameText(audience.utm_source, rule.utm_source),
    rule.utm_campaign && sameText(audience.utm_campaign, rule.utm_campaign),
    rule.postalCode && postalCodeFits(audience, rule.postalCode),
  ].filter((met) => typeof met === 'boolean');
  return asked.length > 0 && asked.every(Boolean);
}

const normal = (text: string): string => text.trim().toLowerCase();

/** Ignores case and surrounding spaces, because people type links: `Black Friday` equals `black friday`. */
const sameText = (given: string | undefined, wanted: string): boolean =>
  given !== undefined && normal(given) === normal(wanted);

function emailFits(email: string | undefined, wanted: string): boolean {
  if (email === undefined) return false;
  return wanted.startsWith('@') ? normal(email).endsWith(normal(wanted)) : sameText(email, wanted);
}

/** Compares postal codes only within the rule's country, if it names one (F-61). */
function postalCodeFits({ postalCode: code, country }: Audience, wanted: PostalCodeCondition): boolean {
  if (code === undefined) return false;
  if (wanted.country !== undefined && readCountry(country ?? '') !== wanted.country) return false;
  return 'prefix' in wanted ? beginsWith(code, wanted.prefix) : isWithin(code, wanted);
}
