import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.js';
import { ShopPage } from './support/page.js';
import { BrowserService } from './support/service.js';
import { Storefront } from './support/storefront.js';

/** On loopback, over plain http, only those for other sites are for TLS: browsers take them no other way (F-58). */
const kept = (sameSite: 'Lax' | 'None') =>
  ['vtex_segment', 'vtex_session'].map((name) => ({
    name,
    httpOnly: true,
    secure: sameSite === 'None',
    sameSite,
  }));

describe('A storefront in a browser', () => {
  let browser: Browser;
  let storefront: Storefront;
  let service: BrowserService;
  const pages: ShopPage[] = [];

  const open = async (origin: string): Promise<ShopPage> => {
    const page = await ShopPage.open(browser, origin, service.url);
    pages.push(page);
    return page;
  };
  const near = () => storefront.origin('localhost');
  const far = () => storefront.origin('127.0.0.1');

  beforeAll(async () => {
    storefront = await Storefront.open();
    service = await BrowserService.start({
      acme: { allowedOrigins: [near()] },
      globex: { allowedOrigins: [near(), far()], crossSiteCookies: true },
    });
    browser = await launchChromium();
  });
  afterAll(async () => {
    for (const page of pages) await page.close();
    await browser?.close();
    await service?.stop();
    storefront?.close();
  });

  describe('on another origin of the same site, which its tenant allows', () => {
    let page: ShopPage;
    let sessionId: string;

    it('gets its cookies, which no script sees [W-63, M-01, P-62]', async () => {
      page = await open(near());
      const answer = await page.post('/api/sessions?an=acme', {
        public: { utm_campaign: { value: 'black friday' } },
      });
      expect(answer).toMatchObject({ status: 201, body: { sessionToken: expect.any(String) } });
      expect(await page.keptCookies()).toEqual(kept('Lax'));
      expect(await page.scriptCookies()).toBe('');
    });

    it('reads its session and changes it by cookie alone [W-66, W-75]', async () => {
      const read = await page.fetch('/api/sessions?an=acme&items=*');
      expect(read).toMatchObject({
        status: 200,
        body: { namespaces: { rnb: { campaigns: { value: 'vip' } } } },
      });
      sessionId = read?.body.id;
      const body = JSON.stringify({ public: { own: { value: 'x' } } });
      const headers = { 'content-type': 'application/json' };
      expect(await page.fetch('/api/sessions?an=acme', { method: 'PATCH', headers, body })).toMatchObject({
        status: 200,
      });
      const again = await page.fetch('/api/sessions?an=acme&items=public.own');
      expect(again?.body).toMatchObject({ id: sessionId, namespaces: { public: { own: { value: 'x' } } } });
      expect(await page.fetch('/api/segments?an=acme')).toMatchObject({
        status: 200,
        body: { campaigns: 'vip' },
      });
    });

    it('has another session in another profile [M-04]', async () => {
      const stranger = await open(near());
      expect(await stranger.fetch('/api/sessions?an=acme&items=*')).toMatchObject({ status: 401 });
      await stranger.post('/api/sessions?an=acme', {});
      expect((await stranger.fetch('/api/sessions?an=acme&items=*'))?.body.id).not.toBe(sessionId);
    });

    it('goes on by cookie with the session of a customer, and loses it with the logout [D-22, W-69]', async () => {
      const shop = await open(near());
      const login = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
      const guest = (await shop.fetch(login, { credentials: 'omit' }))?.body;
      const person = { email: 'ben@acme.test', password: 'demo-Ben-2026' };
      const send = {
        method: 'POST',
        credentials: 'omit' as const,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${guest.access_token}` },
        body: JSON.stringify(person),
      };
      const customer = (await shop.fetch('/customer/acme/login', send))?.body;
      await shop.post('/api/sessions?an=acme', {}, { authorization: `Bearer ${customer.access_token}` });
      expect((await shop.fetch('/api/sessions?an=acme&items=*'))?.body.id).toBe(guest.sessionId);
      await shop.fetch(`/customer/acme/logout?accessToken=${customer.access_token}`, {
        credentials: 'omit',
        headers: { authorization: `Bearer ${customer.access_token}` },
      });
      expect(await shop.fetch('/api/sessions?an=acme&items=*')).toMatchObject({ status: 401 });
    });
  });

  describe('on an origin that the tenant does not allow', () => {
    it('sees no answer, and gets no cookie [P-61]', async () => {
      const page = await open(far());
      expect(await page.post('/api/sessions?an=acme', {})).toBeUndefined();
      expect(await page.fetch('/api/sessions?an=acme&items=*')).toBeUndefined();
      expect(await page.keptCookies()).toEqual([]);
    });

    it('can not use the session that a good page of the same browser has', async () => {
      const good = await open(near());
      await good.post('/api/sessions?an=acme', { public: { own: { value: 'mine' } } });
      const bad = await good.other(far());
      expect(await bad.fetch('/api/sessions?an=acme&items=*')).toBeUndefined();
      expect(
        await bad.post('/api/sessions?an=acme', { public: { own: { value: 'stolen' } } }),
      ).toBeUndefined();
      const read = await good.fetch('/api/sessions?an=acme&items=public.own');
      expect(read?.body.namespaces.public.own.value).toBe('mine');
    });
  });

  describe('on another site, for which its tenant has cross-site cookies', () => {
    it('sets, reads and changes its session by cookie, and no script sees it [W-63, W-75]', async () => {
      const page = await open(far());
      expect(await page.post('/api/sessions?an=globex', { public: { own: { value: 'x' } } })).toMatchObject({
        status: 201,
      });
      expect(await page.keptCookies()).toEqual(kept('None'));
      expect(await page.scriptCookies()).toBe('');
      const read = await page.fetch('/api/sessions?an=globex&items=public.own');
      expect(read).toMatchObject({ status: 200, body: { namespaces: { public: { own: { value: 'x' } } } } });
    });

    it('has a session for itself alone: the cookies are kept apart for each site', async () => {
      const page = await open(far());
      await page.post('/api/sessions?an=globex', {});
      const elsewhere = await page.other(near());
      expect(await elsewhere.fetch('/api/sessions?an=globex&items=*')).toMatchObject({ status: 401 });
    });
  });
});
