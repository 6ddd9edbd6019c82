import type { Admin, Session } from '../../session/session.types.js';
import { secondsAfter } from '../../shared/clock.js';
import type { Outputs, Values } from '../transforms/app.types.js';
import type { Impersonation } from './impersonation.types.js';

/** Of the client whose token is in the admin's cookie. */
export const IMPERSONATE_SCOPE = 'customer.customer_impersonate';

/** What an employee says with the customer's e-mail: without a reason nobody is loaded. */
const REASON = 'public.vtex-impersonation-reason';
const MINUTES = 'public.vtex-impersonation-minutes';
const DEFAULT_MINUTES = 60;
const MOST_MINUTES = 8 * 60;
const LONGEST_REASON = 500;

/** @returns undefined when this very request gives no reason */
export function grantedUntil(asked: Outputs, now: Date): Date | undefined {
  if (!reasonOf(asked)) return undefined;
  const minutes = Number(asked.get(MINUTES) ?? DEFAULT_MINUTES);
  const sensible = minutes > 0 && minutes <= MOST_MINUTES ? minutes : DEFAULT_MINUTES;
  return secondsAfter(now, sensible * 60);
}

/** It was granted before, for this customer, and its time is not over. */
export function isUnderWay({ vtex }: Session, email: string, now: Date): boolean {
  const loaded = vtex?.computed.get('impersonate.storeUserEmail')?.value;
  const endsAt = vtex?.impersonationEndsAt;
  return endsAt !== undefined && endsAt > now && loaded === email.toLowerCase();
}

/** The app is asked whatever changed: the time is over, or somebody is to be impersonated anew. */
export function isDue({ vtex }: Session, asked: Outputs, now: Date): boolean {
  const over = vtex?.impersonationEndsAt !== undefined && vtex.impersonationEndsAt <= now;
  return over || asked.has('public.vtex-impersonated-customer-email') || asked.has(REASON);
}

/** The record of what a cycle has begun. @returns undefined when it began none */
export function begunImpersonation(
  { tenant, sessionId }: Session,
  { before, after, asked }: { readonly before: Values; readonly after: Values; readonly asked: Outputs },
  admin: Admin | undefined,
  made: { readonly id: string; readonly now: Date },
): Impersonation | undefined {
  const customerId = after.get('impersonate.storeUserId');
  const endsAt = grantedUntil(asked, made.now);
  const same = customerId === before.get('impersonate.storeUserId');
  if (!customerId || !admin?.email || !endsAt || (same && !asked.has(REASON))) return undefined;
  return {
    id: made.id,
    tenant,
    sessionId,
    adminClientId: admin.clientId,
    adminEmail: admin.email,
    customerId,
    customerEmail: after.get('impersonate.storeUserEmail') ?? '',
    reason: reasonOf(asked) ?? '',
    begunAt: made.now,
    endsAt,
  };
}

const reasonOf = (asked: Outputs): string | undefined =>
  asked.get(REASON)?.trim().slice(0, LONGEST_REASON) || undefined;
