import { describe, expect, it } from 'vitest';
import type { Session, SessionContext, Source, Sourced } from '../session/session.types.js';
import { Forbidden, InvalidInput } from '../shared/domain-error.js';
import type { Json } from '../shared/json.js';
import type { Site } from '../site-settings/site.types.js';
import {
  entriesOf,
  inSoldCurrency,
  type LookedUp,
  refuseOtherCustomer,
  replaced,
  type Replacement,
  withFirstCurrency,
} from './replacement.rules.js';

const before = new Date('2026-01-15T12:00:00.000Z');
const now = new Date('2026-01-15T12:05:00.000Z');

const sourced = <T extends Json>(value: T, source: Source = 'site'): Sourced<T> => ({
  value,
  source,
  at: before,
});

const context: SessionContext = {
  siteCode: sourced('main'),
  currency: sourced('EUR'),
  targetLocation: sourced('DE'),
  language: sourced('de'),
  cartId: sourced('cart-1', 'cart'),
  attributes: new Map([['size', sourced('M', 'shopper')]]),
  version: 3,
  createdAt: before,
  modifiedAt: before,
};

const session = {
  tenant: 'acme',
  sessionId: 's1',
  kind: 'anonymous',
  clientId: 'acme-storefront',
  epoch: 'e',
  revision: 1,
  createdAt: before,
  refreshTokens: { used: [] },
  asked: {},
  context,
} as const satisfies Session;

const siteOf = (code: string, currency: string, more: Partial<Site> = {}): Site => ({
  tenant: 'acme',
  code,
  name: code,
  active: true,
  default: code === 'main',
  defaultLanguage: 'de',
  languages: ['de'],
  currency,
  availableCurrencies: [currency],
  homeBase: { address: { country: 'DE' } },
  shipToCountries: ['DE'],
  taxDeterminationBasedOn: 'BILLING_ADDRESS',
  mixins: {},
  mixinSchemas: {},
  services: {},
  version: 1,
  ...more,
});

const sites = [siteOf('main', 'EUR'), siteOf('us', 'USD'), siteOf('old', 'EUR', { active: false })];
const known = { sites, groups: [] };
const lookedUp: LookedUp = { known, isCartOpen: true, saasCustomer: undefined };

const replacedBy = (replacement: Omit<Replacement, 'version'>, found: Partial<LookedUp> = {}) =>
  replaced(session, { version: 3, ...replacement }, { ...lookedUp, ...found }, now).context;

describe('A replacement of a context', () => {
  it('changes the values that it names, as an employee’s, in the next version', () => {
    expect(replacedBy({ language: 'en' })).toEqual({
      ...context,
      language: { value: 'en', source: 'employee', at: now },
      version: 4,
      modifiedAt: now,
    });
  });

  it('replaces all attributes if it has some, and keeps the origin of those that stay the same', () => {
    const { attributes } = replacedBy({ context: { size: 'M', color: 'red' } });
    expect([...attributes]).toEqual([
      ['size', context.attributes.get('size')],
      ['color', { value: 'red', source: 'employee', at: now }],
    ]);
    expect(replacedBy({ context: {} }).attributes.size).toBe(0);
    expect(replacedBy({ language: 'en' }).attributes).toEqual(context.attributes);
  });

  it('takes attributes by any name, also by one that objects have', () => {
    const entries = entriesOf(JSON.parse('{"__proto__":1,"constructor":2}'));
    expect([...entries]).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });

  it('brings the currency of its site when the present one is not sold there [F-04]', () => {
    expect(replacedBy({ siteCode: 'us' }).currency).toMatchObject({ value: 'USD', source: 'employee' });
    expect(replacedBy({ siteCode: 'main' }).currency).toEqual(context.currency);
  });

  it('is refused in a currency that its site does not sell, and at a site that is not active [F-03]', () => {
    expect(() => replacedBy({ siteCode: 'us', currency: 'EUR' })).toThrow(InvalidInput);
    expect(() => replacedBy({ siteCode: 'old' })).toThrow(InvalidInput);
    expect(() => replacedBy({ siteCode: 'nowhere' })).toThrow(/^siteCode/);
  });

  it('may name an open cart, or the cart that is there already, and no other [F-12]', () => {
    expect(replacedBy({ cartId: 'cart-2' }).cartId).toMatchObject({ value: 'cart-2', source: 'employee' });
    expect(replacedBy({ cartId: 'cart-1' }, { isCartOpen: false }).cartId?.value).toBe('cart-1');
    expect(() => replacedBy({ cartId: 'cart-2' }, { isCartOpen: false })).toThrow(
      'cartId: no open cart of this tenant has the id cart-2',
    );
  });

  it('is not looked at for its currency when it names neither site nor currency', () => {
    const values = { language: 'en' };
    expect(inSoldCurrency(values, session, undefined)).toBe(values);
  });
});

describe('The first currency of a context that a replacement makes', () => {
  const first = (replacement: Omit<Replacement, 'version'>, over: Partial<SessionContext> = {}) =>
    withFirstCurrency({ version: 0, ...replacement }, { ...session, context: { ...context, ...over } }, known)
      .currency;

  it('is that of the named site when the default belongs to another one [F-04]', () => {
    expect(first({ siteCode: 'us' })).toBe('USD');
  });

  it('is what the replacement says, or what the shopper asked for where the site sells it', () => {
    expect(first({ siteCode: 'us', currency: 'EUR' })).toBe('EUR');
    expect(first({ siteCode: 'us' }, { currency: sourced('USD', 'login-query') })).toBe('USD');
  });

  it('stays open when no site is named, or one that is unknown', () => {
    expect(first({})).toBeUndefined();
    expect(first({ siteCode: 'nowhere' })).toBeUndefined();
  });
});

describe('The customer of a replaced context', () => {
  const annas: Session = { ...session, kind: 'customer', customerId: 'anna' };
  const refused = (of: Session, customerId: string | undefined, saasCustomer?: string) => () =>
    refuseOtherCustomer(
      of,
      { version: 3, ...(customerId !== undefined && { customerId }) },
      { ...lookedUp, saasCustomer },
    );

  it('must not be another one', () => {
    expect(refused(session, 'anna')).toThrow(Forbidden);
    expect(refused(annas, 'ben', 'anna')).toThrow('only a login can change the customer');
    expect(refused(session, undefined)).not.toThrow();
    expect(refused(session, '')).not.toThrow();
  });

  it('agrees by their saas-token, which must be theirs [D-10]', () => {
    expect(refused(annas, 'anna', 'anna')).not.toThrow();
    expect(refused(annas, undefined, 'anna')).not.toThrow();
    expect(refused(annas, 'anna')).toThrow('send the saas-token of that customer');
    expect(refused(annas, 'anna', 'ben')).toThrow(Forbidden);
  });
});
