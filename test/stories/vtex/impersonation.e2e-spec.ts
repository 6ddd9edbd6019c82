import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { openStorage } from '../../support/store/drivers.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { sessionAppServer } from '../../support/programs/session-app.js';
import { openShop, type Shop } from '../../support/shop.js';

const EMAIL = 'vtex-impersonated-customer-email';
const REASON = 'vtex-impersonation-reason';
const IGNORED = 'x-session-inputs-ignored';
const MISSING = 'x-session-inputs-missing';
const asked = { [EMAIL]: 'anna@acme.test', [REASON]: 'orders by telephone' };
const VALUES = 'impersonate.canImpersonate,impersonate.storeUserEmail,profile.email';

describe('An employee acts as a customer', () => {
  let shop: Shop;
  let staff: ServiceUser;
  beforeAll(async () => {
    shop = await openShop({
      env: {
        SESSION_APPS_PRIVATE_ADDRESSES: 'allow',
        SESSION_APP_MILLISECONDS: '10000',
        SESSION_TRANSFORM_MILLISECONDS: '10000',
      },
    });
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  const adminDevice = async (token = staff.accessToken, account = 'acme'): Promise<Device> => {
    const device = new Device(shop.url, account);
    device.cookies.set('VtexIdclientAutCookie', token ?? '');
    await device.begin().expect(201);
    return device;
  };
  const install = () => staff.put('/admin/acme/session-apps/impersonate', {}).expect(204);

  it('but not before the tenant has installed the app [M-53]', async () => {
    const device = await adminDevice();
    await device.change(asked).expect(200);
    expect(await device.values(VALUES)).toEqual({ 'impersonate.canImpersonate': 'false' });
    await install();
  });

  it('with the scope, an e-mail and a reason: the profile is the customer’s, and it is recorded [M-52, M-54, M-44, S-10]', async () => {
    const device = await adminDevice();
    await device.change(asked).expect(200);
    expect(
      await device.values(`${VALUES},impersonate.account,profile.priceTables,authentication.storeUserId`),
    ).toEqual({
      'impersonate.canImpersonate': 'true',
      'impersonate.storeUserEmail': 'anna@acme.test',
      'impersonate.account': 'acme',
      'profile.email': 'anna@acme.test',
      'profile.priceTables': 'gold',
    });
    const { body } = await staff.get('/admin/acme/impersonations').expect(200);
    expect(body).toEqual([
      {
        id: expect.any(String),
        sessionId: expect.any(String),
        adminClientId: 'acme-backend',
        adminEmail: 'staff@acme.test',
        customerId: expect.any(String),
        customerEmail: 'anna@acme.test',
        reason: 'orders by telephone',
        begunAt: shop.clock.now().toISOString(),
        endsAt: new Date(shop.clock.now().getTime() + 3_600_000).toISOString(),
      },
    ]);
  });

  it('until the e-mail is removed, and then nothing of the customer is left [M-57]', async () => {
    const device = await adminDevice();
    await device.change(asked).expect(200);
    await device.change({ other: 'value' }).expect(200);
    expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
    await device.change({ [EMAIL]: null }).expect(200);
    expect(await device.values(`${VALUES},profile.priceTables,profile.isAuthenticated`)).toEqual({
      'impersonate.canImpersonate': 'true',
      'profile.isAuthenticated': 'false',
    });
  });

  it('until the time is over, which a read shows too; a new reason starts it again', async () => {
    const device = await adminDevice();
    await device.change({ ...asked, 'vtex-impersonation-minutes': '5' }).expect(200);
    shop.clock.advanceSeconds(299);
    expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
    shop.clock.advanceSeconds(2);
    expect(await device.values('profile.email,impersonate.storeUserEmail')).toEqual({});
    await device.change({ [REASON]: 'once more' }).expect(200);
    expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
  });

  it('in place of the authenticated shopper, who is back afterwards [D-17, M-57]', async () => {
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    const device = await adminDevice();
    device.cookies.set('VtexIdclientAutCookie_acme', ben.accessToken ?? '');
    await device.change(asked).expect(200);
    const names = 'authentication.storeUserEmail,profile.email';
    expect(await device.values(names)).toEqual({
      'authentication.storeUserEmail': 'ben@acme.test',
      'profile.email': 'anna@acme.test',
    });
    await device.change({ [EMAIL]: null }).expect(200);
    expect(await device.values(names)).toEqual({
      'authentication.storeUserEmail': 'ben@acme.test',
      'profile.email': 'ben@acme.test',
    });
  });

  it('by the e-mail in the cookie too [M-55]', async () => {
    const device = await adminDevice();
    device.cookies.set(EMAIL, 'anna%40acme.test');
    await device.change({ [REASON]: 'at the desk' }).expect(200);
    expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
  });

  /** Returns the latest record of the session of a device. */
  const recordOf = async (device: Device) => {
    const { id } = (await device.read().expect(200)).body;
    const { body } = await staff.get('/admin/acme/impersonations').expect(200);
    const records = body.filter(({ sessionId }: { sessionId: string }) => sessionId === id);
    expect(records).toHaveLength(1);
    return records[0];
  };
  const count = async () => (await staff.get('/admin/acme/impersonations').expect(200)).body.length;

  it('with only the e-mail, which is recorded without a reason [F-52, M-54, P-38]', async () => {
    const device = await adminDevice();
    const { headers } = await device.change({ [EMAIL]: 'anna@acme.test' }).expect(200);
    expect(headers[IGNORED]).toBeUndefined();
    expect(headers[MISSING]).toBeUndefined();
    expect(await device.values('impersonate.storeUserEmail,profile.email')).toEqual({
      'impersonate.storeUserEmail': 'anna@acme.test',
      'profile.email': 'anna@acme.test',
    });
    const record = await recordOf(device);
    expect(record).toMatchObject({ customerEmail: 'anna@acme.test' });
    expect(record).not.toHaveProperty('reason');
  });

  it('with only the e-mail in the cookie, even in the first call [F-52, M-55]', async () => {
    const device = new Device(shop.url);
    device.cookies.set('VtexIdclientAutCookie', staff.accessToken ?? '');
    device.cookies.set(EMAIL, 'anna%40acme.test');
    await device.begin().expect(201);
    expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
    device.cookies.delete(EMAIL);
    await device.change().expect(200);
    expect(await device.values('profile.email')).toEqual({});
    device.cookies.set(EMAIL, 'ben%40acme.test');
    await device.change().expect(200);
    expect(await device.values('profile.email')).toEqual({ 'profile.email': 'ben@acme.test' });
  });

  it('whom the session already named before the employee came [F-52, M-52]', async () => {
    const device = new Device(shop.url);
    await device.begin({ [EMAIL]: 'anna@acme.test' }).expect(201);
    expect(await device.values('profile.email')).toEqual({});
    device.cookies.set('VtexIdclientAutCookie', staff.accessToken ?? '');
    await device.change().expect(200);
    expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
  });

  it.each(['body', 'cookie'])(
    'but not again automatically once the time is over, if named by %s [F-52, X-04]',
    async (by) => {
      const device = await adminDevice();
      if (by === 'cookie') device.cookies.set(EMAIL, 'anna%40acme.test');
      await device.change(by === 'body' ? { [EMAIL]: 'anna@acme.test' } : {}).expect(200);
      expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
      const written = await count();
      shop.clock.advanceSeconds(3600);
      for (const other of ['1', '2']) {
        const { headers } = await device.change({ other }).expect(200);
        expect(headers[IGNORED]).toBe(`${by === 'body' ? 'public' : 'cookie'}.${EMAIL}`);
        expect(await device.values('profile.email,impersonate.storeUserEmail')).toEqual({});
      }
      expect(await count()).toBe(written);
      await device.change({ [EMAIL]: 'anna@acme.test' }).expect(200);
      expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
      expect(await count()).toBe(written + 1);
    },
  );

  it('and again at the moment it is over, if that is requested right then [F-52, X-04]', async () => {
    const device = await adminDevice();
    await device.change({ [EMAIL]: 'anna@acme.test' }).expect(200);
    const written = await count();
    await device.change({ [EMAIL]: 'anna@acme.test' }).expect(200);
    expect(await count()).toBe(written);
    shop.clock.advanceSeconds(3600);
    await device.change({ [EMAIL]: 'anna@acme.test' }).expect(200);
    expect(await count()).toBe(written + 1);
    expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
    shop.clock.advanceSeconds(3600);
    expect(await device.values('profile.email')).toEqual({});
    staff = await shop.service();
  });

  it('unless nobody has that address or the minutes are invalid, which the answer says [F-52, F-55]', async () => {
    const device = await adminDevice();
    const nobody = await device.change({ [EMAIL]: 'nobody@acme.test' }).expect(200);
    expect(nobody.headers[IGNORED]).toBe(`public.${EMAIL}`);
    const long = await device
      .change({ [EMAIL]: 'anna@acme.test', 'vtex-impersonation-minutes': '100000' })
      .expect(200);
    expect(long.headers[IGNORED]).toBe('public.vtex-impersonation-minutes');
    const hour = new Date(shop.clock.now().getTime() + 3_600_000);
    expect(await recordOf(device)).toMatchObject({ endsAt: hour.toISOString() });
  });

  it('but not without a permission or an admin, whatever a body says [M-56, P-38]', async () => {
    const weak = await shop.service('acme-backend', 'acme-backend-secret', 'site.site_read');
    const [narrow, nobody] = [await adminDevice(weak.accessToken), new Device(shop.url)];
    await nobody.begin().expect(201);
    for (const one of [narrow, nobody]) {
      const body = {
        public: { [EMAIL]: { value: 'anna@acme.test' }, [REASON]: { value: 'x' } },
        authentication: { adminUserEmail: { value: 'staff@acme.test' } },
        impersonate: { canImpersonate: { value: 'true' } },
      };
      await one.send('patch', '/api/sessions', body).expect(200);
      expect(await one.values(VALUES)).toEqual({ 'impersonate.canImpersonate': 'false' });
    }
  });

  describe('with a tool that has no e-mail address', () => {
    const TOOL = '/admin/acme/clients';
    let id: string;
    let secret: string;
    let device: Device;
    let last = 0;
    beforeEach(async () => {
      id = `acme-desk-${(last += 1)}`;
      const tool = {
        clientId: id,
        kind: 'backend',
        scopes: ['customer.customer_impersonate', 'site.site_read'],
      };
      secret = (await staff.post(TOOL, tool).expect(201)).body.secret;
      device = await adminDevice((await shop.service(id, secret)).accessToken);
      await device.change(asked).expect(200);
      expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
    });
    /** Checks as a storefront's server reads it, and as a browser whose admin cookie is gone. */
    const expectOver = async (): Promise<void> => {
      const server = device.copy();
      server.cookies.delete('VtexIdclientAutCookie');
      expect(await server.values('profile.email,impersonate.storeUserEmail')).toEqual({});
      expect(JSON.stringify((await server.segment().expect(200)).body)).not.toContain('gold');
    };

    it('which is recorded by the id of the tool [X-04, P-38]', async () => {
      const { body } = await staff.get('/admin/acme/impersonations').expect(200);
      const newest = body.find((one: { adminClientId: string }) => one.adminClientId === id);
      expect(newest).toMatchObject({ customerEmail: 'anna@acme.test', reason: 'orders by telephone' });
      expect(newest).not.toHaveProperty('adminEmail');
    });

    it('which ends when its time is over [X-04]', async () => {
      shop.clock.advanceSeconds(3600);
      await expectOver();
    });

    it('which ends when the tool is removed [X-04]', async () => {
      await staff.delete(`${TOOL}/${id}`).expect(204);
      await expectOver();
    });

    it('which ends when the tool is switched off [X-04]', async () => {
      await staff.patch(`${TOOL}/${id}`, { enabled: false, metadata: { version: 1 } }).expect(200);
      await expectOver();
    });

    it('which ends when the scope is taken from the tool, even if it keeps others [X-04]', async () => {
      const scopes = ['site.site_read'];
      await staff.patch(`${TOOL}/${id}`, { scopes, metadata: { version: 1 } }).expect(200);
      await expectOver();
      expect(await device.values('impersonate.canImpersonate,authentication.adminUserId')).toEqual({
        'impersonate.canImpersonate': 'false',
        'authentication.adminUserId': id,
      });
    });

    it('which ends when its secret is renewed because it leaked [X-04]', async () => {
      const renewal = { overlapSeconds: 0, metadata: { version: 1 } };
      await staff.post(`${TOOL}/${id}/secret`, renewal).expect(200);
      await expectOver();
    });

    it('which ends with the token, before its time [X-04]', async () => {
      await device.change({ ...asked, 'vtex-impersonation-minutes': '480' }).expect(200);
      shop.clock.advanceSeconds(14_399);
      expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
      shop.clock.advanceSeconds(1);
      await expectOver();
      staff = await shop.service();
    });

    it("which another tool can't continue [X-04]", async () => {
      device.cookies.set('VtexIdclientAutCookie', staff.accessToken ?? '');
      await device.change({ other: 'value' }).expect(200);
      expect(await device.values('profile.email,authentication.adminUserId')).toEqual({
        'authentication.adminUserId': 'acme-backend',
      });
    });

    it('which ends when the admin cookie goes away [X-04, M-40]', async () => {
      device.cookies.delete('VtexIdclientAutCookie');
      await device.change({ other: 'value' }).expect(200);
      await expectOver();
    });
  });

  it('and it is recorded once, even if another tab changes the session at the same moment', async () => {
    const device = await adminDevice();
    const otherTab = async () => {
      const tab = new Device(shop.url);
      for (const [name, value] of device.cookies) tab.cookies.set(name, value);
      await tab.change({ other: 'tab' }).expect(200);
    };
    let first = true;
    const app = await sessionAppServer(
      () => ({}),
      async (_request, response) => {
        if (first) {
          first = false;
          await otherTab();
        }
        response.end('{}');
      },
    );
    const watcher = { url: app.url, input: { public: [REASON] }, output: { own: ['seen'] } };
    await staff.put('/admin/acme/session-apps/watcher', watcher).expect(200);
    try {
      const before = (await staff.get('/admin/acme/impersonations').expect(200)).body;
      await device.change(asked).expect(200);
      expect(await device.values('public.other,profile.email')).toEqual({
        'public.other': 'tab',
        'profile.email': 'anna@acme.test',
      });
      expect(app.calls).toHaveLength(2);
      expect((await staff.get('/admin/acme/impersonations').expect(200)).body).toHaveLength(
        before.length + 1,
      );
    } finally {
      await staff.delete('/admin/acme/session-apps/watcher').expect(204);
      app.close();
    }
  });

  it('and only a manager of sessions can read who did so', async () => {
    const readonly = await shop.service('acme-readonly');
    await readonly.get('/admin/acme/impersonations').expect(403);
    await shop.http.get('/admin/acme/impersonations').expect(401);
    await staff.get('/admin/acme/impersonations?pageSize=0').expect(400);
    expect((await staff.get('/admin/acme/impersonations?pageSize=1').expect(200)).body).toHaveLength(1);
  });
});

describe('An employee of a tenant that requires a reason', () => {
  let shop: Shop;
  let device: Device;
  beforeAll(async () => {
    const opened = await openStorage();
    await opened.storage.tenants.create({
      name: 'acme',
      settings: { vtex: { impersonationNeedsReason: true } },
    });
    shop = await openShop({ opened });
    const staff = await shop.service();
    await staff.put('/admin/acme/session-apps/impersonate', {}).expect(204);
    device = new Device(shop.url);
    device.cookies.set('VtexIdclientAutCookie', staff.accessToken ?? '');
  });
  afterAll(() => shop.close());

  it.each(['body', 'cookie'])('acts as nobody without one, and the answer says so: %s [F-52]', async (by) => {
    if (by === 'cookie') device.cookies.set(EMAIL, 'anna%40acme.test');
    const values = by === 'body' ? { [EMAIL]: 'anna@acme.test' } : { [EMAIL]: null };
    const without: readonly Record<string, string>[] = [{}, { [REASON]: ' ' }];
    for (const reason of without) {
      const { headers } = await device.begin({ ...values, ...reason });
      expect(headers[MISSING]).toBe(`public.${REASON}`);
      expect(await device.values(VALUES)).toEqual({ 'impersonate.canImpersonate': 'true' });
    }
  });

  it('acts as the customer with one until it ends, and then with another one [F-52, P-38]', async () => {
    const { headers } = await device.change({ [REASON]: 'at the desk' }).expect(200);
    expect(headers[MISSING]).toBeUndefined();
    expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
    shop.clock.advanceSeconds(3600);
    const over = await device.change({ [EMAIL]: 'anna@acme.test' }).expect(200);
    expect(over.headers[MISSING]).toBe(`public.${REASON}`);
    expect(await device.values('profile.email')).toEqual({});
    await device.change({ [REASON]: 'once more' }).expect(200);
    expect(await device.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
    const { body } = await (await shop.service()).get('/admin/acme/impersonations').expect(200);
    expect(body.map(({ reason }: { reason: string }) => reason)).toEqual(['once more', 'at the desk']);
  });
});

describe('An employee inspects a session', () => {
  let shop: Shop;
  let staff: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  it('and is told where each value came from and when, under both its names', async () => {
    const device = new Device(shop.url);
    await device.begin({ sc: 'us', utm_campaign: 'black friday' }).expect(201);
    const { id } = (await device.read().expect(200)).body;
    const { body } = await staff.get(`/admin/acme/sessions/${id}/explain`).expect(200);
    const since = shop.clock.now().toISOString();
    const app = (name: string) => `app:vtex.${name}-session`;
    expect(body.values).toEqual(
      expect.arrayContaining([
        { name: 'store.channel', contextName: 'siteCode', value: 'us', source: app('store'), since },
        { name: 'public.sc', contextName: 'context.sc', value: 'us', source: 'shopper', since },
        { name: 'rnb.campaigns', value: 'vip', source: app('rnb'), since },
        { name: 'account.accountName', value: 'acme', source: 'site' },
      ]),
    );
  });

  it('and tries a change: which apps it calls in which rounds and with what, without saving anything [M-12, M-13]', async () => {
    const device = new Device(shop.url);
    await device.begin().expect(201);
    const before = (await device.read().expect(200)).body;
    const change = {
      public: { storeUserEmail: { value: 'anna@acme.test' }, utm_campaign: { value: 'black friday' } },
    };
    const { body } = await staff.post(`/admin/acme/sessions/${before.id}/dry-run`, change).expect(200);
    const calls = body.rounds.map((round: { calls: { app: string }[] }) => round.calls.map(({ app }) => app));
    expect(calls).toEqual([['vtex.profile-session', 'vtex.rnb-session'], ['vtex.store-session']]);
    expect(body.rounds[0].calls[1]).toEqual({
      app: 'vtex.rnb-session',
      inputs: { 'public.utm_campaign': 'black friday' },
      outputs: { 'rnb.campaigns': 'vip' },
      milliseconds: expect.any(Number),
    });
    expect(body.changes).toContainEqual({ name: 'profile.priceTables', before: null, after: 'gold' });
    expect(body.looping).toEqual([]);
    expect((await device.read().expect(200)).body).toEqual(before);
  });

  it('but not one that does not exist, not without the scope, and not with a change that is malformed', async () => {
    for (const path of ['explain', 'dry-run']) {
      const url = `/admin/acme/sessions/nothing/${path}`;
      const ask = (user: { get: ServiceUser['get']; post: ServiceUser['post'] }) =>
        path === 'explain' ? user.get(url) : user.post(url, {});
      await ask(staff).expect(404);
      await ask(await shop.service('acme-readonly')).expect(403);
      await ask(shop.http).expect(401);
    }
    await staff.post('/admin/acme/sessions/nothing/dry-run', { public: 'x' }).expect(400);
  });
});
