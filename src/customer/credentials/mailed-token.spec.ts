import { describe, expect, it } from 'vitest';
import { aCustomer } from '../../../test/support/data/builders.js';
import { newId, newSecret } from '../../shared/ids.js';
import {
  formatToken,
  hashToken,
  parseToken,
  TOKEN_SECONDS,
  tokenFits,
  undoThatFits,
} from './mailed-token.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const secret = newSecret();

describe('A mailed token', () => {
  it('is valid for a day, for an hour to set a new password, or for a week to undo a change [W-21, X-03]', () => {
    expect(TOKEN_SECONDS).toEqual({
      'opt-in': 86_400,
      'password-reset': 3600,
      'email-change': 86_400,
      'email-changed': 604_800,
    });
  });

  it('names its customer, which saves a second look-up', () => {
    const id = newId();
    expect(parseToken(formatToken(id, secret))).toEqual({ customerId: id, secret });
    expect(parseToken(formatToken('an.older.id', secret))).toEqual({ customerId: 'an.older.id', secret });
    expect(parseToken(formatToken('x'.repeat(128), secret))?.customerId).toHaveLength(128);
  });

  it.each([
    '',
    '.',
    secret,
    `.${secret}`,
    `id${secret}`,
    `id.${secret}x`,
    `id.${secret.slice(1)}`,
    `id.${secret} `,
    `id.!${secret.slice(1)}`,
    `${'x'.repeat(129)}.${secret}`,
    `i\nd.${secret}`,
  ])('is not read from %j', (text) => {
    expect(parseToken(text)).toBeUndefined();
  });

  it('is stored as its SHA-256 in base64url, never itself [P-03]', () => {
    expect(hashToken('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });

  it('fits until it expires', () => {
    const stored = { hash: hashToken(secret), expiresAt: now };
    expect(tokenFits(stored, secret, at(-0.001))).toBe(true);
    expect(tokenFits(stored, secret, now)).toBe(false);
    expect(tokenFits(stored, secret, at(1))).toBe(false);
    expect(tokenFits(stored, newSecret(), at(-1))).toBe(false);
    expect(tokenFits(undefined, secret, at(-1))).toBe(false);
  });

  it('opens the undo that it was mailed for, and no other', () => {
    const undo = (change: string, ofSecret?: string) => ({
      change,
      email: `${change}@acme.test`,
      reservedUntil: at(60),
      ...(ofSecret !== undefined && { token: { hash: hashToken(ofSecret), expiresAt: at(60) } }),
    });
    const customer = aCustomer({
      emailUndos: [undo('no mail yet'), undo('other', newSecret()), undo('own', secret)],
    });
    expect(undoThatFits(customer, secret, now)?.change).toBe('own');
    expect(undoThatFits(customer, newSecret(), now)).toBeUndefined();
    expect(undoThatFits(customer, secret, at(60))).toBeUndefined();
    expect(undoThatFits(aCustomer(), secret, now)).toBeUndefined();
  });
});
