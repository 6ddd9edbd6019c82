import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * A generated secret has the strength that argon2 lends to a human password, so one SHA-256 is enough,
 * and a flood of token requests costs no CPU to speak of.
 */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** An unknown client is compared as well, so that it takes as long as a wrong secret (behaviour W-03). */
const NO_SUCH_SECRET = hashSecret('');

export function secretFits(secret: string, hash: string | undefined): boolean {
  const expected = Buffer.from(hash ?? NO_SUCH_SECRET, 'base64url');
  const equal = timingSafeEqual(createHash('sha256').update(secret).digest(), expected);
  return equal && hash !== undefined;
}
