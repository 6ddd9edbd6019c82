import { isISO31661Alpha2, isISO31661Alpha3 } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { alpha2Of, alpha3Of } from './countries.js';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const TWO = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter((code) => isISO31661Alpha2(code));

describe('The codes of a country', () => {
  it('convert to each other and back [W-76]', () => {
    expect(TWO.length).toBe(249);
    for (const code of TWO) {
      expect(isISO31661Alpha3(alpha3Of(code)), code).toBe(true);
      expect(alpha2Of(alpha3Of(code))).toBe(code);
    }
  });

  it('are BRA for BR, and nothing for a code that is not a country [W-76]', () => {
    expect([alpha3Of('BR'), alpha3Of('US'), alpha3Of('DE'), alpha3Of('GB')]).toEqual([
      'BRA',
      'USA',
      'DEU',
      'GBR',
    ]);
    expect([alpha3Of('XX'), alpha2Of('XXX'), alpha2Of('__proto__')]).toEqual(['XX', undefined, undefined]);
  });
});
