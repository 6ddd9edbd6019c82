import { describe, expect, it } from 'vitest';
import { changedQuantities } from './changed-quantities.rules.js';

const itemOf = (id: string, quantity: number) => ({
  id: '0',
  itemYrn: `urn:yaas:hybris:product:product:acme;${id}`,
  quantity,
  extra: {},
});

describe('The history of a cart', () => {
  it('tells how many pieces of each product there were and are', () => {
    const before = {
      items: [itemOf('umbrella', 1), itemOf('boots', 1), itemOf('boots', 2), itemOf('hat', 1)],
    };
    const after = { items: [itemOf('umbrella', 1), itemOf('boots', 5), itemOf('coat', 2)] };
    expect(changedQuantities(before, after)).toEqual([
      { field: 'cart.boots', from: 3, to: 5 },
      { field: 'cart.hat', from: 1 },
      { field: 'cart.coat', to: 2 },
    ]);
    expect(changedQuantities(undefined, { items: [] })).toEqual([]);
  });
});
