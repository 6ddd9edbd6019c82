import { describe, expect, it } from 'vitest';
import { absent, differing, kept, made } from './outcome.rules.js';

describe('The fields in which a declared record differs from the stored one', () => {
  it('are named, and no value with them', () => {
    expect(differing({ name: 'a', secret: 'x' }, { name: 'b', secret: 'x' })).toEqual(['name']);
  });

  it('do not include what only one side has left open', () => {
    expect(differing({ name: 'a', phone: undefined }, { name: 'a', phone: '1' })).toEqual([]);
    expect(differing({ phone: '1' }, {})).toEqual(['phone']);
  });

  it('do not include lists of names in another order', () => {
    expect(differing({ scopes: ['a', 'b'] }, { scopes: ['b', 'a'] })).toEqual([]);
    expect(differing({ scopes: ['a', 'b'] }, { scopes: ['a'] })).toEqual(['scopes']);
  });

  it('include lists of anything else in another order', () => {
    expect(differing({ tiers: [1, 2] }, { tiers: [2, 1] })).toEqual(['tiers']);
    expect(differing({ rows: ['a', 1] }, { rows: [1, 'a'] })).toEqual(['rows']);
  });
});

describe('What became of a declared record', () => {
  it('is a difference only where there is one', () => {
    expect(kept('tenants[0]', [])).toEqual({ place: 'tenants[0]', made: false });
    expect(kept('tenants[0]', ['name', 'default']).difference).toBe(
      'differs from the store in name, default',
    );
    expect(absent('tenants[0]')).toMatchObject({ made: false, difference: 'is not in the store' });
    expect(made('tenants[0]')).toEqual({ place: 'tenants[0]', made: true });
  });
});
