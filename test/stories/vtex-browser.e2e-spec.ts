import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Device } from '../support/device.js';
import { openStorage } from '../support/drivers.js';
import { openShop, type Shop } from '../support/shop.js';

const SHOP = 'https://shop.example';
const PATHS = ['/api/sessions?an=acme&items=*', '/api/segments?an=acme'];

/** Each is not what the tenant allowed, however much it looks like it. */
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

/** Tenants that have set for browsers what the demo data leave out. */
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
    const { headers } = await new Device(shop.url, account).begin().expect(201);
    return [headers['set-cookie']].flat().map((cookie) => String(cookie).replace(/=[^;]+/, ''));
  };

  it('are for no script, over TLS and for this host only, and go to no other site [W-63, P-62]', async () => {
    expect(await optionsFor('acme')).toEqual([
      'vtex_session; Path=/; Max-Age=691200; HttpOnly; Secure; SameSite=Lax',
      'vtex_segment; Path=/; Max-Age=691200; HttpOnly; Secure; SameSite=Lax',
    ]);
  });

  it('go to other sites where the tenant has set it, and are kept apart for each of them [W-63]', async () => {
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

  it('that the tenant allows may ask, send, and read, with the cookies [W-66, W-75, P-61, P-66]', async () => {
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
    'that it does not, such as %s, changes nothing and reads nothing [P-61]',
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

  it('is not known by its origin alone, and then by what the browser says of its site', async () => {
    await device.change({ own: 'after' }).set('sec-fetch-site', 'cross-site').expect(403);
    await device.change({ own: 'after' }).set('sec-fetch-site', 'same-origin').expect(200);
  });

  it('is none when it is of the service itself', async () => {
    await device.change({ own: 'after' }).set('origin', shop.url).expect(200);
  });

  it('sends no form and no plain text, which a browser would send without asking', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain']) {
      const request = device.send('post', '/api/sessions').set('origin', SHOP).set('content-type', type);
      await request.send('{"public":{"own":{"value":"after"}}}').expect(415);
    }
    expect(await device.values('public.own')).toEqual({ 'public.own': 'before' });
  });

  it('is allowed by its own tenant only, and by none that is not there [P-61]', async () => {
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

  it('may share the answer of a segment token with other pages, as each is told for itself [P-66]', async () => {
    const token = encodeURIComponent(device.cookies.get('vtex_segment') ?? '');
    const { headers } = await device.send('get', `/api/segments/${token}`).set('origin', SHOP).expect(200);
    expect(headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'cache-control': expect.stringContaining('public'),
      vary: expect.stringContaining('Origin'),
    });
  });
});
