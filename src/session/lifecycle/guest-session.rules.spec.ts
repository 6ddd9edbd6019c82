import { describe, expect, it } from 'vitest';
import { aSession, aVtexState } from '../../../test/support/data/builders.js';
import type { Session, SessionContext } from '../session.types.js';
import { isGuests } from './guest-session.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const sourced = <T>(value: T) => ({ value, source: 'site', at: now }) as const;

const context: SessionContext = {
  siteCode: sourced('main'),
  currency: sourced('EUR'),
  targetLocation: sourced('DE'),
  language: sourced('de'),
  attributes: new Map(),
  version: 1,
  createdAt: now,
  modifiedAt: now,
};

const vtex = aVtexState({ cookies: new Map([['cookie.watched', { hash: 'hash' }]]), heldUntil: now });

const claims = {
  iss: '',
  sub: 'anna',
  client_id: 'acme-storefront',
  scope: '',
  iat: 0,
  exp: 1,
  jti: '',
  tenant: 'acme',
  token_use: 'customer',
  sid: 'other',
  epoch: 'first',
} as const;

describe('A session that a link may open', () => {
  it.each<[string, Partial<Session>]>([
    ['just began', {}],
    ['has a cart', { context }],
    ['is used in the VTEX dialect', { vtex }],
  ])('is a guest’s that %s [X-02]', (_, over) => {
    expect(isGuests(aSession(over))).toBe(true);
  });

  it.each<[string, Partial<Session>]>([
    ['a customer’s', { kind: 'customer', customerId: 'anna' }],
    ['of a kind that says so alone', { kind: 'customer' }],
    ['one whose context names a customer', { context: { ...context, customerId: sourced('anna') } }],
    [
      'one in which an employee acts as a customer',
      { vtex: { ...vtex, impersonation: { clientId: 'acme-support', endsAt: now } } },
    ],
    [
      'one with the login of a cookie',
      { vtex: { ...vtex, cookies: new Map([['c', { hash: '', token: { kid: '', claims } }]]) } },
    ],
  ])('is not %s [X-02]', (_, over) => {
    expect(isGuests(aSession(over))).toBe(false);
  });
});
