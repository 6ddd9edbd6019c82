import { describe, expect, it } from 'vitest';
import { isPassedOn, returnedHeaders, sentHeaders } from './passed-headers.rules.js';

const ISSUER = 'https://sessions.example';
const FROM = { address: '203.0.113.7', protocol: 'https', host: 'shop.example' };
const OURS = `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify({ iss: ISSUER })).toString('base64url')}.`;

const sent = (headers: Record<string, string | string[]>) => sentHeaders({ headers, ...FROM }, ISSUER);

describe('The headers of a request that is passed on', () => {
  it("are the client's, plus where the request came from", () => {
    expect(sent({ accept: 'application/json', 'if-none-match': '"1"', 'accept-encoding': 'br' })).toEqual({
      accept: 'application/json',
      'if-none-match': '"1"',
      'accept-encoding': 'br',
      via: '1.1 onesession',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'shop.example',
    });
  });

  it('name the address as this service knows it, and the shop as its server names it', () => {
    const headers = {
      'x-forwarded-for': '10.0.0.1',
      forwarded: 'for=1',
      'x-forwarded-host': 'www.acme.test',
    };
    expect(sent(headers)).toMatchObject({
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-host': 'www.acme.test',
    });
    expect(sent(headers)).not.toHaveProperty('forwarded');
  });

  it('contain none that concern a single connection (RFC 9110 section 7.6.1)', () => {
    const headers = {
      connection: 'keep-alive, X-Mine',
      'x-mine': '1',
      te: 'trailers',
      upgrade: 'websocket',
      host: 'h',
    };
    expect(Object.keys(sent(headers)).filter((name) => !/^via$|^x-forwarded/.test(name))).toEqual([]);
  });

  it('tell the other host nothing of a trace', () => {
    const headers = { traceparent: '00-1-2-01', tracestate: 'vendor=x', baggage: 'user=anna' };
    expect(Object.keys(sent(headers)).filter((name) => name in headers)).toEqual([]);
  });

  it("contain none of this service's tokens, wherever they are", () => {
    const carried = {
      authorization: `bearer ${OURS}`,
      'x-any': `a, ${OURS}`,
      cookie: `a=1; t=${OURS}; u=${OURS.replace('.', '%2e')}`,
    };
    expect(JSON.stringify(sent(carried))).not.toContain(OURS);
    expect(sent(carried)).toMatchObject({ cookie: 'a=1' });
    expect(sent({ authorization: 'Basic eDp5' })).toMatchObject({ authorization: 'Basic eDp5' });
  });

  it('omit a cookie header in which nothing is left', () => {
    expect(
      sent({ cookie: 'vtex_session=x;vtex_segment=y; VtexIdclientAutCookie_acme=z;' }),
    ).not.toHaveProperty('cookie');
  });

  it('tell another instance of this service that the request was passed on', () => {
    expect(isPassedOn(sent({}))).toBe(true);
    expect(isPassedOn({ via: '1.1 proxy' })).toBe(false);
    expect(isPassedOn({ via: '1.1 onesession, 1.1 proxy' })).toBe(true);
  });
});

describe('The headers of an answer from another host', () => {
  const returned = (headers: Record<string, string | string[]>) =>
    returnedHeaders(headers, 'https://api.example');

  it("are that host's own, except those that this service decides", () => {
    const headers = {
      etag: '"1"',
      'cache-control': 'max-age=5',
      'content-security-policy': 'x',
      connection: 'x-a',
      'x-a': '1',
    };
    expect(returned(headers)).toEqual({ etag: '"1"', 'cache-control': 'max-age=5' });
  });

  it.each([
    'vtex_session=x',
    'vtex_segment = x',
    'VTEX_SESSION=x',
    'VtexIdclientAutCookie=x',
    'VtexIdclientAutCookie_other=x',
    '=vtex_session=x',
    'vtex_session',
    ' =x',
  ])("set none of this service's cookies: %s", (cookie) => {
    expect(returned({ 'set-cookie': [`${cookie}; Path=/`] })).toEqual({});
  });

  it("set the other host's cookies for this host", () => {
    const cookies = ['a=1; domain = .example; Path=/', 'b="x=y"; Secure'];
    expect(returned({ 'set-cookie': cookies })).toEqual({ 'set-cookie': ['a=1; Path=/', 'b="x=y"; Secure'] });
  });

  it('redirect to this host instead of the other one, but not for a host that only begins like it', () => {
    expect(returned({ location: 'https://api.example/x?y' })).toEqual({ location: '/x?y' });
    for (const location of [
      'https://api.example//evil',
      'https://api.example.evil/x',
      'https://api.example@evil/',
      '/x',
    ]) {
      expect(returned({ location })).toEqual({ location });
    }
  });
});
