/** Three parts, separated by dots, the first of which begins like `{"`: it may open something (RFC 7519). */
const WHOLE = /^eyJ[\w-]{5,}\.[\w-]+\.[\w-]*$/;

const BEGINS = 'eyJ';
const SHORTEST_HEADER = 8;

/** Tells whether a text has the form of a token; its signature does not matter. */
export const isJwt = (text: string): boolean => WHOLE.test(text);

/** Where a text has a token, and the part of it that has the claims. */
interface FoundJwt {
  readonly at: number;
  readonly end: number;
  readonly claims: string;
}

/**
 * Finds the tokens in a text, also those that overlap. It reads each character once: a pattern that looks for a token
 * anywhere reads on from each `eyJ`, and takes minutes for a megabyte of them.
 */
export function* jwtsIn(text: string): Generator<FoundJwt> {
  for (const { 0: run, index } of text.matchAll(/[\w.-]+/g)) {
    if (!run.includes(BEGINS)) continue;
    const parts = run.split('.');
    let from = index;
    for (const [i, header] of parts.entries()) {
      const [claims, signature] = [parts[i + 1], parts[i + 2]];
      const begins = header.indexOf(BEGINS);
      if (begins >= 0 && header.length - begins >= SHORTEST_HEADER && claims && signature !== undefined) {
        const end = from + header.length + claims.length + signature.length + 2;
        yield { at: from + begins, end, claims };
      }
      from += header.length + 1;
    }
  }
}

/** Leaves out tokens, for texts that repeat what a caller sent and are logged or kept. */
export function withoutJwts(text: string): string {
  let [shown, from] = ['', 0];
  for (const { at, end } of jwtsIn(text)) {
    if (at < from) continue;
    shown += `${text.slice(from, at)}…`;
    from = end;
  }
  return shown + text.slice(from);
}

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
