import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import * as codec from './segment-codec.rules.js';

/** The token of the wire description's example. */
const EXAMPLE =
  'eyJjYW1wYWlnbnMiOm51bGwsImNoYW5uZWwiOiIxIiwicHJpY2VUYWJsZXMiOm51bGwsInJlZ2lvbklkIjpudWxsLCJ1dG1fY2FtcGFpZ24iOm51bGwsInV0bV9zb3VyY2UiOm51bGwsInV0bWlfY2FtcGFpZ24iOm51bGwsImN1cnJlbmN5Q29kZSI6IkJSTCIsImN1cnJlbmN5U3ltYm9sIjoiUiQiLCJjb3VudHJ5Q29kZSI6IkJSQSIsImN1bHR1cmVJbmZvIjoiZW4tVVMiLCJjaGFubmVsUHJpdmFjeSI6InB1YmxpYyJ9';

const NONE = codec.segmentOf(new Map());

describe('A segment token', () => {
  it('is base64 of twelve keys in their order, byte for byte as on the wire [W-72]', () => {
    const segment = codec.decodeSegment(EXAMPLE);
    expect(Object.entries(segment)).toEqual([
      ['campaigns', null],
      ['channel', '1'],
      ['priceTables', null],
      ['regionId', null],
      ['utm_campaign', null],
      ['utm_source', null],
      ['utmi_campaign', null],
      ['currencyCode', 'BRL'],
      ['currencySymbol', 'R$'],
      ['countryCode', 'BRA'],
      ['cultureInfo', 'en-US'],
      ['channelPrivacy', 'public'],
    ]);
    expect(codec.encodeSegment(segment)).toBe(EXAMPLE);
  });

  it('contains nothing about a single person, and treats an empty value as absent [S-21, S-22]', () => {
    const values = new Map([
      ['public.utm_source', 'google'],
      ['public.utm_campaign', ''],
      ['public.name', 'Anna'],
      ['profile.email', 'anna@acme.test'],
      ['profile.priceTables', 'gold'],
      ['checkout.cartId', 'cart'],
      ['authentication.storeUserId', 'anna'],
    ]);
    expect(codec.segmentOf(values)).toEqual({ ...NONE, utm_source: 'google', priceTables: 'gold' });
  });

  it('carries values of B2B apps, and has the usual bytes without them [W-72, S-20]', () => {
    const values = new Map([
      ['public.facets', 'productClusterIds=140'],
      ['store.admin_cultureInfo', 'de-DE'],
    ]);
    const segment = codec.segmentOf(values);
    expect(segment).toEqual({ ...NONE, admin_cultureInfo: 'de-DE', facets: 'productClusterIds=140' });
    const token = codec.encodeSegment(segment);
    expect(codec.decodeSegment(token)).toEqual(segment);
    const keys = Object.keys(JSON.parse(Buffer.from(token, 'base64').toString()) as object);
    expect(keys.slice(-4)).toEqual(['cultureInfo', 'admin_cultureInfo', 'channelPrivacy', 'facets']);
    expect(token).not.toBe(codec.encodeSegment(NONE));
    expect(codec.commonToken(token)).toBe(codec.encodeSegment(NONE));
    expect(codec.segmentOf(new Map([['public.facets', '']]))).toEqual(NONE);
    expect(codec.commonToken('%')).toBe('%');
  });

  it('cuts long facets, and stays well-formed [P-62]', () => {
    const { facets = '' } = codec.segmentOf(new Map([['public.facets', `a${'€'.repeat(999)}`]]));
    expect(facets).toBe(`a${'€'.repeat(333)}`);
    expect(codec.decodeSegment(codec.encodeSegment({ ...NONE, facets }))).toEqual({ ...NONE, facets });
  });

  it('cuts long values from links, because cookies are short [P-62]', () => {
    const long = codec.segmentOf(new Map([['public.utm_source', 'x'.repeat(60_000)]]));
    expect(codec.encodeSegment(long).length).toBeLessThan(1000);
  });

  it.each([
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('x').toString('base64')],
    ['no object', Buffer.from('null').toString('base64')],
    ['no key that is known', Buffer.from('{"email":"1"}').toString('base64')],
    ['no key at all', Buffer.from('{}').toString('base64')],
    ['a list of conditions', Buffer.from(JSON.stringify({ ...NONE, campaigns: ['a'] })).toString('base64')],
    ['an inexact number', Buffer.from('{"channel":12345678901234567890}').toString('base64')],
    ['a list', Buffer.from('["channel"]').toString('base64')],
    ['what is no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('base64')],
  ])('with %s is refused [S-18]', (_what, token) => {
    expect(() => codec.decodeSegment(token)).toThrow(InvalidInput);
  });

  it.each([
    ['fewer keys', '{"channel":"1"}', { ...NONE, channel: '1' }],
    ['keys that are not known', '{"channel":"1","email":"x","__proto__":{"x":1}}', { ...NONE, channel: '1' }],
    ['spaces', '{ "channel" : "1" }', { ...NONE, channel: '1' }],
    ['a number', '{"channel":1,"regionId":5.5}', { ...NONE, channel: '1', regionId: '5.5' }],
    ['a boolean', '{"channel":"1","campaigns":true}', { ...NONE, channel: '1', campaigns: 'true' }],
  ])('with %s is read as far as it goes, and never further [F-63, S-22]', (_what, json, segment) => {
    expect(codec.decodeSegment(Buffer.from(json).toString('base64'))).toEqual(segment);
    expect(codec.decodeSegment(Buffer.from(json).toString('base64url'))).toEqual(segment);
  });

  it('is the first one that can be read [F-23]', () => {
    expect(codec.decodeFirstSegment(['', 'e30', EXAMPLE])).toMatchObject({ currencyCode: 'BRL' });
    expect(() => codec.decodeFirstSegment([])).toThrow(InvalidInput);
  });

  it('can be overridden in culture and utm values only [W-74, P-65]', () => {
    const query = {
      cultureInfo: 'fr-FR',
      utm_source: 'mail',
      priceTables: 'gold',
      channel: 'b2b',
      regionId: 'x',
      an: 'acme',
    };
    expect(codec.overruled(NONE, query)).toEqual({ ...NONE, cultureInfo: 'fr-FR', utm_source: 'mail' });
  });
});
