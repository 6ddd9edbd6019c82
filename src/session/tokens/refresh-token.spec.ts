import { describe, expect, it } from 'vitest';
import { newSessionId } from '../../shared/ids.js';
import {
  formatRefreshToken,
  hashRefreshSecret,
  newRefreshSecret,
  parseRefreshToken,
  successorOf,
} from './refresh-token.js';

const sessionId = newSessionId();

describe('A refresh token', () => {
  it('names its session and a secret of 256 bits [P-01]', () => {
    const secret = newRefreshSecret();
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(parseRefreshToken(formatRefreshToken({ sessionId }, secret))).toEqual({ sessionId, secret });
  });

  it('is never the same twice [P-01]', () => {
    const secrets = Array.from({ length: 1000 }, newRefreshSecret);
    expect(new Set(secrets).size).toBe(1000);
  });

  it.each([
    ['nothing', ''],
    ['a session id alone', sessionId],
    ['no session id', `.${newRefreshSecret()}`],
    ['a short secret', `${sessionId}.abc`],
    ['a long secret', `${sessionId}.${'a'.repeat(44)}`],
    ['other characters', `${sessionId}.${'$'.repeat(43)}`],
    ['a line break behind it', `${sessionId}.${'a'.repeat(43)}\n`],
    ['something before it', `x${sessionId}.${'a'.repeat(43)}`],
    ['a JWT', 'eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl'],
    ['a very long text', 'a'.repeat(100_000)],
  ])('is not %s', (_, token) => {
    expect(parseRefreshToken(token)).toBeUndefined();
  });

  it("is stored as a hash from which it can't be recovered [M-58, P-02]", () => {
    const secret = newRefreshSecret();
    const hash = hashRefreshSecret(secret);
    expect(hash).toBe(hashRefreshSecret(secret));
    expect(hash).not.toBe(secret);
    expect(Buffer.from(hash, 'base64url')).toHaveLength(32);
    expect(hashRefreshSecret(newRefreshSecret())).not.toBe(hash);
  });
});

describe('The successor of a refresh secret', () => {
  const secret = newRefreshSecret();

  it('is the same for everyone who has the secret and the salt, so two tabs get one token', () => {
    const salt = newRefreshSecret();
    expect(successorOf(secret, salt)).toBe(successorOf(secret, salt));
  });

  it("can't be derived from the salt or the secret alone [M-58]", () => {
    const salt = newRefreshSecret();
    expect(successorOf(secret, salt)).not.toBe(successorOf(newRefreshSecret(), salt));
    expect(successorOf(secret, salt)).not.toBe(successorOf(secret, newRefreshSecret()));
    expect(successorOf(hashRefreshSecret(secret), salt)).not.toBe(successorOf(secret, salt));
  });

  it('is a secret of the same form and can have a successor of its own', () => {
    const successor = successorOf(secret, newRefreshSecret());
    const token = formatRefreshToken({ sessionId }, successorOf(successor, newRefreshSecret()));
    expect(parseRefreshToken(token)?.sessionId).toBe(sessionId);
  });
});
