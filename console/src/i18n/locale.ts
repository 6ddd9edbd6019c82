import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Texts } from './en.ts';
import { isLanguage, type Language, LANGUAGES } from './languages.ts';

export type { Language } from './languages.ts';

/** Texts, and how this language writes times, numbers and money. */
export class Locale {
  readonly texts: Texts;
  private readonly times: Intl.DateTimeFormat;
  private readonly numbers: Intl.NumberFormat;

  constructor(readonly language: Language) {
    this.texts = LANGUAGES[language].texts;
    this.times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    this.numbers = new Intl.NumberFormat(language);
  }

  time(text: string): string {
    return this.times.format(new Date(text));
  }

  number(value: number): string {
    return this.numbers.format(value);
  }

  percent(share: number): string {
    return new Intl.NumberFormat(this.language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
  }

  /** The code stays visible where a currency is not known. */
  money(value: number, currency: string): string {
    return new Intl.NumberFormat(this.language, { style: 'currency', currency }).format(value);
  }

  list(words: readonly string[]): string {
    return new Intl.ListFormat(this.language).format(words);
  }
}

export const LocaleContext = createContext(new Locale('en'));

export const useLocale = (): Locale => useContext(LocaleContext);
export const useTexts = (): Texts => useContext(LocaleContext).texts;

const STORED = 'onesession.language';

/** The person's choice, else the browser's first language that the console speaks. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(STORED) ?? '', ...navigator.languages];
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

export const rememberLanguage = (language: Language): void => localStorage.setItem(STORED, language);
