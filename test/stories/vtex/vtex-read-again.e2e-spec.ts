import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { sessionAppServer } from '../../support/programs/session-app.js';
import { openStorage } from '../../support/store/drivers.js';
import { openShop, type Shop } from '../../support/shop.js';

/** An address outside, seen through a trusted proxy. */
const FAR = { 'x-forwarded-for': '203.0.113.9' };

describe('A session that was read again and again, and so is remembered with its answer, shows', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let device: Device;
  beforeAll(async () => {
    const opened = await openStorage();
    await opened.storage.tenants.create({
      name: 'acme',
      settings: { vtex: { hidesPhoneAndDocument: true } },
    });
    shop = await openShop({
      opened,
      env: { TRUSTED_PROXIES: '127.0.0.1', SESSION_APPS_PRIVATE_ADDRESSES: 'allow' },
    });
    staff = await shop.service();
    await staff.put('/admin/acme/session-apps/impersonate', {}).expect(204);
  });
  afterAll(() => shop.close());

  beforeEach(async () => {
    device = new Device(shop.url);
    await device.begin({ utm_source: 'google' }).expect(201);
    const first = (await device.read().expect(200)).text;
    for (let turn = 0; turn < 3; turn += 1) expect((await device.read().expect(200)).text).toBe(first);
  });

  it('what another request made of it, in either dialect [D-22]', async () => {
    await device.change({ utm_source: 'newsletter' }).expect(200);
    expect(await device.values()).toMatchObject({ 'public.utm_source': 'newsletter' });
    const session = (await device.read().expect(200)).body.id;
    const context = `/session-context/acme/context/${session}`;
    const login = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
    const token = (await device.send('get', login).expect(200)).body.access_token;
    await shop.as(token).post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    await device.read().expect(200);
    await staff.post(`${context}/attributes`, { key: 'colour', value: 'red' }).expect(204);
    expect(await device.values('public')).toEqual({
      'public.utm_source': 'newsletter',
      'public.colour': 'red',
    });
  });

  it('other items for other requests', async () => {
    expect(await device.values('store.channel')).toEqual({ 'store.channel': 'main' });
    expect(await device.values('public')).toEqual({ 'public.utm_source': 'google' });
    await device.read('').expect(400);
    expect(await device.values('store.channel')).toEqual({ 'store.channel': 'main' });
  });

  it('what a site says since then, and what an app makes of that that was installed since then [M-12, D-22]', async () => {
    const app = await sessionAppServer(({ store }) => ({
      loyalty: { currency: { value: store?.['currencyCode']?.value } },
    }));
    const declared = { input: { store: ['currencyCode'] }, output: { loyalty: ['currency'] } };
    const sites = await shop.service(
      'acme-backend',
      'acme-backend-secret',
      'site.site_read site.site_manage',
    );
    const sellIn = (currency: string) => sites.patch('/site/acme/sites/main', { currency }).expect(200);
    const shown = (currency: string) => ({ 'loyalty.currency': currency, 'store.currencyCode': currency });
    try {
      await staff.put('/admin/acme/session-apps/loyalty', { url: app.url, ...declared }).expect(200);
      expect(await device.values('store.currencyCode,loyalty')).toEqual(shown('EUR'));
      for (const currency of ['CHF', 'EUR']) {
        await sellIn(currency);
        expect(await device.values('store.currencyCode,loyalty')).toEqual(shown(currency));
        for (let turn = 0; turn < 3; turn += 1) await device.read().expect(200);
      }
      expect(app.calls).toHaveLength(3);
    } finally {
      app.close();
    }
  });

  it('what an app makes of a cookie that the browser has since then [M-37]', async () => {
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    device.cookies.set('VtexIdclientAutCookie_acme', ben.accessToken ?? '');
    expect(await device.values('profile.email')).toEqual({ 'profile.email': 'ben@acme.test' });
    for (let turn = 0; turn < 3; turn += 1) await device.read().expect(200);
    await shop
      .as(ben.accessToken ?? '')
      .get(`/customer/acme/logout?accessToken=${ben.accessToken}`)
      .expect(204);
    expect(await device.values('profile.isAuthenticated')).toEqual({ 'profile.isAuthenticated': 'false' });
  });

  it('nothing to a copy of its token from before a login [X-02]', async () => {
    const thief = device.copy();
    await thief.read().expect(200);
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    device.cookies.set('VtexIdclientAutCookie_acme', ben.accessToken ?? '');
    await device.change({}).expect(200);
    for (let turn = 0; turn < 3; turn += 1) await device.read().expect(200);
    await thief.read().expect(401);
  });

  it('what only its holder may see to nobody else, even if the holder asked last [D-21]', async () => {
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    device.cookies.set('VtexIdclientAutCookie_acme', ben.accessToken ?? '');
    await device.change({}).expect(200);
    const near = async () => (await device.read().expect(200)).body.namespaces;
    const far = async () => (await device.read().set(FAR).expect(200)).body.namespaces;
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await near()).toHaveProperty('profile.email');
      expect(await far()).not.toHaveProperty('profile.email');
    }
  });

  it('nothing once it has ended', async () => {
    shop.clock.advanceSeconds(400 * 86_400);
    await device.read().expect(401);
  });
});
