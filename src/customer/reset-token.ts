import { createHash, timingSafeEqual } from 'node:crypto';
import type { PasswordReset } from './customer.types.js';

/** How long a password can be set with a token that was mailed. */
export const RESET_SECONDS = 3600;

/** What the mail carries: `customerId.secret`, so that no second look-up is needed. Only the hash is stored. */
export interface ParsedResetToken {
  readonly customerId: string;
  readonly secret: string;
}

export const formatResetToken = (customerId: string, secret: string): string => `${customerId}.${secret}`;

/** @returns undefined for what is no reset token of ours, by its form */
export function parseResetToken(token: string): ParsedResetToken | undefined {
  const [, customerId, secret] = /^(.{1,128})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  return customerId !== undefined && secret !== undefined ? { customerId, secret } : undefined;
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export const hashResetSecret = (secret: string): string => digestOf(secret).toString('base64url');

export function resetFits(reset: PasswordReset | undefined, secret: string, now: Date): boolean {
  if (!reset || reset.expiresAt <= now) return false;
  return timingSafeEqual(digestOf(secret), Buffer.from(reset.hash, 'base64url'));
}
