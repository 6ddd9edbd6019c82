import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Hashes a generated secret. It already has the strength that argon2 lends to a human password, so one SHA-256 is
 * enough, and a flood of token requests costs almost no CPU.
 */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Compared for an unknown client too, so that it takes as long as a wrong secret (behaviour W-03). */
const NO_SUCH_SECRET = hashSecret('');

/** @param hashes of the valid secrets; empty if the client is unknown or has no secret */
export function secretFits(secret: string, hashes: readonly string[]): boolean {
  const digest = createHash('sha256').update(secret).digest();
  const equal = (hash: string) => timingSafeEqual(digest, Buffer.from(hash, 'base64url'));
  const fits = (hashes.length > 0 ? hashes : [NO_SUCH_SECRET]).map(equal).includes(true);
  return fits && hashes.length > 0;
}
