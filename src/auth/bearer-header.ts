import { Unauthenticated } from '../shared/domain-error.js';

/** One `b64token` and nothing after it (RFC 6750 section 2.1). */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

export const hasBearer = (authorization: string | undefined): boolean =>
  authorization !== undefined && /^Bearer\b/i.test(authorization);

/**
 * The token of an Authorization header.
 * @throws Unauthenticated - there is none, or the header has more than a token in it
 */
export function bearerOf(authorization: string | undefined): string {
  const token = BEARER.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Unauthenticated();
  return token;
}
