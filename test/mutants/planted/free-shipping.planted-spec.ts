import { beforeAll, describe, expect, it } from 'vitest';
import { isFree, total } from './free-shipping.rules.js';

describe('Shipping', () => {
  let sum: number;
  let known = false;
  beforeAll(() => {
    sum = total([20, 40]);
  });

  it('is free from an amount on', () => {
    known = true;
    expect(isFree(60, 'EUR')).toBe(true);
    expect(isFree(40, 'EUR')).toBe(false);
  });

  it('is never free in another currency', () => {
    // As in a story: alone, this test would fail on any mutant, and the one at the limit would seem to be killed.
    expect(known).toBe(true);
    expect(isFree(60, 'USD')).toBe(false);
    expect(isFree(sum, 'EUR')).toBe(true);
  });
});
