import type { Admin, Session } from '../../session/session.types.js';
import { secondsAfter } from '../../shared/clock.js';
import type { Asked, Values } from '../transforms/app.types.js';
import { textOf } from '../transforms/parameters.rules.js';
import type { Impersonation } from './impersonation.types.js';

/** Of the client whose token is in the admin's cookie. */
const IMPERSONATE_SCOPE = 'customer.customer_impersonate';

export const mayImpersonate = (admin: Admin | undefined): admin is Admin =>
  admin !== undefined && admin.scopes.includes(IMPERSONATE_SCOPE);

/** What an employee says with the customer's e-mail: without a reason nobody is loaded. */
const REASON = 'public.vtex-impersonation-reason';
const MINUTES = 'public.vtex-impersonation-minutes';
const DEFAULT_MINUTES = 60;
const MOST_MINUTES = 8 * 60;
const LONGEST_REASON = 500;

/** @returns undefined when this very request gives no reason */
export function grantedUntil(asked: Asked, now: Date): Date | undefined {
  if (!reasonOf(asked)) return undefined;
  const minutes = Number(textOf(asked.get(MINUTES)) ?? DEFAULT_MINUTES);
  const sensible = minutes > 0 && minutes <= MOST_MINUTES ? minutes : DEFAULT_MINUTES;
  return secondsAfter(now, sensible * 60);
}

/** It was granted to this employee before, for this customer, and its time is not over. @param email as it is stored */
export function isUnderWay(session: Session, email: string, admin: Admin, now: Date): boolean {
  const loaded = session.vtex?.computed.get('impersonate.storeUserEmail')?.value;
  return isGranted(session, admin, now) && loaded === email;
}

/**
 * The app is asked whatever changed: somebody is to be impersonated anew, or is loaded and may not be any longer. It is
 * asked at every use, reads included, so that nothing outlives the employee's right.
 */
export function isDue(session: Session, asked: Asked, admin: Admin | undefined, now: Date): boolean {
  const loaded = session.vtex?.computed.has('impersonate.storeUserId') === true;
  const over = loaded && !(mayImpersonate(admin) && isGranted(session, admin, now));
  return over || asked.has('public.vtex-impersonated-customer-email') || asked.has(REASON);
}

const isGranted = ({ vtex }: Session, { clientId }: Admin, now: Date): boolean =>
  vtex?.impersonation?.clientId === clientId && vtex.impersonation.endsAt > now;

/** The record of what a cycle has begun. @returns undefined when it began none */
export function begunImpersonation(
  { tenant, sessionId }: Session,
  { before, after, asked }: { readonly before: Values; readonly after: Values; readonly asked: Asked },
  admin: Admin | undefined,
  made: { readonly id: string; readonly now: Date },
): Impersonation | undefined {
  const customerId = after.get('impersonate.storeUserId');
  const endsAt = grantedUntil(asked, made.now);
  const same = customerId === before.get('impersonate.storeUserId');
  if (!customerId || !admin || !endsAt || (same && !asked.has(REASON))) return undefined;
  return {
    id: made.id,
    tenant,
    sessionId,
    adminClientId: admin.clientId,
    ...(admin.email !== undefined && { adminEmail: admin.email }),
    customerId,
    customerEmail: after.get('impersonate.storeUserEmail') ?? '',
    reason: reasonOf(asked) ?? '',
    begunAt: made.now,
    endsAt,
  };
}

const reasonOf = (asked: Asked): string | undefined =>
  textOf(asked.get(REASON))?.trim().slice(0, LONGEST_REASON) || undefined;
