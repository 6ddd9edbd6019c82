import { describe, expect, it } from 'vitest';
import type { Session } from '../../session/session.types.js';
import { Forbidden } from '../../shared/domain-error.js';
import { newCart } from '../cart.rules.js';
import type { Cart, CartOwner } from '../cart.types.js';
import { customerIdOf, expectOwnCustomer, isOfSession, ownerOf } from './cart-owner.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');

const aSession = (sessionId: string, customerId?: string): Session => ({
  tenant: 'acme',
  sessionId,
  kind: customerId === undefined ? 'anonymous' : 'customer',
  clientId: 'web',
  epoch: 'e',
  revision: 1,
  createdAt: now,
  refreshTokens: { used: [] },
  asked: {},
  ...(customerId !== undefined && { customerId }),
});

const cartOf = (owner: CartOwner): Cart =>
  newCart(
    { currency: 'EUR', sessionValidated: false },
    { id: 'c', tenant: 'acme', siteCode: 'main', owner, sessionId: 's1' },
    now,
  );

describe('The owner of a new cart', () => {
  it('is the session of an anonymous shopper', () => {
    const owner = ownerOf(aSession('s1'));
    expect(owner).toEqual({ kind: 'session', sessionId: 's1' });
    expect(customerIdOf(owner)).toBeUndefined();
  });

  it('is the customer after login, whatever the session is', () => {
    const owner = ownerOf(aSession('s1', 'anna'));
    expect(owner).toEqual({ kind: 'customer', customerId: 'anna' });
    expect(ownerOf(aSession('s2', 'anna'))).toEqual(owner);
    expect(customerIdOf(owner)).toBe('anna');
  });
});

describe('A cart of a session', () => {
  it('belongs to that session and to no other', () => {
    const cart = cartOf({ kind: 'session', sessionId: 's1' });
    expect(isOfSession(cart, 's1')).toBe(true);
    expect(isOfSession(cart, 's2')).toBe(false);
  });

  it('is not one that a customer owns, even if it was made in the session or the ids are the same', () => {
    expect(isOfSession(cartOf({ kind: 'customer', customerId: 'anna' }), 's1')).toBe(false);
    expect(isOfSession(cartOf({ kind: 'customer', customerId: 's1' }), 's1')).toBe(false);
  });
});

describe('The customer that a request names', () => {
  const anna = aSession('s1', 'anna');

  it('may be the customer of the session', () => {
    expect(() => expectOwnCustomer(anna, 'anna')).not.toThrow();
  });

  it('may not be anybody else', () => {
    expect(() => expectOwnCustomer(anna, 'ben')).toThrow(Forbidden);
    expect(() => expectOwnCustomer(anna, 'Anna')).toThrow(Forbidden);
    expect(() => expectOwnCustomer(anna, '')).toThrow(Forbidden);
  });

  it('may be anybody for an anonymous shopper, whose carts belong to the session', () => {
    expect(() => expectOwnCustomer(aSession('s1'), 'anna')).not.toThrow();
  });

  it('may be left out', () => {
    expect(() => expectOwnCustomer(anna, undefined)).not.toThrow();
    expect(() => expectOwnCustomer(aSession('s1'), undefined)).not.toThrow();
  });
});
