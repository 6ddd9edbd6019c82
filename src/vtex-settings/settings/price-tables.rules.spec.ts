import { describe, expect, it } from 'vitest';
import { priceTablesOf } from './price-tables.rules.js';

const GROUPS = [
  { id: 'gold', priceTables: ['gold', 'b2b'], version: 1 },
  { id: 'trade', priceTables: ['b2b', 'a'], version: 2 },
];

describe('The price tables of a customer', () => {
  it.each([
    [['gold'], ['b2b', 'gold']],
    [
      ['trade', 'gold'],
      ['a', 'b2b', 'gold'],
    ],
    [['silver'], []],
    [[], []],
  ])('who is in the groups %j are %j [S-27]', (memberOf, tables) => {
    expect(priceTablesOf(GROUPS, memberOf)).toEqual(tables);
  });
});
