import { describe, expect, it } from 'vitest';
import { Forbidden, InsufficientScope } from '../shared/domain-error.js';
import { expectForOperator, mayUse } from './access.rules.js';
import type { Access } from './access.types.js';
import type { Principal } from './principal.types.js';

const expiresAt = new Date('2026-01-15T12:00:00.000Z');
const shopper = (kind: 'anonymous' | 'customer'): Principal => ({
  kind,
  tenant: 'acme',
  clientId: 'acme-storefront',
  sessionId: 'session',
  scopes: [],
  expiresAt,
});
const service = (...scopes: string[]): Principal => ({
  kind: 'service',
  tenant: 'acme',
  clientId: 'acme-backend',
  scopes,
  expiresAt,
});
const guest = shopper('anonymous');
const customer = shopper('customer');
const READ = 'scope:site.site_read';
const MANAGE = 'scope:session_context.context_manage';

const SERVICES = 'This route needs a service token (client credentials)';
const GUESTS = 'This route needs an anonymous token';
const SHOPPERS = 'This route is for shoppers: use the token of a session';
const CUSTOMERS = 'This route needs the token of a logged-in customer';

describe('A route', () => {
  it.each<[string, Principal, Access[]]>([
    ['a guest, where guests may', guest, ['anonymous']],
    ['a customer, where customers may', customer, ['anonymous', 'customer']],
    ['either shopper, where an ended session may', guest, ['unexpired-shopper']],
    ['a customer too, where an ended session may', customer, ['unexpired-shopper']],
    ['any service, where all may', service(), ['service', READ]],
    ['a service with the scope', service('cart.cart_manage', 'site.site_read'), [READ]],
    ['a service with one of two scopes', service('site.site_read'), [MANAGE, READ]],
    ['a service with the older spelling', service('sessioncontext.context_manage'), [MANAGE]],
    ['a service beside shoppers', service('site.site_read'), ['customer', READ]],
  ])('lets in %s', (_who, principal, access) => {
    expect(mayUse(principal, access)).toBe(principal);
  });

  it.each<[string, Principal, Access[], string]>([
    ['a guest, where customers may', guest, ['customer'], CUSTOMERS],
    ['a guest, where customers and services may', guest, ['customer', READ], CUSTOMERS],
    ['a customer, where guests may', customer, ['anonymous'], GUESTS],
    ['a shopper, where services may', customer, ['service'], SERVICES],
    ['a service, where guests may', service(), ['anonymous'], GUESTS],
    ['a service, where customers may', service(), ['customer'], CUSTOMERS],
    ['a service, where shoppers may', service(), ['anonymous', 'customer'], SHOPPERS],
    ['a service, where an ended session may', service(), ['unexpired-shopper'], SHOPPERS],
  ])('says which token it needs to %s', (_who, principal, access, message) => {
    const refused = () => mayUse(principal, access);
    expect(refused).toThrow(new Forbidden(message));
    expect(refused).not.toThrow(InsufficientScope);
  });

  it.each<[string, Principal, Access[], string]>([
    ['a service without it', service('cart.cart_manage'), [READ], 'site.site_read'],
    [
      'a service without either',
      service(),
      [READ, MANAGE],
      'site.site_read or session_context.context_manage',
    ],
    ['a service, where customers may as well', service(), ['customer', READ], 'site.site_read'],
    ['a shopper, who can have none', customer, [READ], 'site.site_read'],
  ])('says which scope it needs to %s [X-18]', (_who, principal, access, missing) => {
    const refused = () => mayUse(principal, access);
    expect(refused).toThrow(InsufficientScope);
    expect(refused).toThrow(expect.objectContaining({ details: { details: [`missing scope: ${missing}`] } }));
  });

  it('of the operator admits nobody else, whatever scopes a token claims', () => {
    expect(() => expectForOperator(['operator'])).not.toThrow();
    for (const principal of [service('tenant.tenant_manage'), service(), customer]) {
      expect(() => mayUse(principal, ['operator'])).toThrow(InsufficientScope);
    }
  });

  it('of others does not admit the operator', () => {
    for (const access of ['service', READ, 'anonymous', 'customer', 'unexpired-shopper'] as const) {
      expect(() => expectForOperator([access])).toThrow(Forbidden);
    }
  });
});
