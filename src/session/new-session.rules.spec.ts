import { describe, expect, it } from 'vitest';
import { anonymousSession, type NewSession } from './new-session.rules.js';

const NOW = new Date('2026-03-01T10:00:00Z');
const LIFETIME = {
  aliveUntil: new Date('2026-03-01T11:00:00Z'),
  goneAt: new Date('2026-03-02T10:00:00Z'),
};
const MADE: NewSession = {
  tenant: 'acme',
  sessionId: 's1',
  clientId: 'web',
  epoch: 'e1',
  lifetime: LIFETIME,
};

describe('A new session', () => {
  it('is anonymous, in its first revision, and keeps what it was made with', () => {
    expect(anonymousSession(MADE, NOW)).toEqual({
      ...MADE,
      kind: 'anonymous',
      revision: 1,
      createdAt: NOW,
      refreshTokens: { used: [] },
      asked: {},
    });
  });

  it('has no context, customer or VTEX state yet [E-11]', () => {
    const session = anonymousSession(MADE, NOW);
    expect(session).not.toHaveProperty('context');
    expect(session).not.toHaveProperty('customerId');
    expect(session).not.toHaveProperty('vtex');
  });

  it('has no refresh token unless one was issued with it', () => {
    const current = { hash: 'h', issuedAt: NOW, expiresAt: LIFETIME.goneAt };
    expect(anonymousSession(MADE, NOW).refreshTokens.current).toBeUndefined();
    const refreshTokens = { current, used: [] };
    expect(anonymousSession({ ...MADE, refreshTokens }, NOW).refreshTokens).toEqual(refreshTokens);
  });

  it('remembers the values that the login asked for', () => {
    const asked = { siteCode: 'main', currency: 'CHF' };
    expect(anonymousSession({ ...MADE, asked }, NOW).asked).toEqual(asked);
  });
});
