import { describe, expect, it } from 'vitest';
import { aPrice } from '../../test/support/data/builders.js';
import type { CartItem } from '../cart/cart.types.js';
import type { MatchedPrice } from '../price/matching/match.types.js';
import { InvalidInput } from '../shared/domain-error.js';
import { priced, refusalsOf, wantedItems } from './ucp-lines.rules.js';

const match = (over: Partial<MatchedPrice> = {}): MatchedPrice => ({
  price: aPrice({ id: 'umbrella-eur' }),
  siteCode: 'main',
  country: 'DE',
  quantity: { quantity: 1, unitCode: 'pc' },
  includesTax: true,
  originalValue: 19.9,
  effectiveValue: 17.9,
  totalValue: 35.8,
  ...over,
});

const umbrella = { productId: 'umbrella', quantity: 2 };

describe('The lines that an agent wants', () => {
  it('are asked for as products', () => {
    expect(wantedItems([umbrella])).toEqual([
      { itemId: { itemType: 'PRODUCT', id: 'umbrella' }, quantity: { quantity: 2 } },
    ]);
    expect(wantedItems([{ ...umbrella, quantity: Number.MAX_SAFE_INTEGER }])).toMatchObject([
      { quantity: { quantity: 1_000_000_000_000 } },
    ]);
  });

  it('get the price that was found', () => {
    const { entries, messages } = priced('acme', [{ ...umbrella, lineId: '7' }], [match()]);
    expect(messages).toEqual([]);
    expect(entries).toEqual([
      {
        index: 0,
        draft: {
          itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella',
          itemType: 'INTERNAL',
          keepAsSeparateLineItem: false,
          quantity: 2,
          price: {
            priceId: 'umbrella-eur',
            originalAmount: 19.9,
            effectiveAmount: 17.9,
            currency: 'EUR',
          },
          extra: {},
          lineId: '7',
        },
      },
    ]);
  });

  it.each([
    [umbrella, undefined, 'item_unavailable', '$.line_items[1].item.id'],
    [
      { ...umbrella, quantity: Number.MAX_SAFE_INTEGER },
      match(),
      'quantity_out_of_range',
      '$.line_items[1].quantity',
    ],
    [umbrella, match({ totalValue: 1e12 }), 'quantity_out_of_range', '$.line_items[1].quantity'],
    [
      { ...umbrella, unit: { unit: 'KGM', scale: 3 } },
      match(),
      'quantity_unit_mismatch',
      '$.line_items[1].item.quantity_unit',
    ],
  ])('are refused with their place in the list, and the others are not: %j', (line, found, code, path) => {
    const piece = { ...umbrella, unit: { unit: 'C62', scale: 0 } };
    const { entries, messages } = priced('acme', [piece, line], [match(), found]);
    expect(entries.map(({ index }) => index)).toEqual([0]);
    expect(messages).toMatchObject([{ type: 'error', code, path, severity: 'recoverable' }]);
  });

  it('are told of if the cart refuses them, or keeps what a backend set', () => {
    const { entries } = priced('acme', [umbrella, umbrella, umbrella], [match(), match(), match()]);
    const item: CartItem = {
      id: '0',
      itemType: 'EXTERNAL',
      keepAsSeparateLineItem: false,
      quantity: 5,
      price: { originalAmount: 1, effectiveAmount: 1, currency: 'EUR' },
      extra: {},
    };
    const items = [item, { ...item, id: '1', quantity: 2 }];
    const refused = InvalidInput.of('items', 'too many');
    const outcomes = [{ refused }, { done: '0' }, { done: '1' }];
    expect(refusalsOf(entries, outcomes, { items })).toMatchObject([
      { code: 'item_unavailable', path: '$.line_items[0]', content: 'items: too many' },
      { code: 'quantity_fixed', path: '$.line_items[1].quantity' },
    ]);
    expect(refusalsOf(entries, [], { items })).toEqual([]);
  });
});
