import { de } from './de.ts';
import { en, type Texts } from './en.ts';

/** What the console speaks: by its tag, its own name and its texts. */
export const LANGUAGES = {
  en: { name: 'English', texts: en },
  de: { name: 'Deutsch', texts: de },
} satisfies Record<string, { readonly name: string; readonly texts: Texts }>;

export type Language = keyof typeof LANGUAGES;

export const isLanguage = (tag: string): tag is Language => Object.hasOwn(LANGUAGES, tag);
