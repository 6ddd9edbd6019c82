import { describe, expect, it } from 'vitest';
import { isForeignPage, type OwnAddress, type PageClaims } from './origin.rules.js';

const PLAIN: OwnAddress = { protocol: 'http', host: '127.0.0.1:3000', issuer: 'http://onesession.test' };
const BEHIND_TLS: OwnAddress = { protocol: 'http', host: 'acme.shop.test', issuer: 'https://api.shop.test' };
const ALLOWED = ['https://shop.example'];

const isForeign = (page: PageClaims, own = PLAIN): boolean => isForeignPage(page, own, ALLOWED);

describe('A page', () => {
  it.each([
    [{}],
    [{ site: 'none' }],
    [{ site: 'same-origin' }],
    [{ origin: 'http://127.0.0.1:3000' }],
    [{ origin: 'http://onesession.test' }],
    [{ origin: 'https://shop.example', site: 'cross-site' }],
  ])('is not foreign if it sends %j [X-15, P-63]', (page) => {
    expect(isForeign(page)).toBe(false);
  });

  it.each([
    [{ site: 'cross-site' }],
    [{ site: 'same-site' }],
    [{ site: '' }],
    [{ origin: 'null' }],
    [{ origin: '' }],
    [{ origin: 'https://127.0.0.1:3000' }],
    [{ origin: 'http://127.0.0.1' }],
    [{ origin: 'http://127.0.0.1:3001' }],
    [{ origin: 'https://onesession.test' }],
    [{ origin: 'http://onesession.test:3000' }],
    [{ origin: 'http://shop.example' }],
    [{ origin: 'https://shop.example:8443' }],
    [{ origin: 'https://SHOP.example' }],
    [{ origin: 'https://shop.example/' }],
    [{ origin: 'https://shop.example.evil.example' }],
    [{ origin: 'https://shop.example, http://127.0.0.1:3000', site: 'same-origin' }],
  ])('is foreign if it sends %j [X-15, P-61, P-63]', (page) => {
    expect(isForeign(page)).toBe(true);
  });

  it('is compared including the default port of its scheme', () => {
    expect(isForeign({ origin: 'http://onesession' }, { ...PLAIN, host: 'onesession:80' })).toBe(false);
    expect(isForeign({ origin: 'http://onesession:80' }, { ...PLAIN, host: 'onesession' })).toBe(true);
  });

  it("of the same host is the service's own over TLS if the service is published with TLS", () => {
    expect(isForeign({ origin: 'https://acme.shop.test' }, BEHIND_TLS)).toBe(false);
    expect(isForeign({ origin: 'https://api.shop.test' }, BEHIND_TLS)).toBe(false);
    expect(isForeign({ origin: 'https://other.shop.test' }, BEHIND_TLS)).toBe(true);
  });

  it('is never allowed as null', () => {
    expect(isForeignPage({ origin: 'null' }, PLAIN, ['null', '*'])).toBe(true);
  });
});
