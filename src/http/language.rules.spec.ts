import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../shared/domain-error.js';
import {
  parseAcceptLanguage,
  parseContentLanguage,
  readLocalized,
  shownLocalized,
  translationOf,
} from './language.rules.js';

const NAME = { en: 'Umbrella', de: 'Schirm', 'fr-CA': 'Parapluie' };

describe('Localized fields', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['*', 'all'],
    ['de', ['de']],
    ['fr;q=0.2, de;q=0.8, en', ['en', 'de', 'fr']],
    ['de;q=0, ???, en;q=x', []],
    ['de, *;q=0.1', ['de']],
  ])('are requested in the languages that Accept-Language %j ranks [W-60]', (header, wanted) => {
    expect(parseAcceptLanguage(header)).toEqual(wanted);
  });

  it('are shown in the best available language, or in all of them [W-60]', () => {
    expect(shownLocalized(NAME, ['fr', 'de'], 'en')).toBe('Schirm');
    expect(shownLocalized(NAME, ['de-AT'], 'en')).toBe('Schirm');
    expect(shownLocalized(NAME, ['it'], 'en')).toBe('Umbrella');
    expect(shownLocalized(NAME, [], 'it')).toBe('Umbrella');
    expect(shownLocalized(NAME, 'all', 'en')).toEqual(NAME);
    expect(translationOf(NAME, ['fr-CA'], 'en')).toEqual({ language: 'fr-CA', text: 'Parapluie' });
    expect(translationOf({}, ['de'], 'en')).toBeUndefined();
  });

  it('are accepted as a string in the given or the default language, or as a map [W-60]', () => {
    expect(readLocalized('name', 'Schirm', 'de', 'en')).toEqual({ de: 'Schirm' });
    expect(readLocalized('name', 'Umbrella', undefined, 'en')).toEqual({ en: 'Umbrella' });
    expect(readLocalized('name', NAME, 'de', 'en')).toBe(NAME);
  });

  it('are refused as a string if a map is announced, and with a key that is not a language', () => {
    expect(() => readLocalized('name', 'x', '*', 'en')).toThrow(/name: must be a map by language/);
    expect(() => readLocalized('name', JSON.parse('{"__proto__":"x"}'), '*', 'en')).toThrow(InvalidInput);
    expect(() => parseContentLanguage('de, en')).toThrow(/Content-Language/);
    expect([parseContentLanguage('*'), parseContentLanguage('de'), parseContentLanguage('')]).toEqual([
      '*',
      'de',
      undefined,
    ]);
  });
});
