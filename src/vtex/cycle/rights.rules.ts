import type { Session } from '../../session/session.types.js';
import type { Values } from '../values/app.types.js';

/** Who is there, by what: each of these opens somebody's data or rights. */
const IDENTITIES = [
  'authentication.storeUserId',
  'authentication.adminUserId',
  'impersonate.storeUserId',
] as const;

/** Whether a session speaks for somebody for whom it did not speak before. */
export const gainsRights = (before: Values, after: Values): boolean =>
  IDENTITIES.some((name) => {
    const identity = after.get(name);
    return identity !== undefined && identity !== '' && identity !== before.get(name);
  });

/** Whom a request proves to be there by its authentication cookies. */
interface Proven {
  readonly customerId?: string;
  readonly sessionId?: string;
  readonly admin?: { readonly clientId: string };
}

/**
 * Whether a request with a session token of an earlier epoch comes from those whose login started the present one: it
 * proves to be that customer, or that employee.
 */
export function isHolder({ sessionId, customerId, vtex }: Session, proven: Proven): boolean {
  const computed = (name: string): string | undefined => vtex?.computed.get(name)?.value;
  const customer = customerId ?? computed('authentication.storeUserId');
  const employee = computed('authentication.adminUserId');
  if (proven.sessionId === sessionId) return true;
  if (customer !== undefined) return proven.customerId === customer;
  return employee !== undefined && proven.admin?.clientId === employee;
}
