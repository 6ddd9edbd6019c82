import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import { newCart } from '../cart.rules.js';
import { withChangedItems, withItems } from './cart-item-batch.rules.js';
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
  it('goes on behind an entry that is refused, which leaves nothing', () => {
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

  it('does not take a bug for a refusal', () => {
    const broken = { ...umbrella, price: undefined } as unknown as ItemDraft;
    expect(() => withItems(empty, [wanted(broken)], shoppers)).toThrow(TypeError);
  });
});
