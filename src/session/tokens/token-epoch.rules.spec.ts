import { describe, expect, it } from 'vitest';
import { aSession } from '../../../test/support/data/builders.js';
import type { RefreshToken, Session } from '../session.types.js';
import { isOfThisEpoch, withTokensOf } from './token-epoch.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');

const refreshToken = (grant: string): RefreshToken => ({
  hash: `hash of ${grant}`,
  grant,
  issuedAt: now,
  expiresAt: new Date(now.getTime() + 86_400_000),
});

const session: Session = aSession({
  kind: 'customer',
  customerId: 'anna',
  epoch: 'login',
  refreshTokens: {
    current: refreshToken('newest'),
    used: [{ ...refreshToken('first'), usedAt: now, salt: 'salt' }],
  },
});

describe('A token of a session', () => {
  it('opens the session in the epoch that it was issued in, whatever its grant', () => {
    expect(isOfThisEpoch(session, { epoch: 'login', grant: 'any' })).toBe(true);
    expect(isOfThisEpoch(session, { epoch: 'login' })).toBe(true);
    expect(isOfThisEpoch(session, { epoch: 'another', grant: 'newest' })).toBe(false);
  });

  it('is refused after a new password, unless it is of the grant that set it [X-14, P-14]', () => {
    const changed = withTokensOf(session, 'newest', 'new password');
    expect(isOfThisEpoch(changed, { epoch: 'login', grant: 'newest' })).toBe(true);
    expect(isOfThisEpoch(changed, { epoch: 'login', grant: 'first' })).toBe(false);
    expect(isOfThisEpoch(changed, { epoch: 'login' })).toBe(false);
    expect(isOfThisEpoch(changed, { epoch: 'new password', grant: 'of the next refresh' })).toBe(true);
  });

  it('without a grant is never kept, not even the one that set the password', () => {
    const changed = withTokensOf(session, undefined, 'new password');
    expect(isOfThisEpoch(changed, { epoch: 'login' })).toBe(false);
    expect(isOfThisEpoch(changed, { epoch: 'login', grant: 'newest' })).toBe(false);
  });

  it('is kept only by the latest change', () => {
    const twice = withTokensOf(withTokensOf(session, 'newest', 'second'), 'later', 'third');
    expect(isOfThisEpoch(twice, { epoch: 'login', grant: 'newest' })).toBe(false);
    expect(isOfThisEpoch(twice, { epoch: 'second', grant: 'later' })).toBe(true);
  });
});

describe('The refresh tokens of a session', () => {
  it('end with a new password, except the one issued with the token that set it [X-14]', () => {
    const { current, used } = withTokensOf(session, 'newest', 'new password').refreshTokens;
    expect(current).toEqual(refreshToken('newest'));
    expect(used).toEqual([]);
  });

  it.each(['first', 'of nobody', undefined])('all end if the token that set it is of %s', (grant) => {
    expect(withTokensOf(session, grant, 'new password').refreshTokens).toEqual({ used: [] });
  });

  it('end if they, or their session, date from before there were grants', () => {
    const { grant: _none, ...older } = refreshToken('newest');
    const before = { ...session, refreshTokens: { current: older, used: [] } };
    expect(withTokensOf(before, undefined, 'new password').refreshTokens).toEqual({ used: [] });
    const without = { ...session, refreshTokens: { used: [] } };
    for (const grant of ['newest', undefined]) {
      expect(withTokensOf(without, grant, 'new password').refreshTokens).toEqual({ used: [] });
    }
  });
});
