import { describe, expect, it } from 'vitest';
import { aCart, aCustomer, aSession, BUILT_AT } from '../../../test/support/data/builders.js';
import type { Cart } from '../../cart/cart.types.js';
import type { Customer } from '../../customer/customer.types.js';
import type { Session } from '../../session/session.types.js';
import type { JsonObject } from '../../shared/json.js';
import { cartLine, customerLine, readLine, sessionLine, UnusableLine } from './line.js';

const at = BUILT_AT;
const by = <T>(value: T) => ({ value, source: 'shopper', at }) as const;
const ODD: JsonObject = JSON.parse('{"__proto__":{"a":[1,null]},"constructor":"x","a.b":{"$set":{}}}');
const NAMES = ['__proto__', 'a.b', '', '$x', '2026-01-15T12:00:00.000Z'];
const HASH = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21l$U7qRi06gIMD8fVtxv4u9SDT9jNe1MAXPTqUcJfIlrGs';

const token = { hash: 'h', issuedAt: at, expiresAt: at, grant: 'g' };

const SESSION: Required<Session> = {
  ...aSession(),
  kind: 'customer',
  kept: { grant: 'g' },
  lifetime: { aliveUntil: at, goneAt: at },
  refreshTokens: { current: token, used: [{ ...token, clientId: 'app', usedAt: at, salt: 's', repeats: 2 }] },
  asked: { siteCode: 'main', currency: 'EUR', targetLocation: 'DE', language: 'de' },
  customerId: 'c',
  legalEntityId: 'l',
  device: 'Safari on iOS',
  context: {
    siteCode: { value: 'main', source: 'app:store', at },
    currency: by('EUR'),
    targetLocation: by('DE'),
    language: by('de'),
    cartId: by('k'),
    customerId: by('c'),
    attributes: new Map(NAMES.map((name) => [name, by(ODD)])),
    version: 3,
    createdAt: at,
    modifiedAt: at,
  },
  history: { made: 2, kept: 1, bytes: 4, lines: '{}\n\n' },
  vtex: {
    publicValues: new Map(NAMES.map((name) => [name, by<string | null>(null)])),
    chosen: { siteCode: by('main'), currency: by('EUR'), targetLocation: by('DE'), language: by('de') },
    computed: new Map([['a.b', by('x')]]),
    seen: new Map([['a.b', 'x']]),
    cookies: new Map([['VtexIdclientAutCookie', { hash: 'h', token: { claims: ODD as never, kid: 'k' } }]]),
    failed: ['app'],
    impersonation: { clientId: 'x', endsAt: at },
    heldUntil: at,
  },
};

const item: Required<Cart>['items'][number] = {
  id: '0',
  itemYrn: 'urn',
  itemType: 'INTERNAL',
  keepAsSeparateLineItem: true,
  quantity: 0.1,
  price: {
    priceId: 'p',
    yrn: 'u',
    originalAmount: 1.5,
    effectiveAmount: 1,
    currency: 'EUR',
    measurementUnit: ODD,
  },
  extra: ODD,
};
const discounts = [{ id: '0', code: 'TEN', stackable: true }];

const CART: Required<Cart> = {
  ...aCart(),
  type: 't',
  legalEntityId: 'l',
  sessionId: 's',
  channel: { name: 'n', source: 's' },
  zipCode: '1',
  countryCode: 'DE',
  items: [item],
  discounts,
  addresses: [{ type: 'BILLING', fields: ODD }],
  mixins: ODD,
  wasGuests: true,
  incoming: [{ mergeId: 'm', cartId: 'k', version: 1, items: [item], discounts }],
  mergedInto: { cartId: 'k', mergeId: 'm' },
  reviewAt: at,
};

const mailed = { hash: 'h', expiresAt: at };
const kept = { sessionId: 's', grant: 'g' };
const names = (fields: readonly string[]) => Object.fromEntries(fields.map((name) => [name, name]));

const CUSTOMER = {
  ...aCustomer(),
  ...names(['contactEmail', 'title', 'firstName', 'middleName', 'lastName', 'contactPhone', 'company']),
  ...names(['preferredLanguage', 'preferredCurrency', 'preferredSite', 'companyRegistrationId']),
  passwordHash: HASH,
  emailConfirmedAt: at,
  unconfirmed: true,
  optIn: mailed,
  passwordReset: mailed,
  emailChange: { ...mailed, newEmail: 'b@acme.test', syncContactEmail: true, kept },
  emailUndos: [{ change: 'c', email: 'a@acme.test', reservedUntil: at, token: mailed }],
  credentialChanges: { ids: ['c'], newestAt: at },
  endingSessions: { change: 'c', since: at, kept },
  signUpTold: { signUp: 's', at },
  groups: ['gold'],
  addresses: [
    {
      ...names(['id', 'contactName', 'companyName', 'street', 'streetNumber', 'streetAppendix', 'zipCode']),
      ...names(['extraLine1', 'extraLine2', 'extraLine3', 'extraLine4', 'city', 'country', 'state']),
      id: 'a',
      contactPhone: '1',
      tags: ['SHIPPING'],
      isDefault: true,
      mixins: ODD,
      mixinSchemas: ODD,
    },
  ],
  mixins: ODD,
  mixinSchemas: ODD,
  lastLogin: at,
} as const satisfies Customer;

describe('A line of an export', () => {
  it('restores each field exactly, whatever its name', () => {
    expect(readLine(sessionLine(SESSION), at)).toEqual({ kind: 'session', session: SESSION });
    const moved = { cart: CART, holdsSlot: true };
    expect(readLine(cartLine(moved), at)).toEqual({ kind: 'cart', moved });
    expect(readLine(customerLine(CUSTOMER), at)).toEqual({ kind: 'customer', customer: CUSTOMER });
  });

  it('restores a record that has only its required fields', () => {
    const session = aSession();
    expect(readLine(sessionLine(session), at)).toEqual({ kind: 'session', session });
    const moved = { cart: aCart(), holdsSlot: false };
    expect(readLine(cartLine(moved), at)).toEqual({ kind: 'cart', moved });
    const { passwordHash: _none, ...customer } = aCustomer();
    expect(readLine(customerLine(customer), at)).toEqual({ kind: 'customer', customer });
  });

  it('of a customer needs no more than a tenant and an e-mail, and gives the same id each time', () => {
    const line = '{"record":"customer","tenant":"acme","email":" Cora@Acme.test"}';
    const { id, ...made } = (readLine(line, at) as { customer: Customer }).customer;
    expect(made).toEqual({
      tenant: 'acme',
      email: 'cora@acme.test',
      groups: [],
      addresses: [],
      mixins: {},
      createdAt: at,
      version: 1,
    });
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    expect(readLine(line.replace(' Cora', 'cora'), at)).toMatchObject({ customer: { id } });
    expect(readLine(line.replace('acme"', 'globex"'), at)).not.toMatchObject({ customer: { id } });
  });

  it.each([
    ['no JSON', 'anna@acme.test', 'it is not a JSON object'],
    ['a list', '["anna@acme.test"]', 'it is not a JSON object'],
    ['an unknown record', '{"record":"anna@acme.test"}', 'record: is unknown'],
    ['a newer format', '{"record":"onesession-export","format":2}', 'format: '],
    ['an unknown field', sessionLine({ ...aSession(), colour: 'anna@acme.test' } as Session), 'it: '],
    ['a wrong date', sessionLine(aSession()).replace(at.toISOString(), 'anna@acme.test'), 'createdAt: '],
    ['an unusable hash', customerLine(aCustomer({ passwordHash: 'anna@acme.test' })), 'passwordHash: '],
    ['no e-mail', '{"record":"customer","tenant":"acme","email":"anna"}', 'email: '],
  ])('is refused with what is wrong, and without its values: %s', (_, line, told) => {
    expect(() => readLine(line, at)).toThrow(UnusableLine);
    expect(() => readLine(line, at)).toThrow(told);
    expect(() => readLine(line, at)).not.toThrow('anna@acme.test');
  });
});
