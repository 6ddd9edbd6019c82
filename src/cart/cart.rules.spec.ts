import { describe, expect, it } from 'vitest';
import { InvalidInput, TooLarge, VersionConflict } from '../shared/domain-error.js';
import {
  expectBothOrNeither,
  expectSize,
  newCart,
  ownedBy,
  revised,
  sameSlot,
  shippedTo,
  updated,
} from './cart.rules.js';
import type { Cart } from './cart.types.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const later = new Date('2026-01-15T12:01:00.000Z');
const goneAt = new Date('2026-01-16T12:00:00.000Z');

const origin = {
  id: 'c',
  tenant: 'acme',
  siteCode: 'main',
  owner: { kind: 'session', sessionId: 's' },
  sessionId: 's',
  goneAt,
} as const;
const customers = { ...origin, owner: { kind: 'customer', customerId: 'anna' } } as const;

const aCart = (over: Partial<Cart> = {}): Cart => ({
  ...newCart({ currency: 'EUR', type: 'shopping' }, origin, now),
  ...over,
});

const item: Cart['items'][number] = {
  id: '0',
  itemType: 'INTERNAL',
  keepAsSeparateLineItem: false,
  quantity: 1,
  price: { priceId: 'p', originalAmount: 1, effectiveAmount: 1, currency: 'EUR' },
  extra: {},
};

describe('A new cart', () => {
  it('is open, empty and of version 1', () => {
    expect(aCart()).toEqual({
      id: 'c',
      tenant: 'acme',
      siteCode: 'main',
      owner: { kind: 'session', sessionId: 's' },
      sessionId: 's',
      type: 'shopping',
      status: 'OPEN',
      currency: 'EUR',
      sessionValidated: false,
      items: [],
      nextItemId: 0,
      addresses: [],
      mixins: {},
      mixinSchemas: {},
      createdAt: now,
      modifiedAt: now,
      version: 1,
      reviewAt: goneAt,
    });
  });

  it('has no field that nobody gave', () => {
    const cart = newCart({ currency: 'EUR' }, { ...origin, sessionId: undefined, goneAt: undefined }, now);
    expect(Object.values(cart)).not.toContain(undefined);
  });

  it('of a customer is never reviewed, and asks for no session [W-49]', () => {
    const cart = newCart({ currency: 'EUR', sessionValidated: true }, customers, now);
    expect(cart).toMatchObject({ sessionId: 's', sessionValidated: false });
    expect(cart).not.toHaveProperty('reviewAt');
  });
});

describe('A change of a cart', () => {
  it('keeps what it does not name [C-10]', () => {
    const address = { type: 'BILLING', fields: { city: 'Berlin' } } as const;
    const cart = aCart({ addresses: [address], mixins: { a: 1 }, zipCode: '1' });
    const next = updated(cart, { zipCode: '2', type: undefined, addresses: undefined });
    expect(next).toEqual({ ...cart, zipCode: '2' });
    expect(updated(cart, { addresses: [] }).addresses).toEqual([]);
  });

  it('is none when it names nothing', () => {
    const cart = aCart();
    expect(updated(cart, {})).toBe(cart);
    expect(updated(cart, { version: 1, type: undefined })).toBe(cart);
  });

  it('must come from the version that is current, when it says one [W-46]', () => {
    expect(updated(aCart(), { version: 1, zipCode: '1' }).zipCode).toBe('1');
    expect(() => updated(aCart({ version: 2 }), { version: 1 })).toThrow(VersionConflict);
  });

  it('does not part the currency of a cart from that of its prices', () => {
    expect(updated(aCart(), { currency: 'USD' }).currency).toBe('USD');
    expect(() => updated(aCart({ items: [item] }), { currency: 'USD' })).toThrow(InvalidInput);
    expect(updated(aCart({ items: [item] }), { currency: 'EUR' }).currency).toBe('EUR');
  });

  it('makes a new version', () => {
    expect(revised(aCart(), later)).toMatchObject({ version: 2, createdAt: now, modifiedAt: later });
  });
});

describe('A cart that becomes a customer’s', () => {
  it('keeps its session in mind, and outlives it', () => {
    const next = ownedBy(aCart({ sessionValidated: true }), customers.owner);
    expect(next).toMatchObject({ owner: customers.owner, sessionId: 's', sessionValidated: false });
    expect(next).not.toHaveProperty('reviewAt');
  });

  it('does not change when it is already', () => {
    const cart = newCart({ currency: 'EUR' }, customers, now);
    expect(ownedBy(cart, { kind: 'customer', customerId: 'anna' })).toBe(cart);
  });
});

describe('A slot', () => {
  it('is site, type, legal entity and owner [W-50]', () => {
    const cart = aCart();
    expect(sameSlot(cart, { ...cart, zipCode: '1' } as Cart)).toBe(true);
    expect(sameSlot(cart, { ...cart, siteCode: 'us' })).toBe(false);
    expect(sameSlot(cart, { ...cart, type: 'wishlist' })).toBe(false);
    expect(sameSlot(cart, { ...cart, legalEntityId: 'le' })).toBe(false);
    expect(sameSlot(cart, { ...cart, owner: { kind: 'customer', customerId: 's' } })).toBe(false);
  });
});

describe('The size of a cart', () => {
  it('is bounded', () => {
    const mixins = { text: 'x'.repeat(3 * 1024 * 1024) };
    expect(expectSize(aCart({ mixins }), { bytes: 4 * 1024 * 1024 })).toMatchObject({ id: 'c' });
    expect(() => expectSize(aCart({ mixins, mixinSchemas: mixins }), { bytes: 4 * 1024 * 1024 })).toThrow(
      TooLarge,
    );
  });
});

describe('Where a cart would be sent to', () => {
  const berlin = { zipCode: '10557', countryCode: 'DE' };

  it('is what it has itself, and what is asked for where it has none', () => {
    expect(shippedTo(aCart(), berlin)).toEqual(aCart(berlin));
    const french = aCart({ countryCode: 'FR' });
    expect(shippedTo(french, berlin)).toEqual({ ...french, zipCode: '10557' });
    expect(shippedTo(french, {})).toEqual(french);
    expect(Object.keys(shippedTo(aCart(), {}))).not.toContain('zipCode');
  });

  it('is asked for by both or neither', () => {
    expect(() => expectBothOrNeither(berlin)).not.toThrow();
    expect(() => expectBothOrNeither({})).not.toThrow();
    expect(() => expectBothOrNeither({ zipCode: '10557' })).toThrow('countryCode');
    expect(() => expectBothOrNeither({ countryCode: 'DE' })).toThrow('zipCode');
  });
});
