import { describe, expect, it } from 'vitest';
import type { RefreshToken, UsedRefreshToken } from '../session.types.js';
import { holderOf, isKnownTo, passedTo } from './token-holder.rules.js';

const AT = new Date('2026-01-15T12:00:00.000Z');
const token = (hash: string): RefreshToken => ({ hash, issuedAt: AT, expiresAt: AT });
const used = (hash: string): UsedRefreshToken => ({ ...token(hash), usedAt: AT, salt: 's' });
const ours = { clientId: 'app', refreshTokens: { current: token('a'), used: [used('b')] } };

describe('A refresh token', () => {
  it('is of the client that the session belongs to, if it names no other', () => {
    expect(['a', 'b', 'unknown'].map((hash) => holderOf(ours, hash))).toEqual(['app', 'app', 'app']);
  });

  it('stays with its client when the session passes to another one', () => {
    const passed = passedTo(ours, 'web');
    expect(passed.clientId).toBe('web');
    expect(['a', 'b', 'unknown'].map((hash) => holderOf(passed, hash))).toEqual(['app', 'app', 'web']);
  });

  it('stays with its client however often the session passes on', () => {
    const web = passedTo(ours, 'web');
    const both = { ...web, refreshTokens: { ...web.refreshTokens, current: token('c') } };
    const third = passedTo(both, 'kiosk');
    expect(['b', 'c'].map((hash) => holderOf(third, hash))).toEqual(['app', 'web']);
    const back = passedTo(third, 'app');
    expect(['b', 'c'].map((hash) => holderOf(back, hash))).toEqual(['app', 'web']);
    expect(back.refreshTokens.used).toEqual(ours.refreshTokens.used);
  });

  it('makes the session known to its client', () => {
    const passed = passedTo(ours, 'web');
    expect(['app', 'web', 'kiosk'].map((client) => isKnownTo(passed, client))).toEqual([true, true, false]);
    const rotated = { ...passed, refreshTokens: { used: passed.refreshTokens.used } };
    expect(isKnownTo(rotated, 'app')).toBe(true);
  });

  it('is as it was if the session stays where it is', () => {
    expect(passedTo(ours, 'app')).toBe(ours);
    const without = { clientId: 'app', refreshTokens: { used: [] } };
    expect(passedTo(without, 'web')).toEqual({ clientId: 'web', refreshTokens: { used: [] } });
  });
});
