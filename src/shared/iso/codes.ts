import { isISO31661Alpha2, isISO4217CurrencyCode } from 'class-validator';

/** Accepts ISO 4217 codes in upper case (behaviour W-59). */
export const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code) && isISO4217CurrencyCode(code);

/** Accepts ISO 3166-1 alpha-2 codes in upper case (behaviour W-59). */
export const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && isISO31661Alpha2(code);

/** Accepts BCP 47 tags. Emporix clients also write `en_US` and `DE`, so underscores and any case are accepted. */
export function isLanguage(tag: string): boolean {
  if (tag.length > 35) return false;
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-')).length === 1;
  } catch {
    return false;
  }
}
