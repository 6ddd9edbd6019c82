import { jwtsIn } from '../../shared/jwt.js';

/**
 * Tells whether a text contains a token that claims to be issued by this service. The signature does not matter: such a
 * token goes nowhere else, expired or not.
 */
export function carriesOwnToken(text: string, issuer: string): boolean {
  // Readers of URLs and cookies decode escapes before they look.
  const plain = text.includes('%') ? text.replaceAll(/%([0-7][\da-f])/gi, unescaped) : text;
  for (const { claims } of jwtsIn(plain)) if (issuerIn(claims) === issuer) return true;
  return false;
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
