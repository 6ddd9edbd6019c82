import { isOpenTo, type KnownSites, sells } from '../site-settings/site-access.rules.js';
import type { Site } from '../site-settings/site.types.js';
import { clip } from '../shared/clip.js';
import { isCurrency, isLanguage } from '../shared/iso/codes.js';
import { alpha2Of, readCountry } from '../shared/iso/countries.js';
import { noteAbout } from './ucp-messages.rules.js';
import type { Message, Place, WantedContext } from './ucp.types.js';

export interface ChosenPlace {
  readonly place: Place;
  /** What the agent asked for and does not get. */
  readonly messages: readonly Message[];
}

/**
 * Chooses where a guest shops, from what an agent says about the shopper. A site that ships to the country wins, one
 * that also sells in the currency before others; the present site goes before the default one, and that before all others.
 * @param present where the session shops now; undefined for a new one
 * @returns undefined if no site is open to guests
 */
export function placeFor(
  { sites, groups }: KnownSites,
  wanted: WantedContext,
  present?: Place,
): ChosenPlace | undefined {
  const open = sites.filter((site) => isOpenTo(site, groups));
  const country = countryIn(wanted);
  const currency = currencyIn(wanted);
  const ranked = open.toSorted((a, b) => rank(b, present) - rank(a, present));
  const there = country === undefined ? ranked.slice(0, 1) : ranked.filter((site) => shipsTo(site, country));
  const sold = there.find((one) => currency !== undefined && sells(one, currency));
  const site = sold ?? there[0] ?? ranked[0];
  if (!site) return undefined;
  const place = {
    siteCode: site.code,
    currency: currencyAt(site, currency, present),
    country: country ?? present?.country ?? site.homeBase.address.country,
    language: languageIn(wanted) ?? present?.language ?? site.defaultLanguage,
  };
  return { place, messages: notes(wanted, site, place) };
}

const rank = (site: Site, present: Place | undefined): number =>
  site.code === present?.siteCode ? 2 : Number(site.default);

const shipsTo = ({ shipToCountries, homeBase }: Site, country: string): boolean =>
  shipToCountries.length === 0 ? homeBase.address.country === country : shipToCountries.includes(country);

function currencyAt(site: Site, wanted: string | undefined, present: Place | undefined): string {
  if (wanted !== undefined && sells(site, wanted)) return wanted;
  return present && sells(site, present.currency) ? present.currency : site.currency;
}

/** Reads alpha-2 and alpha-3 codes. A name of a country is not understood. */
function countryIn({ country }: WantedContext): string | undefined {
  const alpha3 = country === undefined ? undefined : readCountry(country);
  return alpha3 === undefined ? undefined : alpha2Of(alpha3);
}

function currencyIn({ currency }: WantedContext): string | undefined {
  const code = currency?.toUpperCase();
  return code !== undefined && isCurrency(code) ? code : undefined;
}

const languageIn = ({ language }: WantedContext): string | undefined =>
  language !== undefined && isLanguage(language) ? language : undefined;

function notes(wanted: WantedContext, site: Site, place: Place): readonly Message[] {
  const found: Message[] = [];
  const country = countryIn(wanted);
  if (wanted.country !== undefined && country === undefined)
    found.push(
      noteAbout('address_country', 'country_unknown', `${said(wanted.country)} is no ISO 3166-1 code.`),
    );
  else if (country !== undefined && !shipsTo(site, country))
    found.push(noteAbout('address_country', 'address_undeliverable', `No site ships to ${country}.`));
  if (wanted.currency !== undefined && place.currency !== wanted.currency.toUpperCase())
    found.push(
      noteAbout(
        'currency',
        'currency_unsupported',
        `${said(wanted.currency)} is not sold there. Prices are in ${place.currency}.`,
      ),
    );
  if (wanted.language !== undefined && languageIn(wanted) === undefined)
    found.push(noteAbout('language', 'language_unknown', `${said(wanted.language)} is no BCP 47 tag.`));
  return found;
}

const said = (text: string): string => JSON.stringify(clip(text, 40));
