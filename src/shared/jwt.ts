/** Three parts, separated by dots, the first of which begins like `{"`: it may open something (RFC 7519). */
const JWT = 'eyJ[\\w-]{5,}\\.[\\w-]+\\.[\\w-]*';
const WHOLE = new RegExp(`^${JWT}$`);
const ANY = new RegExp(JWT, 'g');

/** Tells whether a text has the form of a token; its signature does not matter. */
export const isJwt = (text: string): boolean => WHOLE.test(text);

/** Leaves out tokens, for texts that repeat what a caller sent and are logged or kept. */
export const withoutJwts = (text: string): string => text.replaceAll(ANY, '…');

/** Signatures that need a private key, never a shared secret (RFC 8725 section 3.1). */
export const ASYMMETRIC_ALGORITHMS: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  // Both names of one algorithm: libraries have begun to use the second (RFC 9864).
  'EdDSA',
  'Ed25519',
];
