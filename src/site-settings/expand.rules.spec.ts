import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../shared/domain-error.js';
import { keptServices, NOTHING_EXPANDED, parseExpand, shownServices } from './expand.rules.js';

describe('What a read is expanded to', () => {
  it('is nothing, unless it says so', () => {
    for (const none of [undefined, '', ' , ']) expect(parseExpand(none)).toEqual(NOTHING_EXPANDED);
  });

  it('is one setting or several', () => {
    expect(parseExpand('payment:all')).toEqual({ services: { payment: 'all' }, mixins: [] });
    expect(parseExpand('payment:all, shipping:active,tax:none,mixin:*')).toEqual({
      services: { payment: 'all', shipping: 'active', tax: 'none' },
      mixins: 'all',
    });
  });

  it('is some mixins by name, or all of them', () => {
    expect(parseExpand('mixin:fees,mixins:a:b').mixins).toEqual(['fees', 'a:b']);
    expect(parseExpand('mixin:fees,mixin:*,mixin:other').mixins).toBe('all');
  });

  it.each([
    'payment',
    'payment:some',
    'mixin:',
    'mixin',
    ':all',
    'brand:all',
    '__proto__:all',
    'payment:ALL',
  ])('can not be %j, and the refusal says what can be [W-45]', (expand) => {
    expect(() => parseExpand(expand)).toThrow(InvalidInput);
    expect(() => parseExpand(expand)).toThrow(/^expand: .*all, active or none/);
  });
});

describe('The services of a site', () => {
  const card = { id: 'card' };
  const cash = { id: 'cash', active: false };
  const transfer = { id: 'transfer', active: true };
  const stored = [card, cash, transfer];

  it('are shown all, the active ones, or not at all', () => {
    expect(shownServices(stored, 'all')).toEqual(stored);
    expect(shownServices(stored, 'active')).toEqual([card, transfer]);
    expect(shownServices(stored, 'none')).toBeUndefined();
    expect(shownServices(stored, undefined)).toBeUndefined();
    expect(shownServices(undefined, 'all')).toBeUndefined();
  });

  it('stay when a PUT does not send them', () => {
    expect(keptServices(stored, undefined, undefined)).toBe(stored);
    expect(keptServices(stored, undefined, 'all')).toBe(stored);
    expect(keptServices(undefined, undefined, 'all')).toBeUndefined();
  });

  it('are replaced by those that a PUT sends, but for the inactive ones that its sender did not see', () => {
    expect(keptServices(stored, [card], undefined)).toEqual([card, cash]);
    expect(keptServices(stored, [], 'active')).toEqual([cash]);
    expect(keptServices(undefined, [card], undefined)).toEqual([card]);
  });

  it('are replaced without exception when their sender saw all of them', () => {
    expect(keptServices(stored, [card], 'all')).toEqual([card]);
    expect(keptServices(stored, [], 'all')).toEqual([]);
  });

  it('are changed by name, inactive ones included', () => {
    const activated = { id: 'cash', active: true };
    expect(keptServices(stored, [card, activated], undefined)).toEqual([card, activated]);
  });
});
