import type { Session } from '../../session/session.types.js';
import { textOf } from '../../shared/json.js';
import type { Values } from '../values/app.types.js';

/** Values that identify somebody. Each one opens that person's data or rights. */
const IDENTITIES = [
  'authentication.storeUserId',
  'authentication.adminUserId',
  'impersonate.storeUserId',
] as const;

/** Tells whether the session now acts for somebody for whom it did not act before. */
export const gainsRights = (before: Values, after: Values): boolean =>
  IDENTITIES.some((name) => {
    const identity = after.get(name);
    return identity !== undefined && identity !== '' && identity !== before.get(name);
  });

/** Who the caller is, as the authentication cookies of the request prove. */
interface Proven {
  readonly customerId?: string;
  readonly sessionId?: string;
  readonly admin?: { readonly clientId: string };
}

/**
 * Tells whether a request with a session token of an earlier epoch may still use the session: it must prove to come
 * from the customer or employee whose login began the present epoch.
 */
export function isHolder({ sessionId, customerId, vtex }: Session, proven: Proven): boolean {
  const computed = (name: string): string | undefined => textOf(vtex?.computed.get(name)?.value);
  const customer = customerId ?? computed('authentication.storeUserId');
  const employee = computed('authentication.adminUserId');
  if (proven.sessionId === sessionId) return true;
  if (customer !== undefined) return proven.customerId === customer;
  return employee !== undefined && proven.admin?.clientId === employee;
}
