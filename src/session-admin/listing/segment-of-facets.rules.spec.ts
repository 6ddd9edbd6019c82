import { describe, expect, it } from 'vitest';
import { aCustomer, aSession, aSite, aVtexState, BUILT_AT } from '../../../test/support/data/builders.js';
import { facetKeyOf, facetsFrom } from '../../session/session-facets.rules.js';
import type { Session, SessionContext, Source, Sourced } from '../../session/session.types.js';
import { decodeSegment } from '../../vtex/values/segment-codec.rules.js';
import { hasOneSegment, segmentTokenOf, sessionWith } from './segment-of-facets.rules.js';

const SITES = [
  aSite('main', { default: true }),
  aSite('us', { currency: 'USD', homeBase: { address: { country: 'US' } } }),
];

const sourced = (value: string, source: Source = 'site'): Sourced<string> => ({
  value,
  source,
  at: BUILT_AT,
});

const context = (language: Sourced<string>, links: Record<string, string> = {}): SessionContext => ({
  siteCode: sourced('us'),
  currency: sourced('USD'),
  targetLocation: sourced('US'),
  language,
  attributes: new Map(Object.entries(links).map(([name, value]) => [name, sourced(value)])),
  version: 1,
  createdAt: BUILT_AT,
  modifiedAt: BUILT_AT,
});

const computed = new Map([
  ['rnb.campaigns', sourced('vip')],
  ['profile.priceTables', sourced('gold')],
  ['checkout.regionId', sourced('usa')],
]);

const SESSIONS: Record<string, Partial<Session>> = {
  'has nothing yet': {},
  'asked for values': { asked: { siteCode: 'us', currency: 'USD', language: 'en' } },
  'chose values': {
    vtex: aVtexState({ chosen: { language: sourced('fr', 'app:store'), currency: sourced('EUR') } }),
  },
  'came by a link': {
    vtex: aVtexState({ publicValues: new Map([['utm_source', sourced('x'.repeat(300))]]) }),
  },
  'has a context': { context: context(sourced('en')) },
  'has a language by an app': { context: context(sourced('en', 'app:store')) },
  'has everything': {
    context: context(sourced('en'), { utm_source: 'a', utm_campaign: 'b', utmi_campaign: 'c' }),
    vtex: aVtexState({ computed }),
  },
};

describe('The segment of facets', () => {
  it.each(Object.entries(SESSIONS))('is that of a session that %s', (_what, over) => {
    const session = aSession(over);
    const token = segmentTokenOf(session, SITES);
    expect(token).toEqual(expect.any(String));
    expect(segmentTokenOf(sessionWith('acme', facetsFrom(facetKeyOf(session))), SITES)).toBe(token);
  });

  it('follows the settings of sites', () => {
    const token = segmentTokenOf(aSession(), SITES) ?? '';
    expect(decodeSegment(token)).toMatchObject({ channel: 'main', currencyCode: 'EUR', countryCode: 'DEU' });
    const others = [aSite('main', { default: true, currency: 'CHF' })];
    expect(decodeSegment(segmentTokenOf(aSession(), others) ?? '')).toMatchObject({ currencyCode: 'CHF' });
    expect(segmentTokenOf(aSession(), [])).toBeUndefined();
  });

  it('is not there for a customer without a context, whose profile decides', () => {
    const facetsOf = (over: Partial<Session>) => facetsFrom(facetKeyOf(aSession(over)));
    expect(hasOneSegment(facetsOf({}))).toBe(true);
    expect(hasOneSegment(facetsOf({ kind: 'customer' }))).toBe(false);
    expect(hasOneSegment(facetsOf({ kind: 'customer', context: context(sourced('en')) }))).toBe(true);
    const anna = aCustomer({ preferredSite: 'us' });
    expect(decodeSegment(segmentTokenOf(aSession(), SITES, anna) ?? '')).toMatchObject({ channel: 'us' });
  });
});
