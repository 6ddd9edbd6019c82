import { describe, expect, it } from 'vitest';
import type { Client } from '../oauth/client.types.js';
import { grantOf, tokenSeconds } from './console-link.rules.js';
import type { ConsoleLink } from './console-link.types.js';

const now = new Date('2026-01-15T12:00:00Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

const LINK: ConsoleLink = {
  hash: 'hash',
  tenant: 'acme',
  clientId: 'acme-support',
  epoch: 'first',
  scopes: ['session.session_read', 'audit.audit_read'],
  endsAt: later(300),
  grantEndsAt: later(14_400),
};

const CLIENT: Client = {
  clientId: 'acme-support',
  tenant: 'acme',
  kind: 'backend',
  enabled: true,
  secrets: [],
  scopes: ['session.session_read', 'audit.audit_read', 'client.client_manage'],
  epoch: 'first',
  createdAt: now,
  modifiedAt: now,
  version: 1,
};

describe('A link to the console', () => {
  it('grants what it was made for, not all that its client may do [P-40]', () => {
    expect(grantOf(LINK, CLIENT, now)).toEqual(LINK.scopes);
  });

  it('grants no scope that its client has lost since [P-40]', () => {
    expect(grantOf(LINK, { ...CLIENT, scopes: ['audit.audit_read'] }, now)).toEqual(['audit.audit_read']);
    expect(grantOf(LINK, { ...CLIENT, scopes: [] }, now)).toBeUndefined();
  });

  it.each([
    ['nobody made', undefined, CLIENT],
    ['has lost its client', LINK, undefined],
    ['has a client that is off', LINK, { ...CLIENT, enabled: false }],
    ['has a client whose leaked secret was replaced', LINK, { ...CLIENT, epoch: 'second' }],
    ['has a client of another tenant by now', LINK, { ...CLIENT, tenant: 'globex' }],
    ['is over', { ...LINK, endsAt: now }, CLIENT],
    ['was made with a token that is over', { ...LINK, grantEndsAt: now }, CLIENT],
  ])('that %s opens nothing [P-40]', (_, link, client) => {
    expect(grantOf(link, client, now)).toBeUndefined();
  });

  it('gives half an hour, and never more than the token that made it had left [P-40]', () => {
    expect(tokenSeconds(LINK, now)).toBe(1800);
    expect(tokenSeconds({ ...LINK, grantEndsAt: later(60.9) }, now)).toBe(60);
  });
});
