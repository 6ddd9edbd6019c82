import { isISO31661Alpha2, isISO4217CurrencyCode } from 'class-validator';

/** Accepts ISO 4217 codes in upper case (behaviour W-59). */
export const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code) && isISO4217CurrencyCode(code);

/** Accepts ISO 3166-1 alpha-2 codes in upper case (behaviour W-59). */
export const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && isISO31661Alpha2(code);

/** Accepts BCP 47 tags. Emporix clients also write `en_US` and `DE`, so underscores and any case are accepted. */
export const isLanguage = (tag: string): boolean => languageTag(tag) !== undefined;

/** Canonical spellings of tags, because the same few come again and again. `undefined` stands for what is no tag. */
const known = new Map<string, string | undefined>();
const MOST_KNOWN = 1_000;

/** Returns a tag in the spelling of RFC 5646: `pt-BR` for `pt_br`. @returns undefined if it is no language tag */
export function languageTag(given: string): string | undefined {
  if (given.length > 35) return undefined;
  const tag = known.get(given);
  if (tag !== undefined || known.has(given)) return tag;
  if (known.size >= MOST_KNOWN) known.clear();
  const canonical = canonicalTag(given);
  known.set(given, canonical);
  return canonical;
}

function canonicalTag(given: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(given.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}
