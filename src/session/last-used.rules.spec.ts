import { describe, expect, it } from 'vitest';
import type { Session } from './session.types.js';
import { lastUsedAt, newestFirst } from './last-used.rules.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 15, 12, minute));

const aSession = (over: Partial<Session>): Session => ({
  tenant: 'acme',
  sessionId: 's1',
  kind: 'customer',
  clientId: 'acme-storefront',
  epoch: 'e',
  revision: 1,
  createdAt: at(0),
  refreshTokens: { used: [] },
  asked: {},
  ...over,
});

const refreshedAt = (minute: number): Partial<Session> => ({
  refreshTokens: { used: [], current: { hash: 'h', issuedAt: at(minute), expiresAt: at(59) } },
});

const changedAt = (minute: number): Partial<Session> => {
  const value = { value: 'x', source: 'site', at: at(0) } as const;
  const values = { siteCode: value, currency: value, targetLocation: value, language: value };
  const context = { ...values, attributes: new Map(), version: 1, createdAt: at(0), modifiedAt: at(minute) };
  return { context };
};

describe('A session was last used', () => {
  it('when it began, if nothing has happened since', () => {
    expect(lastUsedAt(aSession({}))).toEqual(at(0));
  });

  it('at its last refresh or change of context, whichever is later', () => {
    expect(lastUsedAt(aSession({ ...refreshedAt(3), ...changedAt(2) }))).toEqual(at(3));
    expect(lastUsedAt(aSession({ ...refreshedAt(3), ...changedAt(4) }))).toEqual(at(4));
  });

  it('more recently than those listed after it', () => {
    const sessions = [1, 3, 2].map((minute) => aSession({ sessionId: `s${minute}`, ...refreshedAt(minute) }));
    expect(newestFirst(sessions).map(({ sessionId }) => sessionId)).toEqual(['s3', 's2', 's1']);
  });
});
