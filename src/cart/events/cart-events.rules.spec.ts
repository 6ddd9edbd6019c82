import { describe, expect, it } from 'vitest';
import { aCart, BUILT_AT } from '../../../test/support/data/builders.js';
import type { Cart } from '../cart.types.js';
import { eventsOfCart } from './cart-events.rules.js';

const cart = aCart();
const next = (over: Partial<Cart> = {}): Cart => ({ ...cart, version: cart.version + 1, ...over });
const typesOf = (before?: Cart, after?: Cart) =>
  eventsOfCart(before, after, BUILT_AT).map(({ type }) => type.replace('onesession.cart.', ''));
const inputs = { site: undefined, codes: [], now: BUILT_AT, siteCode: cart.siteCode };

describe('The event of a write of a cart', () => {
  it('says what became of the cart [D-40]', () => {
    expect(typesOf(undefined, cart)).toEqual(['created']);
    expect(typesOf(cart, next())).toEqual(['changed']);
    expect(typesOf(cart, next({ status: 'CLOSED' }))).toEqual(['closed']);
    const mergedInto = { cartId: 'other', mergeId: 'merge' };
    expect(typesOf(cart, next({ status: 'CLOSED', mergedInto }))).toEqual(['merged']);
    expect(typesOf(cart, undefined)).toEqual(['closed']);
  });

  it('is none if the content stays, or if a closed cart is erased [D-40]', () => {
    expect(typesOf(cart, { ...cart, reviewAt: BUILT_AT })).toEqual([]);
    expect(typesOf({ ...cart, status: 'CLOSED' }, undefined)).toEqual([]);
  });

  it('has a total if all that it depends on was read [D-40]', () => {
    const totalOf = (after: Cart) => eventsOfCart(cart, after, BUILT_AT, inputs)[0]?.data.total;
    expect(totalOf(next())).toBe(0);
    expect(totalOf(next({ siteCode: 'elsewhere' }))).toBeUndefined();
    const discounts = [{ id: '0', code: 'NEW', stackable: true }];
    expect(totalOf(next({ discounts }))).toBeUndefined();
  });
});
