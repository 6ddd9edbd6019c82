import { describe, expect, it } from 'vitest';
import { aCustomer, aSession, aSite, aVtexState, BUILT_AT } from '../../../test/support/data/builders.js';
import { newContext } from '../../session/context/context.rules.js';
import type { DefaultValues } from '../../session/index.js';
import type { Session, Source } from '../../session/session.types.js';
import type { Json } from '../../shared/json.js';
import type { SessionFacts } from './app.types.js';
import { cultureOf, plainValues, sessionValues, shownValues, symbolOf } from './session-values.rules.js';

const DERIVED: DefaultValues = {
  siteCode: { value: 'main', source: 'site' },
  currency: { value: 'EUR', source: 'site' },
  targetLocation: { value: 'DE', source: 'profile' },
  language: { value: 'en', source: 'site' },
};
const FACTS: SessionFacts = { accountId: 'uuid', sites: [aSite('main')], derived: DERIVED };

const by = <T extends Json>(source: Source, value: T) => ({ value, source, at: BUILT_AT });
const textsOf = (session: Session, facts = FACTS) => Object.fromEntries(plainValues(sessionValues(session, facts))); // prettier-ignore

describe('The values of a session', () => {
  it('are those of its account and store when nothing was set yet', () => {
    expect(textsOf(aSession())).toEqual({
      'account.id': 'uuid',
      'account.accountName': 'acme',
      'store.channel': 'main',
      'store.countryCode': 'DEU',
      'store.cultureInfo': 'en-DE',
      'store.currencyCode': 'EUR',
      'store.currencySymbol': '€',
      'store.channelPrivacy': 'public',
    });
  });

  it('include the source of each value, even if it is derived from another', () => {
    const values = sessionValues(aSession(), FACTS);
    expect(values.get('store.countryCode')).toEqual({ value: 'DEU', source: 'profile' });
    expect(values.get('store.currencySymbol')).toEqual({ value: '€', source: 'site' });
  });

  it('call the channel private when only members of certain groups may use its site [W-76]', () => {
    const facts = { ...FACTS, sites: [aSite('main', { onlyForGroups: ['b2b'] }), aSite('other')] };
    expect(textsOf(aSession(), facts)).toMatchObject({ 'store.channelPrivacy': 'private' });
    expect(textsOf(aSession(), { ...facts, sites: [] })).toMatchObject({ 'store.channelPrivacy': 'public' });
  });

  it('are what the shopper chose until there is a context, and what the context says from then on [D-22]', () => {
    const vtex = aVtexState({
      publicValues: new Map([['note', by('shopper', 'before')]]),
      chosen: { language: by('shopper', 'pt-BR') },
    });
    expect(textsOf(aSession({ vtex }))).toMatchObject({
      'store.cultureInfo': 'pt-BR',
      'public.note': 'before',
    });
    const context = {
      ...newContext({ ...DERIVED, language: by('shopper', 'fr') }, undefined, BUILT_AT),
      attributes: new Map([['note', by('shopper', 'after')]]),
      cartId: by('cart', 'cart-1'),
    };
    expect(textsOf(aSession({ vtex, context }))).toMatchObject({
      'store.cultureInfo': 'fr-DE',
      'public.note': 'after',
      'checkout.cartId': 'cart-1',
    });
  });

  it('name a customer who logged in through the other dialect, over what an app wrote', () => {
    const computed = new Map([['authentication.storeUserId', by('app:vtex.authentication-session', 'c0')]]);
    const session = aSession({ customerId: 'c1', vtex: aVtexState({ computed }) });
    const customer = aCustomer({ id: 'c1', email: 'ann@acme.test' });
    expect(textsOf(session, { ...FACTS, customer })).toMatchObject({
      'authentication.storeUserId': 'c1',
      'authentication.storeUserEmail': 'ann@acme.test',
    });
    expect(textsOf(session)).not.toHaveProperty('authentication.storeUserEmail');
  });

  it('name the company that the customer acts for, not that of another customer whom a cookie proved', () => {
    const computed = new Map([
      ['authentication.unitId', by<string>('login', 'north')],
      ['authentication.unitName', by<string>('login', 'North, Inc.')],
      ['authentication.adminUserId', by<string>('app:vtex.authentication-session', 'desk')],
    ]);
    const guest = aSession({ vtex: aVtexState({ computed }) });
    expect(textsOf(guest)).toMatchObject({ 'authentication.unitId': 'north' });
    const customers = aSession({ customerId: 'c1', vtex: aVtexState({ computed }) });
    expect(textsOf(customers)).not.toHaveProperty('authentication.unitId');
    expect(textsOf(customers)).not.toHaveProperty('authentication.unitName');
    expect(textsOf(customers)).toMatchObject({ 'authentication.adminUserId': 'desk' });
    expect(textsOf(customers, { ...FACTS, unit: { id: 'south' } })).toMatchObject({
      'authentication.unitId': 'south',
    });
    expect(
      sessionValues(customers, { ...FACTS, unit: { id: 'south' } }).get('authentication.unitId'),
    ).toEqual({ value: 'south', source: 'login' });
  });

  it('name the cart as an order form too, unless an app writes another', () => {
    const context = { ...newContext(DERIVED, undefined, BUILT_AT), cartId: by('cart', 'cart-1') };
    expect(textsOf(aSession({ context }))).toMatchObject({ 'checkout.orderFormId': 'cart-1' });
    const computed = new Map([['checkout.orderFormId', by('app:orders', 'form-1')]]);
    expect(textsOf(aSession({ context, vtex: aVtexState({ computed }) }))).toMatchObject({
      'checkout.cartId': 'cart-1',
      'checkout.orderFormId': 'form-1',
    });
    expect(textsOf(aSession())).not.toHaveProperty('checkout.orderFormId');
  });

  it('include the language of the back office, if it is set to a language', () => {
    const asked = (value: Json) =>
      textsOf(
        aSession({
          vtex: aVtexState({ publicValues: new Map([['admin_cultureInfo', by('shopper', value)]]) }),
        }),
      );
    expect(asked('pt_BR')).toMatchObject({ 'store.admin_cultureInfo': 'pt-BR' });
    for (const value of ['', 'not a language', 7]) {
      expect(asked(value)).not.toHaveProperty('store.admin_cultureInfo');
    }
  });

  it('that are shown tell that a guest is not authenticated and may impersonate nobody, until an app writes others [F-60]', () => {
    const shown = shownValues(aSession(), FACTS);
    expect(shown.get('profile.isAuthenticated')).toEqual({
      value: 'false',
      source: 'app:vtex.profile-session',
    });
    expect(shown.get('impersonate.canImpersonate')?.value).toBe('false');
    const told = by('app:vtex.profile-session', 'true');
    const vtex = aVtexState({ computed: new Map([['profile.isAuthenticated', told]]) });
    expect(shownValues(aSession({ vtex }), FACTS).get('profile.isAuthenticated')).toEqual(told);
  });

  it('are texts to apps: other JSON as its text, and null not at all [F-54]', () => {
    const values = { text: 'x', list: [1, 'a'], none: null };
    const publicValues = new Map(Object.entries(values).map(([key, value]) => [key, by('shopper', value)]));
    const texts = textsOf(aSession({ vtex: aVtexState({ publicValues }) }));
    expect(texts).toMatchObject({ 'public.text': 'x', 'public.list': '[1,"a"]' });
    expect(texts).not.toHaveProperty('public.none');
  });
});

describe('The culture', () => {
  it('is a bare language of the settings with the country, and a whole tag as it is [W-76]', () => {
    expect(cultureOf({ value: 'en', source: 'site' }, 'US')).toBe('en-US');
    expect(cultureOf({ value: 'en_GB', source: 'profile' }, 'US')).toBe('en-GB');
    expect(cultureOf({ value: 'EN', source: 'profile' }, 'US')).toBe('en-US');
  });

  it('stays as it was chosen, even without a country', () => {
    expect(cultureOf({ value: 'en', source: 'app:vtex.store-session' }, 'US')).toBe('en');
  });
});

describe('The symbol of a currency', () => {
  it('is the short one, always the same, or the code if there is none', () => {
    expect(['USD', 'BRL', 'EUR', 'USD'].map(symbolOf)).toEqual(['$', 'R$', '€', '$']);
    expect(symbolOf('CHF')).toBe('CHF');
  });
});
