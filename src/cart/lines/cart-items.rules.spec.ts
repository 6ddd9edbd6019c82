import { describe, expect, it } from 'vitest';
import { Forbidden, InvalidInput, TooLarge } from '../../shared/domain-error.js';
import { CartItemNotFound } from '../cart.errors.js';
import { newCart } from '../cart.rules.js';
import type { Cart } from '../cart.types.js';
import { totalUnits } from '../totals/cart-totals.rules.js';
import {
  type ItemDraft,
  type ItemTerms,
  withChangedItem,
  withItem,
  withoutItem,
  withoutItems,
} from './cart-items.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const empty = newCart(
  { currency: 'EUR' },
  { id: 'c', tenant: 'acme', siteCode: 'main', owner: { kind: 'session', sessionId: 's' } },
  now,
);

const LIMITS = { open: 20, lines: 500, bytes: 1024 * 1024 };
const shoppers: ItemTerms = { rights: { external: false }, prices: 'given', limits: LIMITS };
const backends: ItemTerms = { ...shoppers, rights: { external: true } };

const price = { priceId: 'p', originalAmount: 20, effectiveAmount: 19.9, currency: 'EUR' };
const umbrella: ItemDraft = {
  itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella',
  itemType: 'INTERNAL',
  keepAsSeparateLineItem: false,
  quantity: 1,
  price,
  extra: {},
};
const { priceId: _none, ...amounts } = price;
const external: ItemDraft = { ...umbrella, itemType: 'EXTERNAL', price: amounts };

const filled = (...drafts: ItemDraft[]): Cart =>
  drafts.reduce((cart, draft) => withItem(cart, draft, backends).cart, empty);

describe('Putting an item into a cart', () => {
  it('joins the line of the same product at the same price [W-52]', () => {
    const { cart, itemId } = withItem(
      filled({ ...umbrella, quantity: 0.1 }),
      { ...umbrella, quantity: 0.2 },
      shoppers,
    );
    expect(itemId).toBe('0');
    expect(cart.items).toEqual([{ ...umbrella, id: '0', quantity: 0.3 }]);
  });

  it('takes the amounts and the data that came last for the line', () => {
    const first = { ...umbrella, extra: { taxCode: 'A', mixins: { a: 1 } } };
    const next = { ...umbrella, price: { ...price, effectiveAmount: 18 }, extra: { mixins: { b: 2 } } };
    expect(filled(first, next).items).toEqual([
      { ...next, id: '0', quantity: 2, extra: { taxCode: 'A', mixins: { b: 2 } } },
    ]);
  });

  it('makes a line of its own for another product or price, or when it is to stay separate', () => {
    const separate = { ...umbrella, keepAsSeparateLineItem: true };
    const others = [
      { ...umbrella, itemYrn: 'urn:other' },
      { ...umbrella, price: { ...price, priceId: 'other' } },
      separate,
      external,
      external,
    ];
    for (const other of others) expect(filled(umbrella, other).items).toHaveLength(2);
    expect(filled(separate, umbrella).items).toHaveLength(2);
    expect(filled(external, external).items).toHaveLength(2);
  });

  it('counts ids up, and never uses one twice', () => {
    const separate = { ...umbrella, keepAsSeparateLineItem: true };
    const cart = withoutItem(filled(separate, separate), '1');
    expect(withItem(cart, separate, shoppers).itemId).toBe('2');
    expect(withItem(withoutItems(cart), separate, shoppers).itemId).toBe('2');
  });

  it('asks for a price in the currency of the cart, and for its id', () => {
    const inDollars = { ...umbrella, price: { ...price, currency: 'USD' } };
    expect(() => withItem(empty, inDollars, shoppers)).toThrow(/^price.currency: .*EUR/);
    expect(() => withItem(empty, { ...umbrella, price: amounts }, shoppers)).toThrow(/^price.priceId: /);
    expect(withItem(empty, external, backends).itemId).toBe('0');
  });

  it('takes prices, fees and discounts from outside only from a backend that may', () => {
    const drafts = [
      external,
      ...['externalFees', 'externalDiscounts'].map((field) => ({ ...umbrella, extra: { [field]: [] } })),
      ...['linePrice', 'lineTax'].map((field) => ({ ...umbrella, extra: { [field]: {} } })),
    ];
    for (const draft of drafts) {
      expect(() => withItem(empty, draft, shoppers)).toThrow(Forbidden);
      expect(() => withItem(empty, draft, backends)).not.toThrow();
    }
  });

  it('tells with price and tax of a whole line which quantity they are for', () => {
    const extra = { lineTax: { rate: 19 }, linePrice: { effectiveAmount: 5 } };
    const stated = { lineTax: { rate: 19, quantity: 3 }, linePrice: { effectiveAmount: 5, quantity: 3 } };
    const cart = filled({ ...external, quantity: 3, extra });
    expect(cart.items[0]?.extra).toEqual(stated);
    const more = withChangedItem(cart, '0', { quantity: 5, extra: {} }, 'merge', backends);
    expect(more.items[0]?.extra).toEqual(stated);
    const again = withChangedItem(more, '0', { extra }, 'merge', backends);
    expect(again.items[0]?.extra).toMatchObject({ linePrice: { effectiveAmount: 5, quantity: 5 } });
  });

  it('refuses a price of the whole line in another currency than the cart', () => {
    const extra = { linePrice: { effectiveAmount: 5, originalAmount: 5, currency: 'USD' } };
    const message = 'linePrice.currency: must be EUR, the currency of the cart';
    expect(() => withItem(empty, { ...external, extra }, backends)).toThrow(message);
    for (const mode of ['merge', 'replace'] as const)
      expect(() => withChangedItem(filled(external), '0', { extra }, mode, backends)).toThrow(message);
  });

  it('keeps the price of a whole line as it is when a shopper sends it back', () => {
    const cart = filled({ ...external, quantity: 3, extra: { linePrice: { effectiveAmount: 5 } } });
    const extra = { linePrice: { effectiveAmount: 5 } };
    for (const mode of ['merge', 'replace'] as const) {
      const next = withChangedItem(cart, '0', { quantity: 9, extra }, mode, shoppers);
      expect(next.items[0]?.extra).toEqual({ linePrice: { effectiveAmount: 5, quantity: 3 } });
    }
  });

  it('ends at 500 lines, and with large data', () => {
    const separate = { ...umbrella, keepAsSeparateLineItem: true };
    const full = filled(...Array.from({ length: 500 }, () => separate));
    expect(() => withItem(full, separate, shoppers)).toThrow(InvalidInput);
    const large = { ...umbrella, extra: { mixins: { text: 'x'.repeat(66_000) } } };
    expect(() => withItem(empty, large, shoppers)).toThrow(TooLarge);
  });
});

describe('Changing an item', () => {
  const cart = filled({ ...umbrella, extra: { taxCode: 'A', mixins: { a: 1 } } });

  it('in parts keeps what is absent', () => {
    const next = withChangedItem(cart, '0', { quantity: 0, extra: { taxCode: 'B' } }, 'merge', shoppers);
    expect(next.items).toEqual([
      { ...umbrella, id: '0', quantity: 0, extra: { taxCode: 'B', mixins: { a: 1 } } },
    ]);
  });

  it('as a whole drops what is absent, but never product, quantity and price', () => {
    const next = withChangedItem(cart, '0', { quantity: 5, extra: { taxCode: 'B' } }, 'replace', shoppers);
    expect(next.items).toEqual([{ ...umbrella, id: '0', quantity: 5, extra: { taxCode: 'B' } }]);
  });

  it('holds to the same rules as putting it in', () => {
    const change = (changes: Partial<ItemDraft>, rights = shoppers) =>
      withChangedItem(cart, '0', { extra: {}, ...changes }, 'merge', rights);
    expect(() => change({ price: { ...price, currency: 'USD' } })).toThrow(InvalidInput);
    expect(() => change({ price: amounts })).toThrow(InvalidInput);
    expect(() => change({ itemType: 'EXTERNAL' })).toThrow(Forbidden);
    expect(() => change({ extra: { linePrice: {} } })).toThrow(Forbidden);
    expect(change({ itemType: 'EXTERNAL', price: amounts }, backends).items[0]?.price).toEqual(amounts);
  });

  it('lets a shopper change the quantity of what a backend put in, and nothing that its price is for', () => {
    const extra = { linePrice: { effectiveAmount: 1 }, product: { id: 'gift' }, mixins: { a: 1 } };
    const theirs = filled({ ...external, extra });
    const change = (changes: Partial<ItemDraft>, mode: 'merge' | 'replace' = 'merge') =>
      withChangedItem(theirs, '0', { extra: {}, ...changes }, mode, shoppers);
    expect(change({ quantity: 2 }).items[0]).toMatchObject({ quantity: 2, extra });
    expect(change({ ...external, quantity: 2, extra }).items[0]).toMatchObject({ quantity: 2, extra });
    const { mixins: _gone, ...kept } = extra;
    expect(change({ quantity: 2 }, 'replace').items[0]?.extra).toMatchObject(kept);
    expect(change({ quantity: 2 }, 'replace').items[0]?.extra).not.toHaveProperty('mixins');
    const refused: Partial<ItemDraft>[] = [
      { price: { ...amounts, effectiveAmount: 0 } },
      { price: { ...amounts, measurementUnit: { quantity: 100 } } },
      { itemYrn: 'urn:other' },
      { itemType: 'INTERNAL', price },
      { extra: { product: { id: 'other' } } },
      { extra: { linePrice: { effectiveAmount: 0 } } },
    ];
    for (const changes of refused) {
      expect(() => change(changes)).toThrow(Forbidden);
      expect(() => change(changes, 'replace')).toThrow(Forbidden);
    }
  });

  it('finds no item of another id', () => {
    for (const id of ['1', '00', '', '__proto__']) {
      expect(() => withChangedItem(cart, id, { extra: {} }, 'merge', shoppers)).toThrow(CartItemNotFound);
      expect(() => withoutItem(cart, id)).toThrow(CartItemNotFound);
    }
  });
});

describe('Taking items out', () => {
  it('takes one, or all, and counts what is left', () => {
    const cart = filled({ ...umbrella, quantity: 0.1 }, { ...external, quantity: 0.2 });
    expect(totalUnits(cart)).toBe(0.3);
    expect(totalUnits(withoutItem(cart, '0'))).toBe(0.2);
    expect(withoutItems(cart).items).toEqual([]);
    expect(withoutItems(empty)).toBe(empty);
  });
});
