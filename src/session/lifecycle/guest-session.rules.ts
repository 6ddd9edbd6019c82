import type { Session } from '../session.types.js';

/**
 * Tells whether everything in the session is a guest's. A session that acts for a person, because somebody logged in or
 * an employee acts as a customer, must not be opened by a link: it shows that person's data, so the person logs in.
 */
export function isGuests({ kind, customerId, context, vtex }: Session): boolean {
  if (kind !== 'anonymous' || customerId !== undefined || context?.customerId !== undefined) return false;
  if (vtex === undefined) return true;
  return vtex.impersonation === undefined && [...vtex.cookies.values()].every(({ token }) => !token);
}
