import { randomFillSync, randomUUID } from 'node:crypto';

/** Random bytes in stock, because a few cost as much as many. */
const stock = Buffer.alloc(4096);
let taken = stock.length;

/** Takes bytes out of the stock, and leaves no copy of them there. */
function randomText(bytes: number, encoding: 'hex' | 'base64url'): string {
  if (taken + bytes > stock.length) {
    randomFillSync(stock);
    taken = 0;
  }
  const end = taken + bytes;
  const text = stock.toString(encoding, taken, end);
  stock.fill(0, taken, end);
  taken = end;
  return text;
}

/** Returns 24 hex digits, like the ids of Emporix carts and customers. */
export const newId = (): string => randomText(12, 'hex');

export const newSessionId = (): string => randomUUID();

/** Returns 256 random bits as base64url. */
export const newSecret = (): string => randomText(32, 'base64url');

/**
 * Tells whether a text is a dot segment. Browsers and HTTP clients resolve it before they send a path, even when it is
 * encoded (WHATWG URL), so an id like that would lead them to another route.
 */
export const isDotSegment = (text: string): boolean => text === '.' || text === '..';
