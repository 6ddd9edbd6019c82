import { describe, expect, it } from 'vitest';
import { InvalidInput, TooLarge } from '../shared/domain-error.js';
import { announced, closedFor, settled } from './cart-merge.rules.js';
import { CartNotFound } from './cart.errors.js';
import { newCart } from './cart.rules.js';
import type { Cart, CartItem, IncomingCart } from './cart.types.js';

const now = new Date('2026-01-15T12:00:00.000Z');

const item = (product: string, quantity: number, over: Partial<CartItem> = {}): CartItem => ({
  id: '0',
  itemYrn: product,
  itemType: 'INTERNAL',
  keepAsSeparateLineItem: false,
  quantity,
  price: { priceId: `price of ${product}`, originalAmount: 1, effectiveAmount: 1, currency: 'EUR' },
  extra: {},
  ...over,
});

const cartWith = (id: string, items: readonly CartItem[], over: Partial<Cart> = {}): Cart => ({
  ...newCart(
    { currency: 'EUR' },
    { id, tenant: 'acme', siteCode: 'main', owner: { kind: 'customer', customerId: 'anna' } },
    now,
  ),
  items: items.map((one, index) => ({ ...one, id: String(index) })),
  nextItemId: items.length,
  ...over,
});

const coming = (mergeId: string, ...items: readonly CartItem[]): IncomingCart => ({
  mergeId,
  cartId: `cart of ${mergeId}`,
  version: 3,
  items,
});

const linesOf = ({ items }: Cart) => items.map(({ id, itemYrn, quantity }) => [id, itemYrn, quantity]);

describe('Lines that are incoming', () => {
  const target = cartWith('t', [item('a', 1)]);

  it('change nothing that anybody sees', () => {
    const next = announced(target, [coming('m', item('a', 2))]);
    expect(next).toEqual({ ...target, incoming: [coming('m', item('a', 2))] });
  });

  it('wait beside those of other merges', () => {
    const next = announced(announced(target, [coming('m')]), [coming('n')]);
    expect(next.incoming?.map(({ mergeId }) => mergeId)).toEqual(['m', 'n']);
  });

  it('do not go into a closed cart, nor past the size of one', () => {
    expect(() => announced({ ...target, status: 'CLOSED' }, [coming('m')])).toThrow(CartNotFound);
    const many = Array.from({ length: 500 }, (_, i) => item(`p${i}`, 1));
    expect(() => announced(target, [coming('m', ...many)])).toThrow(InvalidInput);
    expect(() => announced(target, [coming('m', ...many.slice(1))])).not.toThrow();
    const large = item('b', 1, { extra: { product: { name: 'x'.repeat(5_000_000) } } });
    expect(() => announced(target, [coming('m', large)])).toThrow(TooLarge);
  });
});

describe('A cart that is merged', () => {
  const source = cartWith('s', [], { version: 3 });

  it('is closed for one merge, and erased some time later [C-08]', () => {
    const closed = closedFor(source, 't', coming('m'), now);
    expect(closed).toMatchObject({
      status: 'CLOSED',
      version: 4,
      mergedInto: { cartId: 't', mergeId: 'm' },
      reviewAt: new Date('2026-01-16T12:00:00.000Z'),
    });
    expect(closedFor(closed, 'other', { ...coming('n'), version: 4 }, now)).toBe(closed);
  });

  it('stays when it was changed since its lines were read', () => {
    const changed = { ...source, version: 4 };
    expect(closedFor(changed, 't', coming('m'), now)).toBe(changed);
  });
});

describe('A merge that is settled', () => {
  const target = cartWith('t', [item('a', 0.1), item('b', 1)]);
  const waiting = announced(target, [coming('m', item('a', 0.2), item('c', 5)), coming('n', item('d', 7))]);

  it('joins lines of the same product and price, and puts the others behind them [W-53]', () => {
    const done = settled(
      waiting,
      new Map([
        ['m', 'closed'],
        ['n', 'closed'],
      ]),
      now,
    );
    expect(linesOf(done)).toEqual([
      ['0', 'a', 0.3],
      ['1', 'b', 1],
      ['2', 'c', 5],
      ['3', 'd', 7],
    ]);
    expect(done).toMatchObject({ nextItemId: 4, version: 2 });
    expect(done).not.toHaveProperty('incoming');
  });

  it('brings lines once, however often it is settled', () => {
    const done = settled(waiting, new Map([['m', 'closed']]), now);
    expect(done.incoming?.map(({ mergeId }) => mergeId)).toEqual(['n']);
    expect(settled(done, new Map([['m', 'closed']]), now)).toBe(done);
  });

  it('leaves out a cart that was not closed for it, and makes no version of that', () => {
    const done = settled(
      waiting,
      new Map([
        ['m', 'not-closed'],
        ['n', 'not-closed'],
      ]),
      now,
    );
    expect(done).toEqual(target);
  });

  it.each<[string, Partial<CartItem>]>([
    ['another price', { price: { ...item('a', 1).price, priceId: 'other' } }],
    ['another type', { itemType: 'EXTERNAL' }],
    ['the wish to stay separate', { keepAsSeparateLineItem: true }],
  ])('keeps a line apart that has %s', (_, over) => {
    const other = announced(target, [coming('m', item('a', 1, over))]);
    expect(settled(other, new Map([['m', 'closed']]), now).items).toHaveLength(3);
  });
});
