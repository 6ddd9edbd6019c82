import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { Visitor } from '../../support/people/http-user.js';
import { sessionAppServer } from '../../support/programs/session-app.js';
import { openShop, type Shop } from '../../support/shop.js';

const LOGIN = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
const COOKIE = 'VtexIdclientAutCookie_acme';
const STORE = 'store.channel,store.currencyCode,store.channelPrivacy';
const MAIN = { 'store.channel': 'main', 'store.currencyCode': 'EUR', 'store.channelPrivacy': 'public' };
const B2B = { 'store.channel': 'b2b', 'store.currencyCode': 'EUR', 'store.channelPrivacy': 'private' };
/** Anna prefers the site `us`. */
const ANNAS = { 'store.channel': 'us', 'store.currencyCode': 'USD', 'store.channelPrivacy': 'public' };

describe('A trade policy that only members may use', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow' } });
  });
  afterAll(() => shop.close());

  const tokenOf = async (who: 'anna' | 'ben') => {
    const password = { anna: 'demo-Anna-2026', ben: 'demo-Ben-2026' }[who];
    return (await (await shop.visitor()).logIn(`${who}@acme.test`, password)).accessToken ?? '';
  };
  const deviceOf = async (who?: 'anna' | 'ben'): Promise<Device> => {
    const device = new Device(shop.url);
    if (who) device.cookies.set(COOKIE, await tokenOf(who));
    return device;
  };
  /** Returns the device's anonymous shopper in the other dialect, who has a first cart. */
  const visitorOf = async (device: Device): Promise<Visitor> => {
    const { body } = await device.send('get', LOGIN).expect(200);
    const visitor = new Visitor(shop.url, 'acme', 'acme-storefront', body);
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    return visitor;
  };
  const siteOf = async (visitor: Visitor) =>
    (await visitor.get('/session-context/acme/me/context').expect(200)).body.siteCode;

  describe.each(['begins a session', 'changes one'])(
    'asked for in the request that logs in and %s',
    (way) => {
      const ask = async (who?: 'anna' | 'ben'): Promise<[Device, number]> => {
        const device = new Device(shop.url);
        if (way === 'changes one') await device.begin({ utm_source: 'before' }).expect(201);
        const before = way === 'changes one' ? (await device.read().expect(200)).body : undefined;
        if (who) device.cookies.set(COOKIE, await tokenOf(who));
        const { status } = await device.change({ sc: 'b2b', utm_source: 'after' });
        if (status >= 400 && before) {
          device.cookies.delete(COOKIE);
          expect((await device.read().expect(200)).body).toEqual(before);
        }
        return [device, status];
      };

      it('is given to a member [F-51, M-32]', async () => {
        const [device, status] = await ask('anna');
        expect(status).toBe(200);
        expect(await device.values(STORE)).toEqual(B2B);
      });

      it('is refused to any other customer with 403 and to a guest with 401, and nothing is saved [F-51, M-33, M-34, M-35]', async () => {
        expect((await ask('ben'))[1]).toBe(403);
        expect((await ask())[1]).toBe(401);
      });
    },
  );

  it('is refused in the request that logs out [F-51, M-33]', async () => {
    const device = await deviceOf('anna');
    await device.begin().expect(201);
    device.cookies.delete(COOKIE);
    await device.change({ sc: 'b2b' }).expect(401);
    device.cookies.set(COOKIE, await tokenOf('ben'));
    await device.change({ sc: 'b2b' }).expect(403);
  });

  it('ends with a logout, when asking again is 401; a login brings it back [F-51, M-45]', async () => {
    const device = await deviceOf('anna');
    await device.begin({ sc: 'b2b' }).expect(201);
    expect(await device.values(STORE)).toEqual(B2B);
    const token = device.cookies.get(COOKIE) ?? '';
    device.cookies.delete(COOKIE);
    const { headers } = await device.change({ other: '1' }).expect(200);
    expect(headers['x-session-inputs-ignored']).toBe('public.sc');
    expect(await device.values(STORE)).toEqual(MAIN);
    expect((await device.segment().expect(200)).body).toMatchObject({
      channel: 'main',
      channelPrivacy: 'public',
    });
    for (const time of ['once', 'again']) await device.change({ sc: 'b2b', time }).expect(401);
    device.cookies.set(COOKIE, token);
    await device.change({ other: '2' }).expect(200);
    expect(await device.values(STORE)).toEqual(B2B);
  });

  it('ends even on a read, if the login was revoked elsewhere [F-51, F-53]', async () => {
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    const device = new Device(shop.url);
    device.cookies.set(COOKIE, anna.accessToken ?? '');
    await device.begin({ sc: 'b2b' }).expect(201);
    await anna.logOut().expect(204);
    expect(await device.values(STORE)).toEqual(MAIN);
  });

  it('ends when another customer arrives, who gets their own [F-51]', async () => {
    const device = await deviceOf('anna');
    await device.begin({ sc: 'b2b' }).expect(201);
    device.cookies.set(COOKIE, await tokenOf('ben'));
    await device.change().expect(200);
    expect(await device.values(STORE)).toEqual(MAIN);
    await device.change({ sc: 'b2b' }).expect(403);
  });

  it('is no longer the site of the context after a logout, while an open one stays [F-51, D-13]', async () => {
    const device = await deviceOf('anna');
    await device.begin().expect(201);
    expect(await device.values(STORE)).toEqual(ANNAS);
    const visitor = await visitorOf(device);
    await device.change({ sc: 'b2b' }).expect(200);
    expect(await siteOf(visitor)).toBe('b2b');
    device.cookies.delete(COOKIE);
    await device.change({ other: '1' }).expect(200);
    expect(await device.values(STORE)).toEqual(MAIN);
    expect(await siteOf(visitor)).toBe('main');
    await device.change({ sc: 'b2b' }).expect(401);
    await device.change({ sc: 'us' }).expect(200);
    device.cookies.set(COOKIE, await tokenOf('ben'));
    await device.change().expect(200);
    device.cookies.delete(COOKIE);
    await device.change().expect(200);
    expect(await device.values('store.channel')).toEqual({ 'store.channel': 'us' });
  });

  it('is that of the customer whom an employee acts as, and ends afterwards [F-51, M-57]', async () => {
    const staff = await shop.service();
    await staff.put('/admin/acme/session-apps/impersonate', {}).expect(204);
    const device = new Device(shop.url);
    device.cookies.set('VtexIdclientAutCookie', staff.accessToken ?? '');
    const email = 'vtex-impersonated-customer-email';
    await device.begin({ sc: 'b2b', [email]: 'anna@acme.test' }).expect(201);
    expect(await device.values(STORE)).toEqual(B2B);
    await device.change({ [email]: null }).expect(200);
    expect(await device.values(STORE)).toEqual(MAIN);
    await staff.delete('/admin/acme/session-apps/impersonate').expect(204);
  });

  it('is refused at the end of the cycle, whatever other apps say meanwhile [F-51, M-35]', async () => {
    const staff = await shop.service();
    const app = await sessionAppServer(() => ({ own: { x: { value: '1' } } }));
    const declared = { url: app.url, input: { public: ['sc'] }, output: { own: ['x'] } };
    await staff.put('/admin/acme/session-apps/meanwhile', declared).expect(200);
    try {
      const device = new Device(shop.url);
      await device.begin().expect(201);
      await device.change({ sc: 'b2b' }).expect(401);
      expect(await device.values('own,public')).toEqual({});
    } finally {
      await staff.delete('/admin/acme/session-apps/meanwhile').expect(204);
      app.close();
    }
  });
});
