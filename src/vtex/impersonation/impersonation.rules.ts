import { textOf } from '../../shared/json.js';
import type { Admin, Session, VtexState } from '../../session/session.types.js';
import { secondsAfter } from '../../shared/clock.js';
import { loginEmail } from '../../shared/email.js';
import type { Asked, Values } from '../values/app.types.js';
import type { Impersonation } from './impersonation.types.js';

/** The client whose token is in the employee's cookie must have this scope. */
const IMPERSONATE_SCOPE = 'customer.customer_impersonate';

export const mayImpersonate = (admin: Admin | undefined): admin is Admin =>
  admin !== undefined && admin.scopes.includes(IMPERSONATE_SCOPE);

const EMAIL = 'vtex-impersonated-customer-email';
const PUBLIC_EMAIL = `public.${EMAIL}`;
const COOKIE_EMAIL = `cookie.${EMAIL}`;
/** Inputs that an employee may send with the customer's e-mail address. A tenant can require a reason (F-52). */
const REASON = 'public.vtex-impersonation-reason';
const MINUTES = 'public.vtex-impersonation-minutes';
const DEFAULT_MINUTES = 60;
const MOST_MINUTES = 8 * 60;
const LONGEST_REASON = 500;

/** The parts of a request that decide an impersonation. */
export interface Ask {
  /** The session as it was read. */
  readonly session: Session;
  readonly asked: Asked;
  /** `cookie.<name>` of the cookies that were added, removed or changed. */
  readonly changedCookies: readonly string[];
  readonly impersonationNeedsReason: boolean;
}

/** Returns when the requested impersonation ends. @returns undefined when the request asks for none */
export function grantedUntil(ask: Ask, now: Date): Date | undefined {
  if (!isAsked(ask)) return undefined;
  const minutes = minutesOf(ask.asked);
  return secondsAfter(now, (isSensible(minutes) ? minutes : DEFAULT_MINUTES) * 60);
}

/**
 * Tells whether the request asks for an impersonation. The e-mail address that a session holds counts only once:
 * after an impersonation has ended, by its time or with the rights of the employee, somebody must ask again.
 */
function isAsked({ session, asked, changedCookies, impersonationNeedsReason }: Ask): boolean {
  if (reasonOf(asked)) return true;
  if (impersonationNeedsReason) return false;
  const isNew = Boolean(textOf(asked.get(PUBLIC_EMAIL))) || changedCookies.includes(COOKIE_EMAIL);
  return isNew || session.vtex?.impersonation === undefined;
}

const minutesOf = (asked: Asked): number => Number(textOf(asked.get(MINUTES)) ?? DEFAULT_MINUTES);

const isSensible = (minutes: number): boolean => minutes > 0 && minutes <= MOST_MINUTES;

/** Tells whether this employee was granted this customer before and still is. @param email in its stored form */
export function isUnderWay(session: Session, email: string, admin: Admin, now: Date): boolean {
  const loaded = textOf(session.vtex?.computed.get('impersonate.storeUserEmail')?.value);
  return isGranted(session, admin, now) && loaded !== undefined && loginEmail(loaded) === email;
}

/**
 * Tells whether the app must run whatever changed: because somebody asks to impersonate, or because the present
 * impersonation is no longer allowed. Checked at every use, reads included, so that none outlives the employee's
 * right.
 */
export function isDue(session: Session, asked: Asked, admin: Admin | undefined, now: Date): boolean {
  const loaded = session.vtex?.computed.has('impersonate.storeUserId') === true;
  const over = loaded && !(mayImpersonate(admin) && isGranted(session, admin, now));
  return over || asked.has(PUBLIC_EMAIL) || asked.has(REASON);
}

const isGranted = ({ vtex }: Session, { clientId }: Admin, now: Date): boolean =>
  vtex?.impersonation?.clientId === clientId && vtex.impersonation.endsAt > now;

interface Outcome {
  readonly before: Values;
  readonly after: Values;
}

/** Returns the record of the impersonation that a cycle began. @returns undefined when it began none */
export function begunImpersonation(
  ask: Ask,
  { before, after }: Outcome,
  admin: Admin | undefined,
  made: { readonly id: string; readonly now: Date },
): Impersonation | undefined {
  const { session, asked } = ask;
  const customerId = after.get('impersonate.storeUserId');
  const endsAt = grantedUntil(ask, made.now);
  if (!customerId || !admin || !endsAt) return undefined;
  const reason = reasonOf(asked);
  const same = customerId === before.get('impersonate.storeUserId');
  if (same && !reason && isGranted(session, admin, made.now)) return undefined;
  return {
    id: made.id,
    tenant: session.tenant,
    sessionId: session.sessionId,
    adminClientId: admin.clientId,
    ...(admin.email !== undefined && { adminEmail: admin.email }),
    customerId,
    customerEmail: after.get('impersonate.storeUserEmail') ?? '',
    ...(reason && { reason }),
    begunAt: made.now,
    endsAt,
  };
}

/**
 * Returns what the session remembers of an impersonation while a customer is named.
 * @param cookies names of its cookies
 */
export function rememberedImpersonation(
  { vtex }: Session,
  after: Values,
  cookies: { has(name: string): boolean },
  begun: Impersonation | undefined,
): Pick<VtexState, 'impersonation'> {
  if (begun) return { impersonation: { clientId: begun.adminClientId, endsAt: begun.endsAt } };
  const isNamed = Boolean(after.get(PUBLIC_EMAIL)) || cookies.has(EMAIL);
  const isKept = after.has('impersonate.storeUserId') || isNamed;
  return isKept && vtex?.impersonation ? { impersonation: vtex.impersonation } : {};
}

/** Returns which inputs had no effect and which are missing, for the headers of the response (F-52, F-55). */
export function impersonationTroubles(
  { asked, impersonationNeedsReason }: Pick<Ask, 'asked' | 'impersonationNeedsReason'>,
  after: Values,
  admin: Admin | undefined,
): { readonly ignored: readonly string[]; readonly missing: readonly string[] } {
  const isNamed = Boolean(after.get(PUBLIC_EMAIL) || after.get(COOKIE_EMAIL));
  if (!mayImpersonate(admin) || !isNamed) return { ignored: [], missing: [] };
  const minutes = isSensible(minutesOf(asked)) ? [] : [MINUTES];
  if (after.has('impersonate.storeUserId')) return { ignored: minutes, missing: [] };
  if (impersonationNeedsReason && !reasonOf(asked)) return { ignored: minutes, missing: [REASON] };
  return {
    ignored: [...(after.get(PUBLIC_EMAIL) ? [PUBLIC_EMAIL] : [COOKIE_EMAIL]), ...minutes],
    missing: [],
  };
}

const reasonOf = (asked: Asked): string | undefined =>
  textOf(asked.get(REASON))?.trim().slice(0, LONGEST_REASON) || undefined;
