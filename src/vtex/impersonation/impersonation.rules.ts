import type { Admin, Session, VtexState } from '../../session/session.types.js';
import { secondsAfter } from '../../shared/clock.js';
import { loginEmail } from '../../shared/email.js';
import type { Asked, Values } from '../values/app.types.js';
import { textOf } from '../values/parameters.rules.js';
import type { Impersonation } from './impersonation.types.js';

/** Of the client whose token is in the admin's cookie. */
const IMPERSONATE_SCOPE = 'customer.customer_impersonate';

export const mayImpersonate = (admin: Admin | undefined): admin is Admin =>
  admin !== undefined && admin.scopes.includes(IMPERSONATE_SCOPE);

const EMAIL = 'vtex-impersonated-customer-email';
const PUBLIC_EMAIL = `public.${EMAIL}`;
const COOKIE_EMAIL = `cookie.${EMAIL}`;
/** What an employee may say with the customer's e-mail; a tenant can insist on a reason (F-52). */
const REASON = 'public.vtex-impersonation-reason';
const MINUTES = 'public.vtex-impersonation-minutes';
const DEFAULT_MINUTES = 60;
const MOST_MINUTES = 8 * 60;
const LONGEST_REASON = 500;

/** What a request brings, as far as an impersonation goes by it. */
export interface Ask {
  /** As it was read. */
  readonly session: Session;
  readonly asked: Asked;
  /** Names of cookies that came, went or changed, as `cookie.<name>`. */
  readonly changedCookies: readonly string[];
  readonly impersonationNeedsReason: boolean;
}

/** @returns undefined when this request does not ask to impersonate somebody */
export function grantedUntil(ask: Ask, now: Date): Date | undefined {
  if (!isAsked(ask)) return undefined;
  const minutes = minutesOf(ask.asked);
  return secondsAfter(now, (isSensible(minutes) ? minutes : DEFAULT_MINUTES) * 60);
}

/**
 * The e-mail that a session holds counts once: after an impersonation has ended, by its time or with the rights of the
 * employee, somebody must ask again.
 */
function isAsked({ session, asked, changedCookies, impersonationNeedsReason }: Ask): boolean {
  if (reasonOf(asked)) return true;
  if (impersonationNeedsReason) return false;
  const isNew = Boolean(textOf(asked.get(PUBLIC_EMAIL))) || changedCookies.includes(COOKIE_EMAIL);
  return isNew || session.vtex?.impersonation === undefined;
}

const minutesOf = (asked: Asked): number => Number(textOf(asked.get(MINUTES)) ?? DEFAULT_MINUTES);

const isSensible = (minutes: number): boolean => minutes > 0 && minutes <= MOST_MINUTES;

/** It was granted to this employee before, for this customer, and its time is not over. @param email as it is stored */
export function isUnderWay(session: Session, email: string, admin: Admin, now: Date): boolean {
  const loaded = session.vtex?.computed.get('impersonate.storeUserEmail')?.value;
  return isGranted(session, admin, now) && loaded !== undefined && loginEmail(loaded) === email;
}

/**
 * The app is asked whatever changed: somebody is to be impersonated anew, or is loaded and may not be any longer. It is
 * asked at every use, reads included, so that nothing outlives the employee's right.
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

/** The record of what a cycle has begun. @returns undefined when it began none */
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

/** What a session remembers of it, until nobody is named any more. @param cookies names of those that the session has */
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

/** Inputs that were of no use, and those that were wanting, for the headers of the answer (F-52, F-55). */
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
