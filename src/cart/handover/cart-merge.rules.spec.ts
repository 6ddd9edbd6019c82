import { describe, expect, it } from 'vitest';
import type { DiscountCode } from '../../discount/discount.types.js';
import { InvalidInput, TooLarge } from '../../shared/domain-error.js';
import { CartNotFound } from '../cart.errors.js';
import { newCart } from '../cart.rules.js';
import type { Cart, CartItem, IncomingCart } from '../cart.types.js';
import type { CalculationInputs } from '../totals/cart-discounts.rules.js';
import * as merging from './cart-merge.rules.js';

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

const { closedFor } = merging;

/** Of a tenant whose prices are kept elsewhere: for prices of ours, see cart-line-prices.rules.spec.ts. */
const announced = (target: Cart, incoming: readonly IncomingCart[]): Cart =>
  merging.announced(target, incoming, 'given', { open: 20, lines: 500, bytes: 4 * 1024 * 1024 });
const settled = (
  target: Cart,
  outcomes: ReadonlyMap<string, 'closed' | 'not-closed'>,
  by: CalculationInputs,
): Cart => merging.settled(target, outcomes, by, 'given');

const inputs: CalculationInputs = { site: undefined, codes: [], now };

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
      inputs,
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
    const done = settled(waiting, new Map([['m', 'closed']]), inputs);
    expect(done.incoming?.map(({ mergeId }) => mergeId)).toEqual(['n']);
    expect(settled(done, new Map([['m', 'closed']]), inputs)).toBe(done);
  });

  it('leaves out a cart that was not closed for it, and makes no version of that', () => {
    const done = settled(
      waiting,
      new Map([
        ['m', 'not-closed'],
        ['n', 'not-closed'],
      ]),
      inputs,
    );
    expect(done).toEqual(target);
  });

  describe('of carts with discount codes', () => {
    const codes: DiscountCode[] = [
      { tenant: 'acme', code: 'TENTH', percent: 10, stackable: true },
      { tenant: 'acme', code: 'ABROAD', percent: 10, stackable: true, siteCodes: ['us'] },
      { tenant: 'acme', code: 'DOLLARS', amount: 1, currency: 'USD', stackable: true },
      { tenant: 'acme', code: 'LATER', percent: 10, stackable: true, from: new Date(now.getTime() + 1) },
      { tenant: 'acme', code: 'ENDED', percent: 10, stackable: true, to: now },
      { tenant: 'acme', code: 'FIVE', amount: 5, currency: 'EUR', stackable: true, minimumOrderValue: 5 },
      { tenant: 'acme', code: 'MANY', amount: 5, currency: 'EUR', stackable: true, minimumOrderValue: 50 },
      { tenant: 'acme', code: 'ALONE', percent: 50, stackable: false },
    ];
    const placed = (code: string, id = '0') => ({ id, code, stackable: code !== 'ALONE' });
    const come = (into: Cart, ...names: readonly string[]) => {
      const discounts = names.map((name) => placed(name));
      const incoming = [{ ...coming('m', item('a', 4)), discounts }];
      return settled(announced(into, incoming), new Map([['m', 'closed']]), { ...inputs, codes }).discounts;
    };

    it('takes those that are for this site, currency and time, and the sum of all lines', () => {
      const names = [...codes.map(({ code }) => code), 'NOBODY-DECLARED'];
      expect(come(cartWith('t', [item('a', 1)]), ...names)).toEqual([placed('TENTH'), placed('FIVE', '1')]);
    });

    it('takes each once, and none beside one that does not go with others', () => {
      expect(come(cartWith('t', [], { discounts: [placed('TENTH')] }), 'TENTH', 'ALONE')).toEqual([
        placed('TENTH'),
      ]);
      expect(come(cartWith('t', [], { discounts: [placed('ALONE')] }), 'TENTH')).toEqual([placed('ALONE')]);
    });

    it('takes none of a cart that was not closed for it', () => {
      const incoming = [{ ...coming('m', item('a', 4)), discounts: [placed('TENTH')] }];
      const outcomes = new Map([['m', 'not-closed']] as const);
      expect(settled(announced(target, incoming), outcomes, { ...inputs, codes })).toEqual(target);
    });
  });

  it.each<[string, Partial<CartItem>]>([
    ['another price', { price: { ...item('a', 1).price, priceId: 'other' } }],
    ['another type', { itemType: 'EXTERNAL' }],
    ['the wish to stay separate', { keepAsSeparateLineItem: true }],
  ])('keeps a line apart that has %s', (_, over) => {
    const other = announced(target, [coming('m', item('a', 1, over))]);
    expect(settled(other, new Map([['m', 'closed']]), inputs).items).toHaveLength(3);
  });
});
