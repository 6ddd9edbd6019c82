import { describe, expect, it } from 'vitest';
import { callersOf } from './route-words.rules.js';
import type { Route } from './route.types.js';

const callers = (route: Partial<Pick<Route, 'access' | 'proofs'>>): string =>
  callersOf({ access: [], proofs: [], ...route } as unknown as Route);

describe('Who may call a route, in words', () => {
  it('are those whose tokens it takes', () => {
    expect(callers({ access: ['anonymous', 'customer'] })).toBe('anonymous shoppers; customers');
  });

  it('are services with any of the scopes that it names, after all others', () => {
    expect(callers({ access: ['scope:cart.cart_manage', 'customer', 'scope:site.site_read'] })).toBe(
      'customers; services with the scope `cart.cart_manage` or `site.site_read`',
    );
  });

  it('are the operator', () => {
    expect(callers({ access: ['operator'] })).toBe('the operator, with `tenant.tenant_manage`');
  });

  it('are those who prove it otherwise', () => {
    expect(callers({ proofs: ['vtex_session', 'bearer'] })).toBe(
      'the holder of a `vtex_session`; shoppers, by their bearer token',
    );
  });

  it('are nobody where nothing was declared', () => {
    expect(callers({})).toBe('');
  });
});
