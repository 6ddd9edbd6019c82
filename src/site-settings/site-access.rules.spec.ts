import { describe, expect, it } from 'vitest';
import { aSite } from '../../test/support/data/builders.js';
import { InvalidInput } from '../shared/domain-error.js';
import { closedProblem, expectSoldAt, isOpenTo, placed, sells } from './site-access.rules.js';
import type { Site } from './site.types.js';

const sellingIn = (
  code: string,
  currencies: readonly [string, ...string[]],
  over: Partial<Site> = {},
): Site => aSite(code, { currency: currencies[0], availableCurrencies: currencies.slice(1), ...over });

const main = sellingIn('main', ['EUR', 'USD', 'EUR']);
const us = sellingIn('us', ['USD']);
const closed = sellingIn('closed', ['EUR'], { active: false });
const gold = sellingIn('gold', ['EUR'], { onlyForGroups: ['gold', 'silver'] });
const known = { sites: [main, us, closed, gold], groups: [] };

const problemsOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    if (error instanceof InvalidInput) return error.details['details'];
    throw error;
  }
};

describe('A site', () => {
  it('is open to everybody while it is active, unless it is for groups', () => {
    expect(isOpenTo(main, [])).toBe(true);
    expect(isOpenTo(closed, ['gold'])).toBe(false);
    expect(isOpenTo(gold, ['bronze'])).toBe(false);
    expect(isOpenTo(gold, ['bronze', 'silver'])).toBe(true);
    expect(isOpenTo({ ...gold, active: false }, ['gold'])).toBe(false);
    expect(isOpenTo({ ...gold, onlyForGroups: [] }, ['gold'])).toBe(false);
  });

  it('that may not be used is named, with the reason', () => {
    const unknown = { field: 'siteCode', message: 'no active site has the code x' };
    expect(closedProblem(undefined, 'x', [])).toEqual(unknown);
    expect(closedProblem(closed, 'x', [])).toEqual(unknown);
    expect(closedProblem(gold, 'gold', [])?.message).toContain('certain groups');
    expect(closedProblem(gold, 'gold', ['gold'])).toBeUndefined();
  });

  it('sells in its own currency, listed or not, and in those that it lists [F-03]', () => {
    expect(['EUR', 'USD', 'GBP'].map((currency) => sells(main, currency))).toEqual([true, true, false]);
    expect(problemsOf(() => expectSoldAt(main, 'GBP'))).toEqual([
      { field: 'currency', message: 'GBP is not sold at the site main, which sells in EUR, USD' },
    ]);
  });
});

describe('A site and a currency', () => {
  const present = { siteCode: 'main', currency: 'EUR' };

  it.each([
    [{ currency: 'USD' }, { currency: 'USD' }],
    [{ siteCode: 'main' }, { siteCode: 'main' }],
    [
      { siteCode: 'us', currency: 'USD' },
      { siteCode: 'us', currency: 'USD' },
    ],
    [{ siteCode: 'us' }, { siteCode: 'us', currency: 'USD' }],
    [
      { siteCode: 'us', language: 'de' },
      { siteCode: 'us', language: 'de', currency: 'USD' },
    ],
  ])('fit each other when %j is named [F-03, F-04]', (named, expected) => {
    expect(placed(known, named, present)).toEqual(expected);
  });

  it.each([
    [{ currency: 'GBP' }, 'currency'],
    [{ siteCode: 'us', currency: 'EUR' }, 'currency'],
    [{ siteCode: 'nowhere' }, 'siteCode'],
    [{ siteCode: 'closed', currency: 'EUR' }, 'siteCode'],
  ])('are refused when %j is named [F-03]', (named, field) => {
    expect(problemsOf(() => placed(known, named, present))).toEqual([{ field, message: expect.any(String) }]);
  });
});
