import { describe, expect, it } from 'vitest';
import { aSite } from '../../../test/support/data/builders.js';
import { newContext } from '../../session/context/context.rules.js';
import type { Session, SessionContext, Source } from '../../session/session.types.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { changed, type ContextChange, destinationOf } from './context-change.rules.js';

const before = new Date('2026-01-15T12:00:00.000Z');
const now = new Date('2026-01-15T12:30:00.000Z');
const initial = (value: string, source: Source = 'site') => ({ value, source });

const context: SessionContext = {
  ...newContext(
    {
      siteCode: initial('main'),
      currency: initial('EUR', 'profile'),
      targetLocation: initial('DE'),
      language: initial('en'),
    },
    'anna',
    before,
  ),
  cartId: { value: 'cart1', source: 'cart', at: before },
  attributes: new Map([['colour', { value: 'red', source: 'shopper', at: before } as const]]),
};
const session: Session & { readonly context: SessionContext } = {
  tenant: 'acme',
  sessionId: 's1',
  kind: 'customer',
  customerId: 'anna',
  clientId: 'acme-storefront',
  epoch: 'e1',
  revision: 1,
  createdAt: before,
  refreshTokens: { used: [] },
  asked: {},
  context,
};

const known = {
  sites: [
    aSite('main', { availableCurrencies: ['EUR', 'USD'] }),
    aSite('us', { currency: 'USD', availableCurrencies: ['USD'] }),
    aSite('closed', { active: false }),
  ],
  groups: [],
};
const change = (values: Omit<ContextChange, 'version'>): ContextChange => ({ ...values, version: 1 });

describe('Where an employee moves a context', () => {
  const to = (values: Omit<ContextChange, 'version'>) => destinationOf(change(values), session, known);

  it('is nowhere if neither a site nor a currency is named', () => {
    expect(to({ language: 'de' })).toBeUndefined();
  });

  it('is the named currency at the present site, or the named site in the present currency', () => {
    expect(to({ currency: 'USD' })).toEqual({ siteCode: 'main', currency: 'USD' });
    expect(to({ siteCode: 'main' })).toEqual({ siteCode: 'main', currency: 'EUR' });
  });

  it('is in the currency of the site if that does not sell in the present one [F-04]', () => {
    expect(to({ siteCode: 'us' })).toEqual({ siteCode: 'us', currency: 'USD' });
  });

  it('must be an active site that sells in the currency [F-03]', () => {
    for (const values of [{ siteCode: 'us', currency: 'EUR' }, { siteCode: 'closed' }, { currency: 'GBP' }])
      expect(() => to(values)).toThrow(InvalidInput);
  });
});

describe('A context that an employee changed', () => {
  it('has the new values with their source, and the next version', () => {
    const place = { siteCode: 'us', currency: 'USD' };
    const next = changed(session, change({ targetLocation: 'FR' }), place, undefined, now).context;
    const by = { source: 'employee', at: now };
    expect(next).toEqual({
      ...context,
      siteCode: { value: 'us', ...by },
      currency: { value: 'USD', ...by },
      targetLocation: { value: 'FR', ...by },
      version: 2,
      modifiedAt: now,
    });
  });

  it('keeps the origin of values that stay the same', () => {
    const place = { siteCode: 'main', currency: 'EUR' };
    const next = changed(session, change({ language: 'en' }), place, 'cart1', now).context;
    expect(next).toEqual({ ...context, version: 2, modifiedAt: now });
  });

  it('has its attributes merged by name, and null removes one [D-11]', () => {
    const next = changed(
      session,
      change({ context: { colour: null, size: 'L' } }),
      undefined,
      undefined,
      now,
    );
    expect([...next.context.attributes]).toEqual([['size', { value: 'L', source: 'employee', at: now }]]);
  });

  it('names the cart that was found at the site [F-06]', () => {
    const place = { siteCode: 'us', currency: 'USD' };
    const next = changed(session, change({}), place, 'cart2', now).context;
    expect(next.cartId).toEqual({ value: 'cart2', source: 'cart', at: now });
  });
});
