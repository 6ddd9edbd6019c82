import { describe, expect, it } from 'vitest';
import { aSession, aVtexState, BUILT_AT } from '../../test/support/data/builders.js';
import type { Json } from '../shared/json.js';
import { facetKeyOf, facetsFrom, keepsFacets } from './session-facets.rules.js';
import type { Session, SessionContext, Source, Sourced } from './session.types.js';

const sourced = <T extends Json = string>(value: T, source: Source = 'site'): Sourced<T> => ({
  value,
  source,
  at: BUILT_AT,
});

const aContext = (over: Partial<SessionContext> = {}): SessionContext => ({
  siteCode: sourced('main'),
  currency: sourced('EUR'),
  targetLocation: sourced('DE'),
  language: sourced('de'),
  attributes: new Map(),
  version: 1,
  createdAt: BUILT_AT,
  modifiedAt: BUILT_AT,
  ...over,
});

const facetsOf = (over: Partial<Session>) => facetsFrom(facetKeyOf(aSession(over)));

describe('The facets of a session', () => {
  it('are few for one that has nothing yet', () => {
    expect(facetKeyOf(aSession({ clientId: 'web' }))).toBe('[0,"web",0]');
    expect(facetsOf({ clientId: 'web' })).toEqual({
      kind: 'anonymous',
      clientId: 'web',
      hasContext: false,
      values: {},
      languageByApp: false,
      asked: {},
    });
  });

  it('have what the login asked for, and what was chosen, until there is a context', () => {
    const asked = { currency: 'USD', language: 'en' };
    const chosen = { siteCode: sourced('us'), language: sourced('en-US', 'app:store') };
    expect(facetsOf({ asked, vtex: aVtexState({ chosen }) })).toMatchObject({
      asked,
      values: { siteCode: 'us', language: 'en-US' },
      languageByApp: true,
      hasContext: false,
    });
    expect(facetsOf({ asked, vtex: aVtexState({ chosen }), context: aContext() })).toMatchObject({
      asked: {},
      values: { siteCode: 'main', currency: 'EUR', targetLocation: 'DE', language: 'de' },
      languageByApp: false,
      hasContext: true,
    });
  });

  it('have what a segment is made of besides: values of apps and of links', () => {
    const computed = new Map<string, Sourced<string>>([
      ['rnb.campaigns', sourced('vip')],
      ['profile.priceTables', sourced('gold')],
      ['checkout.regionId', sourced('usa')],
      ['other.value', sourced('x')],
    ]);
    const attributes = new Map<string, Sourced<Json>>([
      ['utm_source', sourced('x'.repeat(300))],
      ['utm_campaign', sourced({ a: 1 })],
      ['utmi_campaign', sourced('banner')],
      ['latitude', sourced('48')],
    ]);
    expect(
      facetsOf({ kind: 'customer', vtex: aVtexState({ computed }), context: aContext({ attributes }) }),
    ).toEqual({
      kind: 'customer',
      clientId: 'acme-storefront',
      hasContext: true,
      values: { siteCode: 'main', currency: 'EUR', targetLocation: 'DE', language: 'de' },
      languageByApp: false,
      asked: {},
      campaigns: 'vip',
      priceTables: 'gold',
      regionId: 'usa',
      utmSource: 'x'.repeat(200),
      utmCampaign: '{"a":1}',
      utmiCampaign: 'banner',
    });
    expect(facetsOf({ vtex: aVtexState({ publicValues: attributes }) })).toMatchObject({
      utmiCampaign: 'banner',
    });
  });

  it('are the same for sessions that differ in nothing of this', () => {
    const one = aSession({ context: aContext({ version: 1 }) });
    const other = aSession({
      context: aContext({ version: 7, cartId: sourced('cart') }),
      customerId: 'anna',
    });
    expect(facetKeyOf(one)).toBe(facetKeyOf(other));
    expect(facetKeyOf(one)).not.toBe(facetKeyOf({ ...one, kind: 'customer' }));
  });

  it('are kept for sure by a refresh, whatever it writes', () => {
    const session = aSession({ context: aContext() });
    expect(keepsFacets(session, { ...session, epoch: 'e', asked: { currency: 'USD' } } as Session)).toBe(
      true,
    );
    expect(keepsFacets(session, { ...session, context: aContext() })).toBe(false);
    const bare = aSession();
    expect(keepsFacets(bare, { ...bare, asked: { currency: 'USD' } })).toBe(false);
    expect(keepsFacets(bare, { ...bare, vtex: aVtexState({}) })).toBe(false);
    expect(keepsFacets(bare, { ...bare, clientId: 'other' })).toBe(false);
    expect(keepsFacets(bare, { ...bare, kind: 'customer' })).toBe(false);
  });
});
