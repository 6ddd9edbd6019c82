import { describe, expect, it } from 'vitest';
import { aSession, aSite, aVtexState, BUILT_AT } from '../../../test/support/data/builders.js';
import { ATTRIBUTE_LIMITS } from '../../session/context/attribute-limits.rules.js';
import { newContext } from '../../session/context/context.rules.js';
import type { DefaultValues } from '../../session/index.js';
import type { Session, Source } from '../../session/session.types.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { Json } from '../../shared/json.js';
import type { SessionFacts } from '../values/app.types.js';
import { plainValues, publicAttributes, sessionValues } from '../values/session-values.rules.js';
import { patched, type Remembered } from './session-patch.rules.js';

const NOW = new Date(BUILT_AT.getTime() + 60_000);
const DERIVED: DefaultValues = {
  siteCode: { value: 'main', source: 'site' },
  currency: { value: 'EUR', source: 'site' },
  targetLocation: { value: 'DE', source: 'site' },
  language: { value: 'en', source: 'site' },
};
const FACTS: SessionFacts = {
  accountId: 'uuid',
  sites: [aSite('main'), aSite('us'), aSite('closed', { active: false })],
  derived: DERIVED,
};
const REMEMBERED: Remembered = {
  seen: new Map([['public.a', 'x']]),
  cookies: new Map([['login', { hash: 'h' }]]),
  failed: ['loyalty'],
  heldUntil: NOW,
};

const by = <T extends Json>(source: Source, value: T, at = BUILT_AT) => ({ value, source, at });
/** A session with a context whose attribute `a` is `old`. */
const withContext = (over: Partial<Session> = {}): Session => {
  const context = newContext(DERIVED, undefined, BUILT_AT);
  return aSession({ ...over, context: { ...context, attributes: new Map([['a', by('shopper', 'old')]]) } });
};

interface Cycle {
  readonly asked?: Readonly<Record<string, Json>>;
  /** What the cycle made of the values; null is a removed one. */
  readonly written?: Readonly<Record<string, string | null>>;
  /** The app that wrote all of it, unless the request did. */
  readonly app?: string;
  readonly originals?: Readonly<Record<string, Json>>;
  readonly remembered?: Remembered;
}

function after(session: Session, cycle: Cycle): Session {
  const { asked = {}, written = {}, app, originals = {}, remembered = REMEMBERED } = cycle;
  const before = plainValues(sessionValues(session, FACTS));
  const values = new Map(before);
  for (const [name, value] of Object.entries(written)) {
    if (value === null) values.delete(name);
    else values.set(name, value);
  }
  const result = {
    before,
    after: values,
    asked: new Map(Object.entries(asked)),
    stored: publicAttributes(session),
    writers: new Map(app === undefined ? [] : Object.keys(written).map((name) => [name, app])),
    originals: new Map(Object.entries(originals)),
  };
  return patched(session, FACTS, result, remembered, NOW);
}

describe('A session after a cycle', () => {
  it('keeps values that are not texts as the apps wrote them, unless somebody else overwrote them [M-18, F-54]', () => {
    const app = 'storefront-permissions';
    const [units, rights] = [['north', 'south'], { buy: true }];
    const written = {
      'b2b.units': JSON.stringify(units),
      'b2b.other': 'text',
      'public.rights': JSON.stringify(rights),
      'b2b.minimum': '0',
    };
    const originals = {
      'b2b.units': units,
      'b2b.other': ['older'],
      'public.rights': rights,
      'b2b.minimum': 0,
    };
    const { vtex } = after(aSession(), { written, app, originals });
    expect(vtex?.computed.get('b2b.units')).toMatchObject({ value: units, source: `app:${app}` });
    expect(vtex?.computed.get('b2b.minimum')).toMatchObject({ value: 0 });
    expect(vtex?.computed.get('b2b.other')).toMatchObject({ value: 'text' });
    expect(vtex?.publicValues.get('rights')).toMatchObject({ value: rights, source: `app:${app}` });
  });

  it('has the company of a cookie’s buyer from their login, and not over that of its own customer', () => {
    const written = { 'authentication.unitId': 'north' };
    const { vtex } = after(aSession(), { written });
    expect(vtex?.computed.get('authentication.unitId')).toEqual(by('login', 'north', NOW));
    const own = after(aSession({ customerId: 'c1' }), { written });
    expect(own.vtex?.computed.has('authentication.unitId')).toBe(false);
  });

  it('remembers what the cycle saw, and drops an impersonation that has ended', () => {
    const session = aSession({ vtex: aVtexState({ impersonation: { clientId: 'desk', endsAt: NOW } }) });
    const { vtex } = after(session, {});
    expect(vtex).toMatchObject(REMEMBERED);
    expect(vtex).not.toHaveProperty('impersonation');
    const impersonation = { clientId: 'desk', endsAt: NOW };
    expect(after(aSession(), { remembered: { ...REMEMBERED, impersonation } }).vtex).toMatchObject({
      impersonation,
    });
  });

  it('keeps public values apart until there is a context, and then as its attributes [D-22]', () => {
    const change = { asked: { 'public.b': 'x' }, written: { 'public.b': 'x' } };
    const guest = after(aSession(), change);
    expect(guest.context).toBeUndefined();
    expect([...(guest.vtex?.publicValues ?? [])]).toEqual([['b', by('shopper', 'x', NOW)]]);
    const shopper = after(withContext(), change);
    expect([...(shopper.vtex?.publicValues ?? [])]).toEqual([]);
    expect(shopper.context).toMatchObject({ version: 2, modifiedAt: NOW });
    expect([...(shopper.context?.attributes ?? [])]).toEqual([
      ['a', by('shopper', 'old')],
      ['b', by('shopper', 'x', NOW)],
    ]);
  });

  it('keeps the version of its context when the cycle changed nothing in it', () => {
    const session = withContext();
    const asked = { 'public.a': 'old' };
    expect(after(session, { asked, written: asked }).context).toBe(session.context);
    expect(after(session, { written: { 'offers.banner': 'x' }, app: 'offers' }).context).toBe(
      session.context,
    );
  });

  it('has a new version of its context when it was stripped of orphans', () => {
    const session = withContext();
    const values = plainValues(sessionValues(session, FACTS));
    const stored = new Map([['orphan', by('app:gone', 'x')]]);
    const result = {
      before: values,
      after: values,
      asked: new Map(),
      stored,
      writers: new Map(),
      originals: new Map(),
    };
    const next = patched(session, FACTS, result, REMEMBERED, NOW);
    expect(next.context?.version).toBe(2);
    expect([...(next.context?.attributes.keys() ?? [])]).toEqual(['a']);
  });

  it('is refused when its public values are more than a context may hold', () => {
    const names = Array.from({ length: ATTRIBUTE_LIMITS.count + 1 }, (_, i) => `public.k${i}`);
    const asked = Object.fromEntries(names.map((name) => [name, 'x']));
    expect(() => after(aSession(), { asked, written: asked })).toThrow(InvalidInput);
  });
});

describe('A public value after a cycle', () => {
  const valueOf = (cycle: Cycle, session = withContext()) =>
    after(session, cycle).context?.attributes.get('a');

  it('is the JSON that the request sent, from the shopper', () => {
    const cycle = { asked: { 'public.a': { x: 1 } }, written: { 'public.a': '{"x":1}' } };
    expect(valueOf(cycle)).toEqual(by('shopper', { x: 1 }, NOW));
  });

  it('still comes from the shopper when an app wrote the same', () => {
    const cycle = { asked: { 'public.a': [1] }, written: { 'public.a': '[1]' }, app: 'offers' };
    expect(valueOf(cycle)).toEqual(by('shopper', [1], NOW));
  });

  it('changes its type when the request sends other JSON that reads the same to apps', () => {
    const numeral = after(withContext(), { asked: { 'public.a': '5' }, written: { 'public.a': '5' } });
    const cycle = { asked: { 'public.a': 5 }, written: { 'public.a': '5' } };
    expect(valueOf(cycle, numeral)).toEqual(by('shopper', 5, NOW));
  });

  it('is the text of an app that overwrote the value of the request', () => {
    const cycle = { asked: { 'public.a': 'asked' }, written: { 'public.a': 'told' }, app: 'offers' };
    expect(valueOf(cycle)).toEqual(by('app:offers', 'told', NOW));
  });

  it('is removed if the request removed it, and unchanged if nobody named it', () => {
    expect(valueOf({ asked: { 'public.a': null }, written: { 'public.a': null } })).toBeUndefined();
    expect(valueOf({})).toEqual(by('shopper', 'old'));
  });
});

describe('A commerce value after a cycle', () => {
  const app = 'vtex.store-session';
  const source = `app:${app}` as const;

  it('is chosen while there is no context, and part of the context from then on [D-22]', () => {
    const written = {
      'store.channel': 'us',
      'store.currencyCode': 'USD',
      'store.countryCode': 'USA',
      'store.cultureInfo': 'en-US',
    };
    const values = {
      siteCode: by(source, 'us', NOW),
      currency: by(source, 'USD', NOW),
      targetLocation: by(source, 'US', NOW),
      language: by(source, 'en-US', NOW),
    };
    const guest = after(aSession(), { written, app });
    expect(guest.vtex?.chosen).toEqual(values);
    const shopper = after(withContext(), { written, app });
    expect(shopper.context).toMatchObject({ ...values, version: 2 });
    expect(shopper.vtex?.chosen).toEqual({});
  });

  it('is not chosen when it equals the derived one, so that a later login may change it', () => {
    const chosen = { language: by(source, 'fr'), currency: by(source, 'USD') };
    const session = aSession({ vtex: aVtexState({ chosen }) });
    const { vtex } = after(session, { written: { 'store.cultureInfo': 'en' }, app });
    expect(vtex?.chosen).toEqual({ currency: by(source, 'USD') });
  });

  it.each([
    ['store.channel', 'nowhere'],
    ['store.channel', 'closed'],
    ['store.currencyCode', 'XYZ1'],
    ['store.countryCode', 'Germany'],
    ['store.cultureInfo', 'not a tag'],
    ['store.currencyCode', null],
  ])('stays as it was when an app makes %s %j', (name, value) => {
    const session = withContext();
    expect(after(session, { written: { [name]: value }, app: 'remote' }).context).toBe(session.context);
    expect(after(aSession(), { written: { [name]: value }, app: 'remote' }).vtex?.chosen).toEqual({});
  });
});

describe('Any other value after a cycle', () => {
  const computedOf = (session: Session, cycle: Cycle) => Object.fromEntries(after(session, cycle).vtex?.computed ?? []); // prettier-ignore

  it('is stored with its app and its time, and is gone once it is removed', () => {
    const computed = new Map([
      ['offers.old', by('app:offers', 'x')],
      ['offers.kept', by('app:offers', 'x')],
    ]);
    const session = aSession({ vtex: aVtexState({ computed }) });
    const written = { 'offers.banner': 'new', 'offers.old': null, 'offers.kept': 'x' };
    expect(computedOf(session, { written, app: 'offers' })).toEqual({
      'offers.kept': by('app:offers', 'x'),
      'offers.banner': by('app:offers', 'new', NOW),
    });
  });

  it('is not stored twice if the record has another place for it, and cookies not at all', () => {
    const written = {
      'account.id': 'x',
      'cookie.login': 'token',
      'public.b': 'x',
      'store.currencySymbol': '$',
      'checkout.cartId': 'c',
      'checkout.regionId': 'south',
    };
    expect(Object.keys(computedOf(aSession(), { written, app: 'x' }))).toEqual(['checkout.regionId']);
  });

  it('is not stored about the customer of a session that has its own', () => {
    const app = 'vtex.authentication-session';
    const written = { 'authentication.storeUserId': 'c2', 'authentication.adminUserId': 'desk' };
    expect(Object.keys(computedOf(aSession({ customerId: 'c1' }), { written, app }))).toEqual([
      'authentication.adminUserId',
    ]);
    expect(Object.keys(computedOf(aSession(), { written, app }))).toEqual(Object.keys(written));
  });
});
