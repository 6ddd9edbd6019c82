import { InvalidInput } from '../shared/domain-error.js';
import { isLanguage } from '../shared/iso/codes.js';

/** A text in several languages: BCP 47 tag to text. */
export type Localized = Readonly<Record<string, string>>;

/** What `Accept-Language` asks for: every translation, or the first available one of these. */
export type AcceptedLanguages = 'all' | readonly string[];

/**
 * Returns the requested languages, best first (RFC 9110 section 12.5.4). A range that can't be read is skipped, because
 * the header is only a preference.
 */
export function parseAcceptLanguage(header: string | undefined): AcceptedLanguages {
  const ranges = (header ?? '')
    .split(',', MAX_RANGES)
    .map(rangeOf)
    .filter((range) => range !== undefined);
  const ranked = ranges.toSorted((a, b) => b.quality - a.quality).map(({ tag }) => tag);
  return ranked[0] === '*' ? 'all' : ranked.filter((tag) => tag !== '*');
}

/** More than any browser sends. */
const MAX_RANGES = 50;

function rangeOf(text: string): { tag: string; quality: number } | undefined {
  const [tag = '', weight = 'q=1'] = text.split(';').map((part) => part.trim());
  const quality = /^q=(?:0(?:\.\d{1,3})?|1(?:\.0{1,3})?)$/.test(weight) ? Number(weight.slice(2)) : 0;
  return quality > 0 && (tag === '*' || isLanguage(tag)) ? { tag, quality } : undefined;
}

/**
 * Returns the language of a body's localized fields: `*` for maps of translations, or one language for plain strings.
 * @returns undefined if the header is missing or empty
 * @throws InvalidInput
 */
export function parseContentLanguage(header: string | undefined): string | undefined {
  if (header === undefined || header === '') return undefined;
  if (header === '*' || isLanguage(header)) return header;
  throw InvalidInput.of('Content-Language', 'must be * or one BCP 47 language tag, such as de');
}

/**
 * Returns a localized field of a body as a map. A map is accepted whatever the header says.
 * @param given what `Content-Language` names
 * @throws InvalidInput
 */
export function readLocalized(
  field: string,
  value: string | Localized,
  given: string | undefined,
  defaultLanguage: string,
): Localized {
  if (typeof value !== 'string') {
    const wrong = Object.keys(value).find((tag) => !isLanguage(tag));
    if (wrong === undefined) return value;
    throw InvalidInput.of(
      field,
      `has the key ${JSON.stringify(wrong)}, which is not a BCP 47 language tag such as de`,
    );
  }
  if (given === '*') throw InvalidInput.of(field, 'must be a map by language, because Content-Language is *');
  return { [given ?? defaultLanguage]: value };
}

/** Returns the one translation to show: an accepted one, otherwise the default one, otherwise any. */
export function translationOf(
  text: Localized,
  accepted: readonly string[],
  defaultLanguage: string,
): { readonly language: string; readonly text: string } | undefined {
  const known = Object.entries(text);
  const wanted = [...accepted, ...accepted.map((tag) => tag.split(/[-_]/, 1)[0] ?? ''), defaultLanguage];
  const found = wanted.flatMap((tag) => known.filter(([language]) => language === tag));
  const [first] = [...found, ...known];
  return first && { language: first[0], text: first[1] };
}

/** Returns a localized text as prices show it: all translations as a map, or one as a string. */
export function shownLocalized(
  text: Localized,
  accepted: AcceptedLanguages,
  defaultLanguage: string,
): string | Localized {
  return accepted === 'all' ? text : (translationOf(text, accepted, defaultLanguage)?.text ?? '');
}
