import type { Session } from './session.types.js';

/**
 * Returns the customers whose access tokens the session holds from authentication cookies. The session is not theirs, but
 * apps have written their profiles into it.
 */
export function provenCustomers({ vtex }: Pick<Session, 'vtex'>): readonly string[] {
  if (!vtex) return NOBODY;
  const found = new Set<string>();
  for (const { token } of vtex.cookies.values())
    if (token?.claims.token_use === 'customer') found.add(token.claims.sub);
  return found.size === 0 ? NOBODY : [...found];
}

const NOBODY: readonly string[] = [];
