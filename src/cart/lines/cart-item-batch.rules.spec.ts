import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import { newCart } from '../cart.rules.js';
import { withChangedItems, withItems, withItemsReplaced } from './cart-item-batch.rules.js';
import type { ItemDraft, ItemTerms } from './cart-items.rules.js';

const empty = newCart(
  { currency: 'EUR' },
  { id: 'c', tenant: 'acme', siteCode: 'main', owner: { kind: 'session', sessionId: 's' } },
  new Date('2026-01-15T12:00:00.000Z'),
);
const limits = { open: 20, lines: 500, bytes: 1024 * 1024 };
const shoppers: ItemTerms = { rights: { external: false }, prices: 'given', limits };
const umbrella: ItemDraft = {
  itemYrn: 'urn:umbrella',
  itemType: 'INTERNAL',
  keepAsSeparateLineItem: false,
  quantity: 1,
  price: { priceId: 'p', originalAmount: 20, effectiveAmount: 20, currency: 'EUR' },
  extra: {},
};
const inDollars: ItemDraft = { ...umbrella, price: { ...umbrella.price, currency: 'USD' } };
const unread = { refused: InvalidInput.of('quantity', 'is needed') };
const wanted = <T>(entry: T) => ({ wanted: entry });

describe('A batch of items', () => {
  it('goes on after an entry that is refused, which changes nothing', () => {
    const { cart, outcomes } = withItems(
      empty,
      [wanted(umbrella), wanted(inDollars), unread, wanted(umbrella)],
      shoppers,
    );
    expect(outcomes).toEqual([{ done: '0' }, { refused: expect.any(InvalidInput) }, unread, { done: '0' }]);
    expect(cart.items).toMatchObject([{ id: '0', quantity: 2 }]);
  });

  it('replaces lines one after the other', () => {
    const { cart } = withItems(empty, [wanted(umbrella)], shoppers);
    const changes = (quantity: number) => ({ quantity, extra: {} });
    const entries = [
      wanted({ id: '0', changes: changes(5) }),
      wanted({ id: '1', changes: changes(6) }),
      wanted({ id: '0', changes: changes(7) }),
    ];
    const changed = withChangedItems(cart, entries, shoppers);
    expect(changed.outcomes).toMatchObject([
      { done: '0' },
      { refused: { kind: 'not-found' } },
      { done: '0' },
    ]);
    expect(changed.cart.items).toMatchObject([{ id: '0', quantity: 7 }]);
  });

  it('is the given cart when every entry is refused', () => {
    expect(withItems(empty, [wanted(inDollars), unread], shoppers).cart).toBe(empty);
  });

  it('does not mistake a bug for a refusal', () => {
    const broken = { ...umbrella, price: undefined } as unknown as ItemDraft;
    expect(() => withItems(empty, [wanted(broken)], shoppers)).toThrow(TypeError);
  });
});

describe('All lines of a cart', () => {
  const raincoat: ItemDraft = {
    ...umbrella,
    itemYrn: 'urn:raincoat',
    price: { ...umbrella.price, priceId: 'r' },
  };
  const filled = withItems(empty, [wanted(umbrella), wanted(raincoat)], shoppers).cart;

  it('are replaced; a line whose product is wanted again keeps its id', () => {
    const boots: ItemDraft = { ...umbrella, itemYrn: 'urn:boots' };
    const drafts = [wanted({ ...raincoat, quantity: 3 }), wanted(boots)];
    const { cart, outcomes } = withItemsReplaced(filled, drafts, shoppers);
    expect(outcomes).toEqual([{ done: '1' }, { done: '2' }]);
    expect(cart.items).toMatchObject([
      { id: '1', itemYrn: 'urn:raincoat', quantity: 3 },
      { id: '2', itemYrn: 'urn:boots', quantity: 1 },
    ]);
  });

  it('can be named, each once and only for its own product', () => {
    const drafts = ['0', '0', '1'].map((lineId) => wanted({ ...umbrella, quantity: 2, lineId }));
    const { cart, outcomes } = withItemsReplaced(filled, drafts, shoppers);
    expect(outcomes).toEqual([{ done: '0' }, { done: '0' }, { done: '0' }]);
    expect(cart.items).toMatchObject([{ id: '0', quantity: 6 }]);
  });

  it('are left out where they are refused', () => {
    const { cart, outcomes } = withItemsReplaced(filled, [wanted(raincoat), wanted(inDollars)], shoppers);
    expect(outcomes).toEqual([{ done: '1' }, { refused: expect.any(InvalidInput) }]);
    expect(cart.items).toMatchObject([{ id: '1' }]);
    expect(withItemsReplaced(filled, [], shoppers).cart.items).toEqual([]);
  });

  it('keep the price that a backend gave them', () => {
    const backends = { ...shoppers, rights: { external: true } };
    const quoted: ItemDraft = { ...umbrella, itemType: 'EXTERNAL', quantity: 2 };
    const cart = withItems(empty, [wanted(quoted)], backends).cart;
    const same = withItemsReplaced(cart, [wanted({ ...umbrella, quantity: 3 })], shoppers);
    expect(same.cart.items).toEqual(cart.items);
  });
});
