import { isISO31661Alpha2, isISO4217CurrencyCode } from 'class-validator';

/** Accepts ISO 4217 codes in upper case (behaviour W-59). */
export const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code) && isISO4217CurrencyCode(code);

/** Accepts ISO 3166-1 alpha-2 codes in upper case (behaviour W-59). */
export const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && isISO31661Alpha2(code);

/** Accepts BCP 47 tags. Emporix clients also write `en_US` and `DE`, so underscores and any case are accepted. */
export function isLanguage(tag: string): boolean {
  if (tag.length > 35) return false;
  let answer = languages.get(tag);
  if (answer === undefined) {
    answer = isLanguageTag(tag);
    if (languages.size >= MOST_REMEMBERED) languages.clear();
    languages.set(tag, answer);
  }
  return answer;
}

/** Asked of the same few tags, and judging one takes longer than the rest of what an app does with it. */
const languages = new Map<string, boolean>();
const MOST_REMEMBERED = 1_000;

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-')).length === 1;
  } catch {
    return false;
  }
}
