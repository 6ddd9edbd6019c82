import { describe, expect, it } from 'vitest';
import { aSession, aVtexState, BUILT_AT } from '../../../test/support/data/builders.js';
import type { Admin, Session, VtexState } from '../../session/session.types.js';
import type { Json } from '../../shared/json.js';
import {
  type Ask,
  begunImpersonation,
  grantedUntil,
  impersonationTroubles,
  isDue,
  isUnderWay,
  mayImpersonate,
  rememberedImpersonation,
} from './impersonation.rules.js';

const EMAIL = 'public.vtex-impersonated-customer-email';
const COOKIE = 'cookie.vtex-impersonated-customer-email';
const REASON = 'public.vtex-impersonation-reason';
const MINUTES = 'public.vtex-impersonation-minutes';

const map = <T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(entries));
const later = (minutes: number): Date => new Date(BUILT_AT.getTime() + minutes * 60_000);

const admin: Admin = {
  clientId: 'desk',
  email: 'agent@acme.test',
  scopes: ['customer.customer_impersonate'],
};
const unscoped: Admin = { ...admin, scopes: ['customer.customer_read'] };
const ANN = { 'impersonate.storeUserId': 'ann', 'impersonate.storeUserEmail': 'ann@acme.test' };

/** A session in which an employee of the client `desk` was granted Ann for an hour. */
function granted(over: Partial<VtexState> = {}): Session {
  const computed = Object.entries(ANN).map(
    ([name, value]) => [name, { value, source: 'app:vtex.impersonate-session', at: BUILT_AT }] as const,
  );
  return aSession({
    vtex: aVtexState({
      computed: new Map(computed),
      impersonation: { clientId: 'desk', endsAt: later(60) },
      ...over,
    }),
  });
}

const asking = (asked: Readonly<Record<string, Json>>, over: Partial<Omit<Ask, 'asked'>> = {}): Ask => ({
  session: aSession(),
  asked: map(asked),
  changedCookies: [],
  impersonationNeedsReason: false,
  ...over,
});

describe('An employee may impersonate', () => {
  it('only with the scope for it', () => {
    expect([admin, unscoped, undefined].map(mayImpersonate)).toEqual([true, false, false]);
  });
});

describe('An impersonation is granted', () => {
  const until = (ask: Ask) => grantedUntil(ask, BUILT_AT);

  it('for an hour, or for the minutes that the employee asks for, up to eight hours [F-52]', () => {
    const minutes = (value: Json) => until(asking({ [EMAIL]: 'ann@acme.test', [MINUTES]: value }));
    expect(until(asking({ [EMAIL]: 'ann@acme.test' }))).toEqual(later(60));
    expect(minutes('5')).toEqual(later(5));
    expect(minutes(480)).toEqual(later(480));
    for (const bad of [481, 0, '-5', 'soon', '', true]) expect(minutes(bad)).toEqual(later(60));
  });

  it('for an address that the session holds already, but only if none was granted before [X-04]', () => {
    expect(until(asking({}))).toEqual(later(60));
    expect(until(asking({}, { session: granted() }))).toBeUndefined();
  });

  it('again when the request names somebody, in its values or in a cookie that changed [X-04]', () => {
    const session = granted();
    expect(until(asking({ [EMAIL]: 'ann@acme.test' }, { session }))).toEqual(later(60));
    expect(until(asking({ [EMAIL]: '' }, { session }))).toBeUndefined();
    expect(until(asking({}, { session, changedCookies: [COOKIE] }))).toEqual(later(60));
    expect(until(asking({}, { session, changedCookies: ['cookie.other'] }))).toBeUndefined();
  });

  it('only for a reason, if the tenant requires one [F-52]', () => {
    const over = { impersonationNeedsReason: true };
    expect(until(asking({ [EMAIL]: 'ann@acme.test' }, over))).toBeUndefined();
    expect(until(asking({ [EMAIL]: 'ann@acme.test', [REASON]: ' ' }, over))).toBeUndefined();
    expect(until(asking({ [REASON]: 'she called' }, over))).toEqual(later(60));
  });
});

describe('An impersonation is under way', () => {
  it('while the same client acts as the same customer within the time [X-04]', () => {
    const email = 'ann@acme.test';
    expect(isUnderWay(granted(), email, admin, later(59))).toBe(true);
    expect(isUnderWay(granted(), email, admin, later(60))).toBe(false);
    expect(isUnderWay(granted(), 'bob@acme.test', admin, BUILT_AT)).toBe(false);
    expect(isUnderWay(granted(), email, { ...admin, clientId: 'other' }, BUILT_AT)).toBe(false);
    expect(isUnderWay(granted({ computed: new Map() }), email, admin, BUILT_AT)).toBe(false);
    expect(isUnderWay(aSession(), email, admin, BUILT_AT)).toBe(false);
  });
});

describe('The app runs whatever changed', () => {
  it('when somebody asks to impersonate or gives a reason, even if the value is unchanged', () => {
    expect(isDue(aSession(), map({ [EMAIL]: 'ann@acme.test' }), admin, BUILT_AT)).toBe(true);
    expect(isDue(aSession(), map({ [REASON]: 'she called' }), undefined, BUILT_AT)).toBe(true);
    expect(isDue(aSession(), map({ [MINUTES]: 5 }), admin, BUILT_AT)).toBe(false);
  });

  it('when the time of an impersonation is over, or the employee or the right is gone [X-04]', () => {
    expect(isDue(granted(), map({}), admin, later(59))).toBe(false);
    expect(isDue(granted(), map({}), admin, later(60))).toBe(true);
    expect(isDue(granted(), map({}), undefined, BUILT_AT)).toBe(true);
    expect(isDue(granted(), map({}), unscoped, BUILT_AT)).toBe(true);
    expect(isDue(granted({ computed: new Map() }), map({}), undefined, BUILT_AT)).toBe(false);
  });
});

describe('The record of an impersonation', () => {
  const recordOf = (ask: Ask, before = {}, after = ANN, by: Admin | undefined = admin) =>
    begunImpersonation(ask, { before: map<string>(before), after: map<string>(after) }, by, {
      id: 'i1',
      now: BUILT_AT,
    });

  it('says who acts as whom, why and until when', () => {
    const ask = asking({ [EMAIL]: 'ann@acme.test', [REASON]: ' she called ', [MINUTES]: 30 });
    expect(recordOf(ask)).toEqual({
      id: 'i1',
      tenant: 'acme',
      sessionId: ask.session.sessionId,
      adminClientId: 'desk',
      adminEmail: 'agent@acme.test',
      customerId: 'ann',
      customerEmail: 'ann@acme.test',
      reason: 'she called',
      begunAt: BUILT_AT,
      endsAt: later(30),
    });
  });

  it('leaves out what is not known, and the end of a long reason', () => {
    const { email: _none, ...nameless } = admin;
    const short = recordOf(asking({ [EMAIL]: 'ann@acme.test' }), {}, ANN, nameless);
    expect(short).toMatchObject({ adminClientId: 'desk' });
    expect(short).not.toHaveProperty('adminEmail');
    expect(short).not.toHaveProperty('reason');
    expect(recordOf(asking({ [REASON]: 'x'.repeat(501) }))?.reason).toHaveLength(500);
  });

  it('is not made when nobody was loaded, nobody proved to be an employee, or nothing was asked', () => {
    const ask = asking({ [EMAIL]: 'ann@acme.test' });
    expect(begunImpersonation(ask, { before: map({}), after: map({}) }, admin, { id: 'i1', now: BUILT_AT })).toBeUndefined(); // prettier-ignore
    expect(begunImpersonation(ask, { before: map({}), after: map(ANN) }, undefined, { id: 'i1', now: BUILT_AT })).toBeUndefined(); // prettier-ignore
    expect(recordOf(asking({}, { session: granted() }), ANN)).toBeUndefined();
  });

  it('is made once for a customer, and again for another one, a new reason or a new grant', () => {
    const asked = { [EMAIL]: 'ann@acme.test' };
    const session = granted();
    const ended = granted({ impersonation: { clientId: 'desk', endsAt: BUILT_AT } });
    expect(recordOf(asking(asked, { session }), ANN)).toBeUndefined();
    expect(recordOf(asking(asked, { session }), { 'impersonate.storeUserId': 'bob' })).toBeDefined();
    expect(recordOf(asking({ ...asked, [REASON]: 'she called again' }, { session }), ANN)).toBeDefined();
    expect(recordOf(asking(asked, { session: ended }), ANN)).toBeDefined();
  });
});

describe('A session remembers its impersonation', () => {
  const nobody = new Map<string, string>();
  const begun = {
    id: 'i1',
    tenant: 'acme',
    sessionId: 's1',
    adminClientId: 'new desk',
    customerId: 'ann',
    customerEmail: 'ann@acme.test',
    begunAt: BUILT_AT,
    endsAt: later(5),
  };

  it('as the newest that began', () => {
    expect(rememberedImpersonation(granted(), map(ANN), nobody, begun)).toEqual({
      impersonation: { clientId: 'new desk', endsAt: later(5) },
    });
  });

  it('while a customer is loaded or named, so that the address it holds is not granted twice [X-04]', () => {
    const kept = { impersonation: { clientId: 'desk', endsAt: later(60) } };
    const cookie = new Set(['vtex-impersonated-customer-email']);
    expect(rememberedImpersonation(granted(), map(ANN), nobody, undefined)).toEqual(kept);
    expect(rememberedImpersonation(granted(), map({ [EMAIL]: 'ann@acme.test' }), nobody, undefined)).toEqual(kept); // prettier-ignore
    expect(rememberedImpersonation(granted(), map({}), cookie, undefined)).toEqual(kept);
  });

  it('no longer once nobody is named', () => {
    expect(rememberedImpersonation(granted(), map({ [EMAIL]: '' }), nobody, undefined)).toEqual({});
    expect(rememberedImpersonation(aSession(), map(ANN), nobody, undefined)).toEqual({});
  });
});

describe('An employee who names a customer', () => {
  const named = { [EMAIL]: 'ann@acme.test' };
  const troubles = (
    asked: Readonly<Record<string, Json>>,
    after: Readonly<Record<string, string>>,
    impersonationNeedsReason = false,
    by: Admin | undefined = admin,
  ) => impersonationTroubles({ asked: map(asked), impersonationNeedsReason }, map(after), by);

  it('is told of nothing when the impersonation took place', () => {
    expect(troubles(named, { ...named, ...ANN })).toEqual({ ignored: [], missing: [] });
  });

  it('is told of minutes that are out of range, whether or not it took place [F-52, F-55]', () => {
    const asked = { ...named, [MINUTES]: 481 };
    expect(troubles(asked, { ...named, ...ANN })).toEqual({ ignored: [MINUTES], missing: [] });
    expect(troubles(asked, named)).toEqual({ ignored: [EMAIL, MINUTES], missing: [] });
  });

  it('is told that the name had no effect, and where it came from [F-55]', () => {
    expect(troubles({}, { [COOKIE]: 'ann@acme.test' })).toEqual({ ignored: [COOKIE], missing: [] });
    expect(troubles({}, { ...named, [COOKIE]: 'bob@acme.test' }).ignored).toEqual([EMAIL]);
  });

  it('is told that a reason is missing, if only that was [F-52, F-55]', () => {
    expect(troubles(named, named, true)).toEqual({ ignored: [], missing: [REASON] });
    const asked = { ...named, [REASON]: 'she called' };
    expect(troubles(asked, named, true)).toEqual({ ignored: [EMAIL], missing: [] });
  });

  it('is told of nothing without the right to impersonate, or when nobody is named', () => {
    expect(troubles(named, named, true, unscoped)).toEqual({ ignored: [], missing: [] });
    expect(troubles({ [MINUTES]: 481 }, {}, true)).toEqual({ ignored: [], missing: [] });
  });
});
