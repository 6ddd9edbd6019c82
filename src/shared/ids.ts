import { randomBytes, randomUUID } from 'node:crypto';

/** Returns 24 hex digits, like the ids of Emporix carts and customers. */
export const newId = (): string => randomBytes(12).toString('hex');

export const newSessionId = (): string => randomUUID();

/** Returns 256 random bits as base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/**
 * Tells whether a text is a dot segment. Browsers and HTTP clients resolve it before they send a path, even when it is
 * encoded (WHATWG URL), so an id like that would lead them to another route.
 */
export const isDotSegment = (text: string): boolean => text === '.' || text === '..';
