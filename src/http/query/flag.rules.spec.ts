import { describe, expect, it } from 'vitest';
import { flagOf } from './flag.rules.js';

describe('A flag in a query', () => {
  it.each([
    ['true', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
  ])('is taken in any case: %s', (text, flag) => {
    expect(flagOf(text)).toBe(flag);
  });

  it.each(['', '1', 'yes', ' true', 'truetrue'])('is nothing else, not even %j [F-22]', (text) => {
    expect(flagOf(text)).toBeUndefined();
  });
});
