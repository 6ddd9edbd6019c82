/** A signed JWT, wherever it stands in a text; also one in a URL or a cookie, where its dots stay as they are. */
const JWT = /eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]*/g;

/**
 * Whether a text carries a token that this service issued. Its signature does not matter: a token that says that it is
 * ours goes nowhere else, ended or not.
 */
export function carriesOwnToken(text: string, issuer: string): boolean {
  if (!text.includes('eyJ')) return false;
  return [...text.matchAll(JWT)].some(([, claims = '']) => issuerIn(claims) === issuer);
}

function issuerIn(claims: string): unknown {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString());
    return typeof parsed === 'object' && parsed !== null && 'iss' in parsed ? parsed.iss : undefined;
  } catch {
    return undefined;
  }
}
