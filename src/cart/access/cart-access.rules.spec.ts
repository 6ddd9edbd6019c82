import { describe, expect, it } from 'vitest';
import type { Session } from '../../session/session.types.js';
import { Forbidden } from '../../shared/domain-error.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { customerIdOf, expectOwnCustomer, ownerOf } from '../caller/cart-owner.rules.js';
import { newCart } from '../cart.rules.js';
import type { Cart, CartOwner } from '../cart.types.js';
import { accessTo, mergeability } from './cart-access.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');

const aSession = (sessionId: string, customerId?: string): Session => ({
  tenant: 'acme',
  sessionId,
  kind: customerId === undefined ? 'anonymous' : 'customer',
  clientId: 'acme-storefront',
  epoch: 'e',
  revision: 1,
  createdAt: now,
  refreshTokens: { used: [] },
  asked: {},
  ...(customerId !== undefined && { customerId }),
});

const shopper = (session: Session): CartCaller => ({
  kind: 'shopper',
  tenant: 'acme',
  scopes: [],
  address: '127.0.0.1',
  session,
});
const service = (sessionId?: string): CartCaller => ({
  kind: 'service',
  tenant: 'acme',
  scopes: [],
  address: '127.0.0.1',
  ...(sessionId !== undefined && { sessionId }),
});

const cartOf = (owner: CartOwner, sessionValidated = false): Cart =>
  newCart(
    { currency: 'EUR', sessionValidated },
    { id: 'c', tenant: 'acme', siteCode: 'main', owner, sessionId: 's1' },
    now,
  );

const guests = cartOf({ kind: 'session', sessionId: 's1' });
const annas = cartOf({ kind: 'customer', customerId: 'anna' });

describe('A shopper', () => {
  it('has the carts of their own session and their own account, and no others [W-52]', () => {
    const anonymous = shopper(aSession('s1'));
    expect(accessTo(guests, anonymous, true)).toBe('granted');
    expect(accessTo(annas, anonymous, true)).toBe('not-found');
    expect(accessTo(guests, shopper(aSession('s2')), true)).toBe('not-found');
    expect(accessTo(annas, shopper(aSession('s2', 'anna')), true)).toBe('granted');
    expect(accessTo(annas, shopper(aSession('s2', 'ben')), true)).toBe('not-found');
  });

  it('who logged in still has a cart that the login did not move', () => {
    expect(accessTo(guests, shopper(aSession('s1', 'anna')), true)).toBe('left-behind');
    expect(accessTo(guests, shopper(aSession('s2', 'anna')), true)).toBe('not-found');
  });

  it('has no cart that is closed [C-08]', () => {
    const closed: Cart = { ...guests, status: 'CLOSED' };
    expect(accessTo(closed, shopper(aSession('s1')), true)).toBe('not-found');
    expect(accessTo(closed, service(), true)).toBe('not-found');
  });

  it('names no customer but their own', () => {
    const anna = aSession('s1', 'anna');
    expect(() => expectOwnCustomer(anna, 'ben')).toThrow(Forbidden);
    expect(() => expectOwnCustomer(anna, 'anna')).not.toThrow();
    expect(() => expectOwnCustomer(anna, undefined)).not.toThrow();
    expect(() => expectOwnCustomer(aSession('s1'), 'anna')).not.toThrow();
  });

  it('makes carts for the session until a login, for the person from then on', () => {
    expect(ownerOf(aSession('s1'))).toEqual({ kind: 'session', sessionId: 's1' });
    expect(ownerOf(aSession('s1', 'anna'))).toEqual({ kind: 'customer', customerId: 'anna' });
  });
});

describe('A service', () => {
  it('has every open cart of its tenant, unless its session is over [D-02]', () => {
    expect(accessTo(guests, service(), true)).toBe('granted');
    expect(accessTo(guests, service(), false)).toBe('not-found');
    expect(accessTo(annas, service(), false)).toBe('granted');
  });

  it('names the session of a cart that asks for it [W-49]', () => {
    const validated = cartOf({ kind: 'session', sessionId: 's1' }, true);
    expect(accessTo(validated, service(), true)).toBe('forbidden');
    expect(accessTo(validated, service('s2'), true)).toBe('forbidden');
    expect(accessTo(validated, service('s1'), true)).toBe('granted');
    expect(accessTo(validated, service('s1'), false)).toBe('not-found');
  });

  it('is not asked for the session of a customer’s cart', () => {
    const validated = cartOf({ kind: 'customer', customerId: 'anna' }, true);
    expect(accessTo(validated, service(), true)).toBe('granted');
  });
});

describe('Into the cart of a customer', () => {
  const caller = shopper(aSession('s1', 'anna'));
  const of = (source: Cart, by: CartCaller = caller, lives = true) =>
    mergeability({ ...source, id: 'source' }, annas, by, lives);

  it('goes an open anonymous cart whose session is alive [W-53, D-02]', () => {
    for (const by of [caller, service()]) {
      expect(of(guests, by)).toBe('mergeable');
      expect(of(guests, by, false)).toBe('not-anonymous');
      expect(of({ ...guests, status: 'CLOSED' }, by)).toBe('not-anonymous');
    }
  });

  it('goes that of any session, for every caller who names its id [F-07]', () => {
    const elsewhere = shopper(aSession('s9', 'anna'));
    expect(of(guests, elsewhere)).toBe('mergeable');
    expect(of({ ...guests, status: 'CLOSED' }, elsewhere)).toBe('not-anonymous');
    expect(of({ ...annas, wasGuests: true }, elsewhere)).toBe('mergeable');
  });

  it('goes the one that asks for its session id only with it [W-49, F-07]', () => {
    const validated = cartOf({ kind: 'session', sessionId: 's1' }, true);
    expect(of(validated, service())).toBe('forbidden');
    expect(of(validated, service('s2'))).toBe('forbidden');
    expect(of(validated, service('s1'))).toBe('mergeable');
    expect(of(validated, shopper(aSession('s9', 'anna')))).toBe('forbidden');
    expect(of({ ...validated, status: 'CLOSED' }, shopper(aSession('s9', 'anna')))).toBe('forbidden');
    expect(of(validated)).toBe('mergeable');
  });

  it('goes none that is in it already, which is no mistake [W-53, F-07]', () => {
    const mergedInto = { cartId: annas.id, mergeId: 'm' };
    expect(of({ ...guests, status: 'CLOSED', mergedInto })).toBe('merged');
    const brought = { ...annas, wasGuests: true } as const;
    expect(mergeability(brought, brought, caller, true)).toBe('merged');
  });

  it("goes the customer's cart that a login brought, and no other cart of a customer [W-53]", () => {
    expect(of({ ...annas, wasGuests: true })).toBe('mergeable');
    expect(of(annas)).toBe('not-anonymous');
    const bens = cartOf({ kind: 'customer', customerId: 'ben' });
    expect(of({ ...bens, wasGuests: true })).toBe('not-anonymous');
    expect(mergeability(annas, annas, caller, true)).toBe('not-anonymous');
  });
});

describe('A cart', () => {
  it('names its customer, if it has one', () => {
    expect(customerIdOf(annas.owner)).toBe('anna');
    expect(customerIdOf(guests.owner)).toBeUndefined();
  });

  it('is made for the customer of the session only, and a caller who names another is told so', () => {
    const named = () => expectOwnCustomer(aSession('s1', 'anna'), 'ben');
    expect(named).toThrow('customerId is not the customer of this session');
  });
});
