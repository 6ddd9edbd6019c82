import { describe, expect, it } from 'vitest';
import type { Session } from '../../session/session.types.js';
import { gainsRights, isHolder } from './rights.rules.js';

describe('A session gains rights', () => {
  const values = (entries: Record<string, string>) => new Map(Object.entries(entries));

  it.each(['authentication.storeUserId', 'authentication.adminUserId', 'impersonate.storeUserId'])(
    'when it speaks for somebody new: %s',
    (name) => {
      expect(gainsRights(values({}), values({ [name]: 'a' }))).toBe(true);
      expect(gainsRights(values({ [name]: 'b' }), values({ [name]: 'a' }))).toBe(true);
    },
  );

  it('but not when it acts for the same people, for fewer, or for nobody', () => {
    const name = 'authentication.storeUserId';
    expect(gainsRights(values({ [name]: 'a' }), values({ [name]: 'a' }))).toBe(false);
    expect(gainsRights(values({ [name]: 'a' }), values({}))).toBe(false);
    expect(gainsRights(values({ [name]: 'a' }), values({ [name]: '' }))).toBe(false);
  });

  it('but not by a value that gives access to nothing', () => {
    expect(gainsRights(values({}), values({ 'profile.email': 'a@acme.test' }))).toBe(false);
  });
});

describe('A token of an earlier epoch is taken', () => {
  const session = (more: { customerId?: string; computed?: Record<string, string> } = {}): Session => {
    const { customerId, computed = {} } = more;
    const entries = Object.entries(computed).map(([name, value]) => [name, { value }] as const);
    return { sessionId: 's1', customerId, vtex: { computed: new Map(entries) } } as unknown as Session;
  };

  it('from a caller who proves to be the customer of the session, and from nobody else [X-02]', () => {
    expect(isHolder(session({ customerId: 'c1' }), { customerId: 'c1' })).toBe(true);
    expect(isHolder(session({ customerId: 'c1' }), { customerId: 'c2' })).toBe(false);
    expect(isHolder(session({ customerId: 'c1' }), {})).toBe(false);
  });

  it('from a caller with a token of this session [X-02]', () => {
    expect(isHolder(session({ customerId: 'c1' }), { sessionId: 's1' })).toBe(true);
    expect(isHolder(session({ customerId: 'c1' }), { sessionId: 's2' })).toBe(false);
  });

  it('from the employee of a session that has no customer, not of one that has [X-02]', () => {
    const computed = { 'authentication.adminUserId': 'backend' };
    const admin = { clientId: 'backend' };
    expect(isHolder(session({ computed }), { admin })).toBe(true);
    expect(isHolder(session({ computed }), { admin: { clientId: 'other' } })).toBe(false);
    expect(isHolder(session({ customerId: 'c1', computed }), { admin })).toBe(false);
  });

  it('from nobody where nobody is logged in [X-02]', () => {
    expect(isHolder(session(), {})).toBe(false);
    expect(isHolder({ ...session(), vtex: undefined } as unknown as Session, {})).toBe(false);
  });
});
