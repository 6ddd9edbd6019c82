import { describe, expect, it } from 'vitest';
import { isCountry, isCurrency, isLanguage, languageTag } from './codes.js';

describe('Standard codes', () => {
  it.each(['EUR', 'USD', 'GBP', 'CHF', 'JPY'])('include the currency %s [W-59]', (code) => {
    expect(isCurrency(code)).toBe(true);
  });

  it.each(['eur', 'Eur', 'EU', 'EURO', 'QQQ', 'ABC', '', ' EUR', 'EUR\n', '€'])(
    'do not include %j as a currency [W-59, P-48]',
    (code) => expect(isCurrency(code)).toBe(false),
  );

  it.each(['DE', 'US', 'GB', 'FR', 'AT'])('include the country %s [W-59]', (code) => {
    expect(isCountry(code)).toBe(true);
  });

  it.each(['de', 'De', 'DEU', 'ZZ', 'UK', '', '../x', 'DE\n'])(
    'do not include %j as a country [W-59, P-48]',
    (code) => expect(isCountry(code)).toBe(false),
  );

  it.each(['de', 'en', 'en-US', 'zh-Hant-TW', 'sr-Latn-RS', 'de-CH-1996'])(
    'include the language %s [W-59]',
    (tag) => expect(isLanguage(tag)).toBe(true),
  );

  it.each(['en_US', 'de_DE', 'DE', 'EN-us', 'zh_Hant_TW'])(
    'include the language as Emporix clients write it: %s',
    (tag) => expect(isLanguage(tag)).toBe(true),
  );

  it.each([
    '',
    'd',
    'english language',
    '../x',
    'en-',
    '-en',
    'en--US',
    'en US',
    '12',
    `en-${'x'.repeat(40)}`,
  ])('do not include %j as a language [W-59, P-48]', (tag) => expect(isLanguage(tag)).toBe(false));
});

describe('A language tag', () => {
  it.each([
    ['pt-br', 'pt-BR'],
    ['PT_BR', 'pt-BR'],
    ['zh_hant_tw', 'zh-Hant-TW'],
    ['DE', 'de'],
    ['en-US', 'en-US'],
  ])('%s is written %s [W-59, F-28]', (given, tag) => expect(languageTag(given)).toBe(tag));

  it('is nothing else', () => {
    expect(languageTag('no language')).toBeUndefined();
    expect(languageTag('')).toBeUndefined();
  });
});
