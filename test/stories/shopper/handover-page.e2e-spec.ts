import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoItem } from '../../support/data/demo-items.js';
import { Device } from '../../support/people/device.js';
import { HandoverLinks } from '../../support/data/handover-links.js';
import { openShop, type Shop } from '../../support/shop.js';

const MINE = '/session-context/acme/me/context';
const PAGE = '/handover/acme';
const OPEN = `${PAGE}/open`;
const LOGIN = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
const ISSUER = 'http://onesession.test';

describe('The page that a handover link leads to', () => {
  let shop: Shop;
  let links: HandoverLinks;
  beforeAll(async () => {
    shop = await openShop({ settings: { handover: { shopUrl: 'https://shop.test/' } } });
    links = new HandoverLinks(shop);
  });
  afterAll(() => shop.close());

  it('is read without using the link up, and frames, stores and runs nothing foreign [P-64, P-79]', async () => {
    const token = await links.of(await links.shopper());
    const { headers, text } = await shop.http.get(PAGE).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none';script-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['set-cookie']).toBeUndefined();
    expect(text).toContain('Only continue if you asked for this link yourself');
    await shop.http.get('/handover/page.css').expect(200).expect('content-type', 'text/css; charset=utf-8');
    await shop.http
      .get('/handover/page.js')
      .expect(200)
      .expect('content-type', 'text/javascript; charset=utf-8');
    await shop.http.get('/handover/No').expect(400);
    await links.desktopOf(token);
  });

  it('shows which shop it is for and how much is in the cart, and does not use the link up [P-79]', async () => {
    const guest = await links.shopper();
    const { cartId } = (await guest.get(MINE).expect(200)).body;
    await guest.post(`/cart/acme/carts/${cartId}/items`, demoItem('umbrella-eur', 3)).expect(201);
    const token = await links.of(guest);
    const expected = { shop: 'shop.test', siteCode: 'main', items: 1, expiresAt: expect.any(String) };
    for (const _ of [1, 2]) {
      const { body, headers } = await shop.http.post(`${PAGE}/preview`, { token }).expect(200);
      expect(body).toEqual(expected);
      expect(headers['set-cookie']).toBeUndefined();
      expect(headers['cache-control']).toBe('no-store');
    }
    await links.desktopOf(token);
  });

  it('alone may use the link there: pages of other origins are refused [P-63, P-79]', async () => {
    const token = await links.of(await links.shopper());
    for (const path of [OPEN, `${PAGE}/preview`]) {
      await shop.http.post(path, { token }).set('origin', 'https://evil.test').expect(403);
      await shop.http.post(path, { token }).set('origin', 'null').expect(403);
      await shop.http.post(path, { token }).set('sec-fetch-site', 'cross-site').expect(403);
      const { headers } = await shop.options(path, {
        origin: 'https://evil.test',
        'access-control-request-method': 'POST',
      });
      expect(headers['access-control-allow-credentials']).toBeUndefined();
    }
    await shop.http.post(OPEN, { token }).set('origin', ISSUER).expect(200);
  });

  it('gives the browser the cookies of the session, for both dialects [D-22, P-62]', async () => {
    const guest = await links.shopper();
    const desktop = new Device(shop.url);
    const token = await links.of(guest);
    const { body, headers } = await desktop.send('post', OPEN, { token }).expect(200);
    expect(body).toEqual({ shopUrl: 'https://shop.test/' });
    expect(headers['cache-control']).toContain('no-store');
    for (const cookie of headers['set-cookie'] ?? []) expect(cookie).toContain('HttpOnly; SameSite=Lax');
    expect([...desktop.cookies.keys()].toSorted()).toEqual(['vtex_segment', 'vtex_session']);
    expect((await desktop.read().expect(200)).body.id).toBe(guest.sessionId);
    const { body: tokens } = await desktop.send('get', LOGIN).expect(200);
    expect(tokens.sessionId).toBe(guest.sessionId);
    await guest.get(MINE).expect(200);
  });

  it('does not give the sender the data of the person who is logged in there [X-02, P-80]', async () => {
    const guest = await links.shopper();
    const desktop = new Device(shop.url);
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    desktop.cookies.set('VtexIdclientAutCookie_acme', anna.accessToken ?? '');
    await desktop.send('post', OPEN, { token: await links.of(guest) }).expect(200);
    const asGuest = shop.as(guest.accessToken ?? '');
    const { body } = await asGuest.get('/api/sessions?an=acme&items=profile.email').expect(200);
    expect(body.namespaces).toEqual({});
  });

  it('is replaced by a page of the storefront, if the tenant has one [P-79]', async () => {
    const other = await openShop({
      settings: { handover: { pageUrl: 'https://shop.test/continue' } },
    });
    try {
      const { body } = await (await other.visitor()).post('/session-context/acme/me/handover').expect(201);
      expect(body.url).toMatch(/^https:\/\/shop\.test\/continue#handover=eyJ/);
    } finally {
      await other.close();
    }
  });
});
