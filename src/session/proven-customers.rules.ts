import type { SeenCookie, Session } from './session.types.js';

/**
 * Returns the customers whose access tokens the session holds from authentication cookies. The session is not theirs, but
 * apps have written their profiles into it.
 */
export function provenCustomers({ vtex }: Pick<Session, 'vtex'>): readonly string[] {
  if (!vtex) return NOBODY;
  const found = new Set<string>();
  for (const cookie of vtex.cookies.values()) {
    const customerId = customerProvenBy(cookie);
    if (customerId !== undefined) found.add(customerId);
  }
  return found.size === 0 ? NOBODY : [...found];
}

const NOBODY: readonly string[] = [];

/** Returns the customer whose token a cookie carries. The id of an employee's tool may be the same as a customer's. */
export const customerProvenBy = ({ token }: SeenCookie): string | undefined =>
  token?.claims.token_use === 'customer' ? token.claims.sub : undefined;
