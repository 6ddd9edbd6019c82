import { decodeJwt } from 'jose';
import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { openStorage } from '../../support/store/drivers.js';
import { openShop, type Shop } from '../../support/shop.js';

const LOGIN = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';

describe('A cookie that is sent twice', () => {
  let shop: Shop;
  let device: Device;
  let id: string;
  let session: string;
  let segment: string;
  beforeAll(async () => {
    shop = await openShop();
    device = new Device(shop.url);
    await device.begin({ utm_source: 'google' }).expect(201);
    ({ id } = (await device.read().expect(200)).body);
    session = device.cookies.get('vtex_session') ?? '';
    segment = device.cookies.get('vtex_segment') ?? '';
  });
  afterAll(() => shop.close());

  const withCookies = (request: Test, ...cookies: readonly string[]): Test =>
    request.set('cookie', cookies.join('; '));
  const read = (...cookies: readonly string[]): Test =>
    withCookies(shop.http.get('/api/sessions?an=acme&items=*'), ...cookies);
  const loggedIn = async (email: string, password: string): Promise<string> =>
    (await (await shop.visitor()).logIn(email, password)).accessToken ?? '';

  /** Bad cookies that a browser may send before the good one: of another path, an older domain or another account. */
  const badSessions = async (): Promise<readonly string[]> => {
    const elsewhere = new Device(shop.url, 'globex');
    await elsewhere.begin().expect(201);
    const ended = new Device(shop.url);
    await ended.begin().expect(201);
    const anonymous = (await ended.send('get', LOGIN).expect(200)).body.access_token;
    const person = { email: 'ben@acme.test', password: 'demo-Ben-2026' };
    const before = ended.cookies.get('vtex_session') ?? '';
    const { body } = await ended.send('post', '/customer/acme/login', person, anonymous).expect(200);
    const ofLogin = ended.cookies.get('vtex_session') ?? '';
    await shop
      .as(body.access_token)
      .get(`/customer/acme/logout?accessToken=${body.access_token}`)
      .expect(204);
    return ['', 'nonsense', `${session}x`, elsewhere.cookies.get('vtex_session') ?? '', before, ofLogin];
  };

  it('counts by the first that opens a session, skipping forged, foreign and ended ones [F-23]', async () => {
    for (const bad of await badSessions()) {
      expect((await read(`vtex_session=${bad}`, `vtex_session=${session}`).expect(200)).body.id).toBe(id);
      const change = shop.http.patch('/api/sessions?an=acme', {});
      const { body } = await withCookies(change, `vtex_session=${bad}`, `vtex_session=${session}`).expect(
        200,
      );
      expect(decodeJwt(body.sessionToken).id).toBe(id);
      const segments = shop.http.get('/api/segments?an=acme');
      expect(
        (await withCookies(segments, `vtex_session=${bad}`, `vtex_session=${session}`).expect(200)).body,
      ).toMatchObject({ utm_source: 'google' });
      await read(`vtex_session=${bad}`).expect(401);
    }
  });

  it('opens the first of two valid sessions [F-23]', async () => {
    const other = new Device(shop.url);
    await other.begin().expect(201);
    const second = `vtex_session=${other.cookies.get('vtex_session')}`;
    expect((await read(`vtex_session=${session}`, second).expect(200)).body.id).toBe(id);
    expect((await read(second, `vtex_session=${session}`).expect(200)).body.id).not.toBe(id);
  });

  it('counts the same way at an anonymous login, and when a login renews it [F-23, D-22, X-02]', async () => {
    const both = [`vtex_session=nonsense`, `vtex_session=${session}`];
    const { body } = await withCookies(shop.http.get(LOGIN), ...both).expect(200);
    expect(body.sessionId).toBe(id);
    const person = { email: 'anna@acme.test', password: 'demo-Anna-2026' };
    const login = shop.as(body.access_token).post('/customer/acme/login', person);
    const { headers } = await withCookies(login, ...both).expect(200);
    const [, renewed = ''] = /vtex_session=([^;]+)/.exec(String(headers['set-cookie'])) ?? [];
    expect((await read(`vtex_session=nonsense`, `vtex_session=${renewed}`).expect(200)).body.id).toBe(id);
  });

  it('logs in by the first valid authentication cookie [F-23]', async () => {
    const [annas, bens] = [
      await loggedIn('anna@acme.test', 'demo-Anna-2026'),
      await loggedIn('ben@acme.test', 'demo-Ben-2026'),
    ];
    const staff = (await shop.service()).accessToken ?? '';
    const own = 'VtexIdclientAutCookie_acme';
    const valuesOf = async (...cookies: readonly string[]) => {
      const begun = withCookies(shop.http.post('/api/sessions?an=acme', {}), ...cookies);
      const { sessionToken } = (await begun.expect(201)).body;
      return (await read(`vtex_session=${sessionToken}`).expect(200)).body.namespaces.authentication;
    };
    for (const bad of ['', 'nonsense', `${annas}x`, session]) {
      expect(await valuesOf(`${own}=${bad}`, `${own}=${annas}`, `${own}=${bens}`)).toMatchObject({
        storeUserEmail: { value: 'anna@acme.test' },
      });
    }
    expect(await valuesOf('VtexIdclientAutCookie=x', `VtexIdclientAutCookie=${staff}`)).toMatchObject({
      adminUserId: { value: 'acme-backend' },
    });
  });

  it('shows the first segment that can be read [F-23]', async () => {
    const both = withCookies(
      shop.http.get('/api/segments?an=acme'),
      'vtex_segment=e30',
      `vtex_segment=${segment}`,
    );
    expect((await both.expect(200)).body).toMatchObject({ utm_source: 'google' });
  });
});

describe('The cookies of a session', () => {
  const attributesOf = ({ headers }: { headers: Record<string, unknown> }): readonly string[] =>
    [headers['set-cookie']].flat().map((cookie) => String(cookie).replace(/^(\w+)=[^;]+/, '$1'));
  const kept = (...more: readonly string[]): readonly string[] =>
    ['vtex_session', 'vtex_segment'].map((name) =>
      [name, 'Path=/', 'Max-Age=691200', 'HttpOnly', ...more].join('; '),
    );
  const PLAIN = kept('SameSite=Lax');
  const SECURE = kept('Secure', 'SameSite=Lax');
  const FROM_PROXY = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' };

  const begin = async (shop: Shop, headers: Record<string, string>, an = 'acme') =>
    attributesOf(await shop.http.post(`/api/sessions?an=${an}`, {}).set(headers).expect(201));

  describe('outside production', () => {
    let shop: Shop;
    beforeAll(async () => {
      const opened = await openStorage();
      const vtex = { crossSiteCookies: true };
      await opened.storage.tenants.create({ name: 'globex', settings: { vtex } });
      shop = await openShop({ opened, env: { TRUSTED_PROXIES: '127.0.0.1' } });
    });
    afterAll(() => shop.close());

    it.each([
      '127.0.0.1:3000',
      '127.8.9.10',
      'localhost',
      'LocalHost:8080',
      'acme.localhost:3000',
      '[::1]:3000',
    ])('are sent back by any client over plain http to %s [F-58]', async (host) => {
      expect(await begin(shop, { host })).toEqual(PLAIN);
    });

    it.each(['shop.example', '192.168.0.2:3000', 'localhost.example', '127.0.0.1.example', '0.0.0.0'])(
      'require TLS at %s, which is not this machine [F-58, P-62]',
      async (host) => {
        expect(await begin(shop, { host })).toEqual(SECURE);
      },
    );

    it('require TLS if they arrive over TLS, even on this machine [F-58, P-62]', async () => {
      expect(await begin(shop, { host: 'localhost', ...FROM_PROXY })).toEqual(SECURE);
    });

    it('are the same after a login, which renews one of them [F-58, X-02]', async () => {
      const renewedAt = async (host: string) => {
        const device = new Device(shop.url);
        await device.begin().expect(201);
        const { body } = await device.send('get', LOGIN).expect(200);
        const person = { email: 'anna@acme.test', password: 'demo-Anna-2026' };
        const login = device.send('post', '/customer/acme/login', person, body.access_token);
        return attributesOf(await login.set('host', host).expect(200));
      };
      expect(await renewedAt('localhost')).toEqual(PLAIN.slice(0, 1));
      expect(await renewedAt('shop.example')).toEqual(SECURE.slice(0, 1));
    });

    it('stay as a tenant with storefronts on other sites needs them, which browsers accept only over TLS [F-58, W-63]', async () => {
      expect(await begin(shop, { host: 'localhost' }, 'globex')).toEqual(
        kept('Secure', 'SameSite=None', 'Partitioned'),
      );
    });
  });

  it('require TLS in production, wherever the service is called [F-58, P-62]', async () => {
    const opened = await openStorage();
    const demo = await openShop({ opened });
    const production = { NODE_ENV: 'production', RATE_LIMITS: 'on', BOOTSTRAP_FILE: '' };
    const shop = await openShop({ opened: await opened.again(), env: production });
    try {
      for (const host of ['localhost', '127.0.0.1:3000']) expect(await begin(shop, { host })).toEqual(SECURE);
    } finally {
      await shop.close();
      await demo.close();
    }
  });
});

describe('A session cookie that only its own host can set', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ env: { VTEX_SESSION_COOKIE: '__Host-vtex_session' } });
  });
  afterAll(() => shop.close());

  it('is set for TLS and opens the session, even at a login in the other dialect [P-62]', async () => {
    const device = new Device(shop.url);
    const begun = await device.begin({ utm_source: 'google' }).expect(201);
    expect(begun.get('Set-Cookie')?.[0]).toMatch(
      /^__Host-vtex_session=[\w.-]+; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/,
    );
    const { id } = (await device.read().expect(200)).body;
    const login = await device.send('get', LOGIN).expect(200);
    expect(login.body.sessionId).toBe(id);
  });

  it('is read only under this name, so another host can’t plant one under the usual name [P-62]', async () => {
    const victim = new Device(shop.url);
    const attacker = new Device(shop.url);
    await attacker.begin().expect(201);
    const { id } = (await attacker.read().expect(200)).body;
    victim.cookies.set('vtex_session', attacker.cookies.get('__Host-vtex_session') ?? '');
    await victim.begin().expect(201);
    expect((await victim.read().expect(200)).body.id).not.toBe(id);
  });
});
