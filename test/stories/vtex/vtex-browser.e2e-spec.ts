import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { openStorage } from '../../support/store/drivers.js';
import { openShop, type Shop } from '../../support/shop.js';

const SHOP = 'https://shop.example';
const PATHS = ['/api/sessions?an=acme&items=*', '/api/segments?an=acme'];

/** None of these is what the tenant allowed, however similar it looks. */
const OTHERS = [
  'https://evil.example',
  'https://shop.example.evil.example',
  'https://evil-shop.example',
  'https://sub.shop.example',
  'https://shop.example:8443',
  'http://shop.example',
  'https://SHOP.example',
  'https://shop.example/',
  'https://shop.example,https://evil.example',
  'https://shop.example@evil.example',
  '*',
  'null',
];

/** Opens a shop whose tenants have browser settings that the demo data leaves out. */
async function openBrowserShop(): Promise<Shop> {
  const opened = await openStorage();
  await opened.storage.tenants.create({ name: 'acme', settings: { vtex: { allowedOrigins: [SHOP] } } });
  const crossSite = { allowedOrigins: [SHOP], crossSiteCookies: true };
  await opened.storage.tenants.create({ name: 'globex', settings: { vtex: crossSite } });
  return openShop({ opened });
}

describe('The cookies of a session', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openBrowserShop()));
  afterAll(() => shop.close());

  const optionsFor = async (account: string) => {
    const { headers } = await new Device(shop.url, account).begin().set('host', 'shop.example').expect(201);
    return [headers['set-cookie']].flat().map((cookie) => String(cookie).replace(/=[^;]+/, ''));
  };

  it('are hidden from scripts, for TLS and this host only, and not sent to other sites [W-63, P-62]', async () => {
    expect(await optionsFor('acme')).toEqual([
      'vtex_session; Path=/; Max-Age=691200; HttpOnly; Secure; SameSite=Lax',
      'vtex_segment; Path=/; Max-Age=691200; HttpOnly; Secure; SameSite=Lax',
    ]);
  });

  it('are sent to other sites if the tenant has set it, and kept apart for each of them [W-63]', async () => {
    expect(await optionsFor('globex')).toEqual([
      'vtex_session; Path=/; Max-Age=691200; HttpOnly; Secure; SameSite=None; Partitioned',
      'vtex_segment; Path=/; Max-Age=691200; HttpOnly; Secure; SameSite=None; Partitioned',
    ]);
  });
});

describe('A page of another origin', () => {
  let shop: Shop;
  let device: Device;
  beforeAll(async () => void (shop = await openBrowserShop()));
  beforeEach(async () => {
    device = new Device(shop.url);
    await device.begin({ own: 'before' }).expect(201);
  });
  afterAll(() => shop.close());

  const preflight = (path: string, origin: string) =>
    shop.options(path, {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'content-type',
    });
  /** All ways to change the session of the cookies. */
  const changes = () => [
    device.change({ own: 'after' }),
    device.begin({ own: 'after' }),
    device.send('post', `/api/sessions/${device.cookies.get('vtex_session')}`, {
      public: { own: { value: 'after' } },
    }),
  ];

  it('that the tenant allows may ask, send and read with the cookies [W-66, W-75, P-61, P-66]', async () => {
    const { headers } = await preflight('/api/sessions?an=acme', SHOP).expect(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': expect.stringContaining('PATCH'),
      'access-control-allow-headers': expect.stringContaining('content-type'),
      vary: expect.stringContaining('Origin'),
    });
    for (const change of changes()) {
      const answer = await change.set('origin', SHOP).set('sec-fetch-site', 'cross-site');
      expect(answer.status).toBeLessThan(300);
      expect(answer.headers['access-control-allow-origin']).toBe(SHOP);
    }
    for (const path of PATHS) {
      const read = await device.send('get', path).set('origin', SHOP).expect(200);
      expect(read.headers).toMatchObject({
        'access-control-allow-origin': SHOP,
        'access-control-allow-credentials': 'true',
      });
      expect(read.headers.vary).toMatch(/Origin/);
      expect(read.headers.vary).toMatch(/Cookie/);
    }
  });

  it.each(OTHERS)(
    'that it does not allow, such as %s, changes nothing and reads nothing [P-61, P-63]',
    async (origin) => {
      expect((await preflight('/api/sessions?an=acme', origin)).headers).not.toHaveProperty(
        'access-control-allow-origin',
      );
      for (const change of changes()) {
        const { body, headers } = await change.set('origin', origin).expect(403);
        expect(body).toMatchObject({ code: 403, message: expect.stringContaining('origin') });
        expect(headers).not.toHaveProperty('set-cookie');
      }
      for (const path of PATHS) {
        const { headers } = await device.send('get', path).set('origin', origin);
        expect(headers).not.toHaveProperty('access-control-allow-origin');
      }
      expect(await device.values('public.own')).toEqual({ 'public.own': 'before' });
    },
  );

  it('is not recognized by its origin alone, but also by what the browser says about its site', async () => {
    for (const site of ['cross-site', 'same-site']) {
      await device.change({ own: 'after' }).set('sec-fetch-site', site).expect(403);
    }
    await device.change({ own: 'after' }).set('sec-fetch-site', 'same-origin').expect(200);
  });

  it('is not foreign if it is the service’s own: same scheme, host and port [X-15]', async () => {
    await device.change({ own: 'after' }).set('origin', shop.url).expect(200);
    const { port } = new URL(shop.url);
    const lookAlikes = [`https://127.0.0.1:${port}`, 'http://127.0.0.1', `http://localhost:${port}`];
    for (const origin of lookAlikes) {
      await device
        .change({ own: 'other' })
        .set('origin', origin)
        .set('sec-fetch-site', 'same-origin')
        .expect(403);
    }
    expect(await device.values('public.own')).toEqual({ 'public.own': 'after' });
  });

  it("can't send a form, which a browser would send without a preflight [P-47, P-63]", async () => {
    const form = device.send('post', '/api/sessions').set('origin', SHOP).type('form');
    await form.send('{"public":{"own":{"value":"after"}}}').expect(415);
    expect(await device.values('public.own')).toEqual({ 'public.own': 'before' });
  });

  it('can send JSON as plain text only where the tenant allows it, as a beacon does [F-64, P-63]', async () => {
    const beacon = (method: 'post' | 'patch', origin: string, value: string) =>
      device
        .send(method, '/api/sessions')
        .set({ origin, 'content-type': 'text/plain;charset=UTF-8' })
        .send(JSON.stringify({ public: { own: { value } } }));
    await beacon('post', 'https://evil.example', 'after').expect(403);
    await beacon('patch', 'null', 'after').expect(403);
    expect(await device.values('public.own')).toEqual({ 'public.own': 'before' });
    await beacon('post', SHOP, 'posted').expect(201);
    await beacon('patch', SHOP, 'patched').expect(200);
    expect(await device.values('public.own')).toEqual({ 'public.own': 'patched' });
  });

  it('is treated the same however it writes the path [X-15]', async () => {
    for (const path of [
      '/%61pi/sessions?an=acme&items=*',
      '/api/%73essions/?an=acme&items=*',
      '/api/sessions/?an=acme&items=*',
    ]) {
      const foreign = await device.send('get', path).set('origin', 'https://evil.example').expect(200);
      expect(foreign.headers).not.toHaveProperty('access-control-allow-origin');
      const own = await device.send('get', path).set('origin', SHOP).expect(200);
      expect(own.headers['access-control-allow-origin']).toBe(SHOP);
      expect((await preflight(path, 'https://evil.example')).headers).not.toHaveProperty(
        'access-control-allow-origin',
      );
      expect((await preflight(path, SHOP)).headers['access-control-allow-origin']).toBe(SHOP);
    }
  });

  it('may ask whether it may send the headers of VTEX clients [F-63]', async () => {
    const { headers } = await shop
      .options('/api/sessions?an=acme', {
        origin: SHOP,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-vtex-locale,X-VTEX-Tenant,x-other',
      })
      .expect(204);
    const allowed = String(headers['access-control-allow-headers']).split(', ');
    expect(allowed).toEqual(expect.arrayContaining(['content-type', 'x-vtex-locale', 'x-vtex-tenant']));
    expect(allowed).not.toContain('x-other');
  });

  it('is allowed only by its own tenant, and by none that does not exist [P-61]', async () => {
    const fresh = await openShop();
    try {
      const answer = await fresh.options('/api/sessions?an=acme', {
        origin: SHOP,
        'access-control-request-method': 'POST',
      });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    } finally {
      await fresh.close();
    }
    const nobodys = await preflight('/api/sessions?an=nobody', SHOP);
    expect(nobodys.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('may share the answer to a segment token with other pages, as each is told separately [P-66]', async () => {
    const token = encodeURIComponent(device.cookies.get('vtex_segment') ?? '');
    const { headers } = await device.send('get', `/api/segments/${token}`).set('origin', SHOP).expect(200);
    expect(headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'cache-control': expect.stringContaining('public'),
      vary: expect.stringContaining('Origin'),
    });
  });
});

describe('An anonymous login from a page', () => {
  let shop: Shop;
  let device: Device;
  let sessionId: string;
  beforeAll(async () => void (shop = await openBrowserShop()));
  beforeEach(async () => {
    device = new Device(shop.url);
    await device.begin({ own: 'before' }).expect(201);
    sessionId = (await device.read('public.own').expect(200)).body.id;
  });
  afterAll(() => shop.close());

  const logIn = (headers: Record<string, string>, tenant = 'tenant') =>
    device
      .send('get', `/customerlogin/auth/anonymous/login?${tenant}=acme&client_id=acme-storefront`)
      .set(headers)
      .expect(200);

  it.each<Record<string, string>>([
    {},
    { 'sec-fetch-site': 'same-origin' },
    { origin: SHOP, 'sec-fetch-site': 'cross-site' },
  ])('continues the session of the device: %j [D-22, X-15]', async (headers) => {
    const { body, headers: answered } = await logIn(headers);
    expect(body.sessionId).toBe(sessionId);
    expect(answered.vary).toBe('Origin, Cookie');
    if ('origin' in headers) {
      expect(answered).toMatchObject({
        'access-control-allow-origin': SHOP,
        'access-control-allow-credentials': 'true',
      });
    }
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://shop.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])(
    "that is foreign begins a new one, which it can't read with the cookies: %j [X-15, P-61]",
    async (headers) => {
      const { body, headers: answered } = await logIn(headers);
      expect(body.sessionId).not.toBe(sessionId);
      expect(answered).not.toHaveProperty('access-control-allow-origin');
      expect(answered).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  it('may name its tenant by the older name too [F-25]', async () => {
    const { headers } = await logIn({ origin: SHOP, 'sec-fetch-site': 'cross-site' }, 'hybris-tenant');
    expect(headers).toMatchObject({ 'access-control-allow-origin': SHOP });
  });

  it('may be sent by any page without cookies [C-11]', async () => {
    const { headers } = await shop.http
      .get('/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront')
      .set('origin', 'https://evil.example')
      .expect(200);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect(headers.vary).toBe('Origin, Cookie');
  });
});
