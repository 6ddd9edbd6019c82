import { describe, expect, it } from 'vitest';
import type { Session } from '../../session/session.types.js';
import { findable } from './cart-search.rules.js';

const session: Session = {
  tenant: 'acme',
  sessionId: 's',
  kind: 'anonymous',
  clientId: 'acme-storefront',
  epoch: 'e',
  revision: 1,
  createdAt: new Date('2026-01-15T12:00:00.000Z'),
  refreshTokens: { used: [] },
  asked: {},
};

describe('The carts that are found', () => {
  it('by a shopper are their own open ones [W-52, C-08]', () => {
    const caller = { kind: 'shopper', tenant: 'acme', scopes: [], address: '127.0.0.1' } as const;
    const open = { op: 'eq', path: 'status', value: 'OPEN' };
    expect(findable({ ...caller, session })).toEqual([
      { op: 'eq', path: 'owner.sessionId', value: 's' },
      open,
    ]);
    const customers: Session = { ...session, kind: 'customer', customerId: 'anna' };
    expect(findable({ ...caller, session: customers })).toEqual([
      { op: 'eq', path: 'owner.customerId', value: 'anna' },
      open,
    ]);
  });

  it('by a service are all but those that answer to their session only [W-49]', () => {
    const filter = [{ op: 'eq', path: 'sessionValidated', value: false }];
    expect(findable({ kind: 'service', tenant: 'acme', scopes: [], address: '127.0.0.1' })).toEqual(filter);
  });
});
