import { createHash, timingSafeEqual } from 'node:crypto';
import type { TokenMailKind } from '../../mail/index.js';
import type { Customer, EmailUndo, MailedToken } from '../customer.types.js';
import { UNDO_SECONDS } from './email-undo.rules.js';

const HOUR = 3600;

/** How long a token is valid after its mail was written. */
export const TOKEN_SECONDS: Readonly<Record<TokenMailKind, number>> = {
  'opt-in': 24 * HOUR,
  'password-reset': HOUR,
  'email-change': 24 * HOUR,
  'email-changed': UNDO_SECONDS,
};

/** What the mail carries: `customerId.secret`, which saves a second look-up. Only the hash is stored. */
export interface ParsedToken {
  readonly customerId: string;
  readonly secret: string;
}

export const formatToken = (customerId: string, secret: string): string => `${customerId}.${secret}`;

/** @returns undefined if the text does not have the form of a mailed token */
export function parseToken(token: string): ParsedToken | undefined {
  const [, customerId, secret] = /^(.{1,128})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  return customerId !== undefined && secret !== undefined ? { customerId, secret } : undefined;
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export const hashToken = (secret: string): string => digestOf(secret).toString('base64url');

export function tokenFits(token: MailedToken | undefined, secret: string, now: Date): boolean {
  if (!token || token.expiresAt <= now) return false;
  return timingSafeEqual(digestOf(secret), Buffer.from(token.hash, 'base64url'));
}

/** Returns the undo that the token opens. */
export const undoThatFits = (
  { emailUndos = [] }: Customer,
  secret: string,
  now: Date,
): EmailUndo | undefined => emailUndos.find(({ token }) => tokenFits(token, secret, now));
