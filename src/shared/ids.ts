import { randomBytes, randomUUID } from 'node:crypto';

/** 24 hex digits, as Emporix ids of carts and customers look. */
export const newId = (): string => randomBytes(12).toString('hex');

export const newSessionId = (): string => randomUUID();

/** 256 random bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
