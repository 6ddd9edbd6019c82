import { isISO31661Alpha2, isISO4217CurrencyCode } from 'class-validator';

/** Accepts ISO 4217 codes in upper case (behaviour W-59). */
export const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code) && isISO4217CurrencyCode(code);

/** Accepts ISO 3166-1 alpha-2 codes in upper case (behaviour W-59). */
export const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && isISO31661Alpha2(code);

/** Accepts BCP 47 tags. Emporix clients also write `en_US` and `DE`, so underscores and any case are accepted. */
export const isLanguage = (tag: string): boolean => languageTag(tag) !== undefined;

/** The spelling that most tags have already, such as `de` and `en-US`. */
const USUAL = /^[a-z]{2}(?:-[A-Z]{2})?$/;

/** Returns a tag in the spelling of RFC 5646: `pt-BR` for `pt_br`. @returns undefined if it is no language tag */
export function languageTag(given: string): string | undefined {
  if (USUAL.test(given)) return given;
  if (given.length > 35) return undefined;
  try {
    return Intl.getCanonicalLocales(given.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}
