import { describe, expect, it } from 'vitest';
import { linesChanged } from './cart-notes.rules.js';

const itemOf = (id: string, quantity: number) => ({
  id: '0',
  itemYrn: `urn:yaas:hybris:product:product:acme;${id}`,
  quantity,
  price: { priceId: `${id}-eur` },
});

describe('What changed between two answers of the cart', () => {
  it('is told for each product', () => {
    const before = { id: 'cart', items: [itemOf('umbrella', 1), itemOf('hat', 2)] };
    const after = { id: 'cart', items: [itemOf('umbrella', 3)] };
    expect(linesChanged(before, after)).toEqual([
      { field: 'cart.umbrella', from: 1, to: 3 },
      { field: 'cart.hat', from: 2 },
    ]);
  });

  it('is told for the line, if it names no product', () => {
    expect(linesChanged({ items: [] }, { items: [{ id: '4', quantity: 1 }] })).toEqual([
      { field: 'cart.4', to: 1 },
    ]);
  });

  it('names the product of a line from outside', () => {
    const items = [{ id: '4', quantity: 1, product: { id: 'engraving' } }];
    expect(linesChanged(null, { items })).toEqual([{ field: 'cart.engraving', to: 1 }]);
  });

  it('is nothing between answers that are no carts', () => {
    expect(linesChanged(null, { items: 'none' })).toEqual([]);
  });
});
