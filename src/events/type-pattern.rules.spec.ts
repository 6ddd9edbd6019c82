import { expect, it } from 'vitest';
import { matchesType, namesTypes } from './type-pattern.rules.js';

it.each([
  ['onesession.context.changed', true],
  ['onesession.context.created', false],
  ['onesession.context.*', true],
  ['onesession.cart.*', false],
  ['*', true],
])('%s matches a change of a context: %s', (pattern, expected) => {
  expect(matchesType(pattern, 'onesession.context.changed')).toBe(expected);
});

it('A group or a type that does not exist is no filter', () => {
  expect(['onesession.*', 'onesession.cart.*', 'onesession.cart.merged'].every(namesTypes)).toBe(true);
  expect(['onesession.carts.*', 'onesession.cart.merge', ''].some(namesTypes)).toBe(false);
});
