/** A signed JWT, wherever it stands in a text. */
const JWT = /eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]*/g;

/**
 * Whether a text carries a token that this service issued. Its signature does not matter: a token that says that it is
 * ours goes nowhere else, ended or not.
 */
export function carriesOwnToken(text: string, issuer: string): boolean {
  // Readers of URLs and cookies undo escapes before they look.
  const plain = text.includes('%') ? text.replaceAll(/%([0-7][\da-f])/gi, unescaped) : text;
  if (!plain.includes('eyJ')) return false;
  return [...plain.matchAll(JWT)].some(([, claims = '']) => issuerIn(claims) === issuer);
}

const unescaped = (_: string, hex: string): string => String.fromCodePoint(Number.parseInt(hex, 16));

function issuerIn(claims: string): unknown {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString());
    return typeof parsed === 'object' && parsed !== null && 'iss' in parsed ? parsed.iss : undefined;
  } catch {
    return undefined;
  }
}
