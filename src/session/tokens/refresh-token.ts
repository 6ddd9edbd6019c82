import { createHash, createHmac } from 'node:crypto';
import { newSecret } from '../../shared/ids.js';
import type { RefreshTokens, SessionKey } from '../session.types.js';

/** What the client holds: `sessionId.secret`. The secret has 256 bits, and only its hash is stored. */
export interface ParsedRefreshToken {
  readonly sessionId: string;
  readonly secret: string;
}

export const formatRefreshToken = (key: Pick<SessionKey, 'sessionId'>, secret: string): string =>
  `${key.sessionId}.${secret}`;

/** @returns undefined if the text does not have the form of a refresh token */
export function parseRefreshToken(token: string): ParsedRefreshToken | undefined {
  const [, sessionId, secret] = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  return sessionId !== undefined && secret !== undefined ? { sessionId, secret } : undefined;
}

export const hashRefreshSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');

/** Returns the first secret of a session. */
export const newRefreshSecret = newSecret;

/**
 * Returns the secret that follows this one. It is derived from the old secret, which the store does not have, and the
 * salt, which the client does not have. So a client that repeats a refresh within the grace gets the same successor,
 * yet no secret is ever stored.
 */
export const successorOf = (secret: string, salt: string): string =>
  createHmac('sha256', secret).update(salt).digest('base64url');

/**
 * Returns the newest secret that follows this one. A faster tab may already have used the direct successor. One without a
 * salt was displaced by another browser before it was used, so nothing follows it.
 */
export function newestAfter(secret: string, salt: string, { used }: RefreshTokens): string {
  const next = successorOf(secret, salt);
  const usedNext = used.find(({ hash }) => hash === hashRefreshSecret(next));
  return usedNext && usedNext.salt !== '' ? newestAfter(next, usedNext.salt, { used }) : next;
}
