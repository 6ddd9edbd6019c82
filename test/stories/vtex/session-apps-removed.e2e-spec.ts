import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { type ServiceUser, Visitor } from '../../support/people/http-user.js';
import { type SessionAppServer, sessionAppServer } from '../../support/programs/session-app.js';
import { openShop, type Shop } from '../../support/shop.js';

const APPS = '/admin/acme/session-apps';
const LOGIN = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
const mine = '/session-context/acme/me/context';

/** What the app answers and what it declares. */
const LOYALTY = {
  answer: {
    loyalty: { points: { value: '7' } },
    public: { note: { value: 'from the app' } },
    profile: { priceTables: { value: 'loyal' } },
    store: { currencyCode: { value: 'USD' } },
  },
  output: { loyalty: ['points'], public: ['note'], profile: ['priceTables'], store: ['currencyCode'] },
};
const VALUES = 'loyalty.points,public.note,profile.priceTables,store.currencyCode';

describe('What a session app may answer, and what is left when it is removed', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const servers: SessionAppServer[] = [];
  beforeAll(async () => {
    shop = await openShop({ env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow' } });
    staff = await shop.service();
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await shop.close();
  });

  const serve = async (...about: Parameters<typeof sessionAppServer>) => {
    const server = await sessionAppServer(...about);
    servers.push(server);
    return server;
  };
  const install = (name: string, app: SessionAppServer, declared: object) =>
    staff.put(`${APPS}/${name}`, { url: app.url, input: { public: ['go'] }, shared: true, ...declared });
  const uninstall = (name: string) => staff.delete(`${APPS}/${name}`).expect(204);
  const begun = async (values: Record<string, string> = { go: '1' }): Promise<Device> => {
    const device = new Device(shop.url);
    await device.begin(values).expect(201);
    return device;
  };

  it.each([null, {}, { value: null }])(
    'is a key with %j, which leaves that key as it is and affects no other [F-59, W-79]',
    async (left) => {
      const answers: unknown[] = [
        { own: { a: { value: '1' }, b: { value: '1' } }, more: { c: { value: '1' } } },
        { own: { a: left, b: { value: '2' } }, more: left },
      ];
      const app = await serve(() => answers.shift());
      await install('leaver', app, { output: { own: ['a', 'b'], more: ['c'] } }).expect(200);
      const device = await begun();
      const { headers } = await device.change({ go: '2' }).expect(200);
      expect(headers['x-session-apps-failed']).toBeUndefined();
      expect(await device.values('own,more')).toEqual({ 'own.a': '1', 'own.b': '2', 'more.c': '1' });
      await uninstall('leaver');
    },
  );

  it.each([{}, { output: {} }, { output: { own: [] } }])(
    'is anything, if it has no outputs because it only wants to know: %j [F-59]',
    async (declared) => {
      const answers = ['{"own":{"x":{"value":"1"}}}', 'OK', ''];
      const app = await serve(
        () => undefined,
        (_request, response) => {
          const text = answers.shift();
          if (text === '') response.writeHead(204);
          response.end(text);
        },
      );
      const { body } = await install('listener', app, declared).expect(200);
      expect(body.installed).toBe(true);
      const device = await begun();
      for (const go of ['2', '3']) {
        const { headers } = await device.change({ go }).expect(200);
        expect(headers['x-session-apps-failed']).toBeUndefined();
      }
      expect(app.calls.map((call) => call['public']?.['go']?.value)).toEqual(['1', '2', '3']);
      expect(await device.values('own')).toEqual({});
      await uninstall('listener');
    },
  );

  it('is refused for an app that would never be called [F-59]', async () => {
    const app = await serve(() => ({}));
    const { body } = await install('idle', app, { input: {} }).expect(400);
    expect(body.details).toMatchObject([{ field: 'input', message: expect.stringContaining('runOnCreate') }]);
    await install('starter', app, { input: {}, runOnCreate: true }).expect(200);
    await begun();
    expect(app.calls).toEqual([{}]);
    await uninstall('starter');
  });

  it.each(['read', 'change'] as const)(
    'disappears with the app at the next %s of the session [F-59]',
    async (way) => {
      await install('loyalty', await serve(() => LOYALTY.answer), LOYALTY).expect(200);
      const device = await begun({ storeUserEmail: 'anna@acme.test' });
      await device.change({ go: '1' }).expect(200);
      expect(await device.values(VALUES)).toEqual({
        'loyalty.points': '7',
        'public.note': 'from the app',
        'profile.priceTables': 'loyal',
        'store.currencyCode': 'USD',
      });
      await uninstall('loyalty');
      if (way === 'change') await device.change({ other: '1' }).expect(200);
      const left = { 'profile.priceTables': 'gold', 'store.currencyCode': 'EUR' };
      expect(await device.values(VALUES)).toEqual(left);
      expect(await device.values(VALUES)).toEqual(left);
      const { body } = await device.segment().expect(200);
      expect(body).toMatchObject({ priceTables: 'gold', currencyCode: 'EUR', currencySymbol: '€' });
    },
  );

  it('disappears from the context too, while values written by others stay [F-59, D-13]', async () => {
    await install('loyalty', await serve(() => LOYALTY.answer), LOYALTY).expect(200);
    const device = await begun({ go: '1', mine: 'stays' });
    const { body } = await device.send('get', LOGIN).expect(200);
    const visitor = new Visitor(shop.url, 'acme', 'acme-storefront', body);
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'USD' }).expect(201);
    const before = (await visitor.get(mine).expect(200)).body;
    expect(before.context).toEqual({ go: '1', mine: 'stays', note: 'from the app' });
    await uninstall('loyalty');
    expect(await device.values('loyalty,public')).toEqual({ 'public.go': '1', 'public.mine': 'stays' });
    const after = (await visitor.get(mine).expect(200)).body;
    expect(after).toMatchObject({ context: { go: '1', mine: 'stays' }, currency: before.currency });
    expect(after.context.note).toBeUndefined();
    expect(after.metadata.version).toBe(before.metadata.version + 1);
    await device.read().expect(200);
    expect((await visitor.get(mine).expect(200)).body.metadata.version).toBe(after.metadata.version);
  });

  it('disappears with an output that the app no longer declares, and apps that watch it are told [F-59, M-13]', async () => {
    const watcher = await serve(() => ({}));
    const declared = { input: { loyalty: ['points'] }, output: {} };
    await install('watcher', watcher, declared).expect(200);
    await install('loyalty', await serve(() => LOYALTY.answer), LOYALTY).expect(200);
    const device = await begun();
    expect(watcher.calls).toEqual([{ loyalty: { points: { value: '7' } } }]);
    const { loyalty: _gone, ...output } = LOYALTY.output;
    await install('loyalty', await serve(() => LOYALTY.answer), { output }).expect(200);
    expect(await device.values('loyalty,public.note')).toEqual({ 'public.note': 'from the app' });
    expect(watcher.calls.at(-1)).toEqual({});
    await uninstall('watcher');
    await uninstall('loyalty');
  });

  it('for impersonate is nobody, from the moment it is removed, even for reads [F-59, M-53]', async () => {
    await staff.put(`${APPS}/impersonate`, {}).expect(204);
    const device = new Device(shop.url);
    device.cookies.set('VtexIdclientAutCookie', staff.accessToken ?? '');
    await device
      .begin({ 'vtex-impersonated-customer-email': 'anna@acme.test', 'vtex-impersonation-reason': 'help' })
      .expect(201);
    const names = 'impersonate.storeUserEmail,profile.email,profile.priceTables';
    expect(await device.values(names)).toEqual({
      'impersonate.storeUserEmail': 'anna@acme.test',
      'profile.email': 'anna@acme.test',
      'profile.priceTables': 'gold',
    });
    await staff.delete(`${APPS}/impersonate`).expect(204);
    const server = device.copy();
    expect((await server.segment().expect(200)).body.priceTables).toBeNull();
    expect(await device.values(`${names},impersonate.account`)).toEqual({});
  });
});
