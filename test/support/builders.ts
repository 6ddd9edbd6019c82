import type { Cart } from '../../src/cart/cart.types.js';
import type { Customer } from '../../src/customer/customer.types.js';
import { newId } from '../../src/shared/ids.js';

/** When whatever is built here was made, unless it is told otherwise. */
export const BUILT_AT = new Date('2026-01-15T12:00:00.000Z');

export const aCart = (over: Partial<Cart> = {}): Cart => ({
  tenant: 'acme',
  id: newId(),
  siteCode: 'main',
  owner: { kind: 'session', sessionId: newId() },
  status: 'OPEN',
  currency: 'EUR',
  sessionValidated: false,
  items: [],
  nextItemId: 0,
  addresses: [],
  mixins: {},
  mixinSchemas: {},
  createdAt: BUILT_AT,
  modifiedAt: BUILT_AT,
  version: 1,
  ...over,
});

export const aCustomer = (over: Partial<Customer> = {}): Customer => ({
  tenant: 'acme',
  id: newId(),
  email: `${newId()}@acme.test`,
  passwordHash: 'hash',
  groups: [],
  addresses: [],
  mixins: {},
  createdAt: BUILT_AT,
  version: 1,
  ...over,
});
