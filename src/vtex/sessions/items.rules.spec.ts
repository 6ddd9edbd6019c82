import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import { askedItems, itemsOfChange, shownItems } from './items.rules.js';

describe('The items of a query', () => {
  it.each<[unknown, readonly string[] | 'all']>([
    ['*', 'all'],
    ['public.a,*', 'all'],
    ['public', ['public']],
    ['public.*', ['public']],
    [' store.channel , ,public.a ', ['store.channel', 'public.a']],
    [
      ['public.a', 'store.*'],
      ['public.a', 'store'],
    ],
    ['public.a.*', ['public.a']],
  ])('%j are %j [F-50, W-67]', (items, names) => {
    const asked = askedItems(items);
    expect(asked === 'all' ? asked : [...asked]).toEqual(names);
  });

  it.each([undefined, '', ' , ', [], [{}], 1])('%j name nothing [W-67]', (items) => {
    expect(() => askedItems(items)).toThrow(InvalidInput);
  });

  it('may be left out of a change, but not be empty [F-50]', () => {
    expect(itemsOfChange({ utm_source: 'x' })).toBeUndefined();
    expect(itemsOfChange(undefined)).toBeUndefined();
    expect(() => itemsOfChange({ items: '' })).toThrow(InvalidInput);
  });
});

describe('What is shown', () => {
  const values = new Map([
    ['account.id', { value: 'i', keepAlive: true as const }],
    ['public.__proto__', { value: 'p' }],
    ['public.a.b', { value: 'dots' }],
    ['profile.email', { value: 'e' }],
    ['profile.phone', { value: '1' }],
  ]);
  const near = { isPrivate: true, settings: {} };

  it('is by namespace and key, whatever their names [M-11, S-05]', () => {
    const shown = shownItems(values, 'all', near);
    expect(JSON.stringify(shown)).toBe(
      '{"account":{"id":{"value":"i","keepAlive":true}},"public":{"__proto__":{"value":"p"},"a.b":{"value":"dots"}},' +
        '"profile":{"email":{"value":"e"},"phone":{"value":"1"}}}',
    );
  });

  it('excludes personal values on connections that others could read, and values that the tenant hides [D-21]', () => {
    expect(shownItems(values, new Set(['profile']), { ...near, isPrivate: false })).toEqual({});
    const settings = { hidesPhoneAndDocument: true };
    expect(shownItems(values, new Set(['profile']), { ...near, settings })).toEqual({
      profile: { email: { value: 'e' } },
    });
  });
});
