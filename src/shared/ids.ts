import { randomBytes, randomUUID } from 'node:crypto';

/** Returns 24 hex digits, like the ids of Emporix carts and customers. */
export const newId = (): string => randomBytes(12).toString('hex');

export const newSessionId = (): string => randomUUID();

/** Returns 256 random bits as base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
