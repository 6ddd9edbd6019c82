import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import type { CustomerUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const EMAIL = 'anna@acme.test';
const PASSWORD = 'demo-Anna-2026';
const SECRET = 'acme-backend-secret';

describe('An operator of a query language, sent as a value', () => {
  let shop: Shop;
  let visitor: Visitor;
  let anna: CustomerUser;
  let staff: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    visitor = await shop.visitor();
    anna = await (await shop.visitor()).logIn(EMAIL, PASSWORD);
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  it.each([{ $ne: null }, { $gt: '' }, { $regex: '.*' }, { $where: 'true' }, [EMAIL], true])(
    'logs nobody in: %j [P-42]',
    async (operator) => {
      await visitor.post('/customer/acme/login', { email: operator, password: PASSWORD }).expect(400);
      await visitor.post('/customer/acme/login', { email: EMAIL, password: operator }).expect(400);
      await visitor.post('/customer/acme/password/reset', { email: operator }).expect(400);
    },
  );

  it('gets no token as part of a form [P-42]', async () => {
    const form = (text: string) => shop.http.post('/oauth/token').type('form').send(text);
    const grant = 'grant_type=client_credentials';
    await form(`${grant}&client_id=acme-backend&client_secret[$ne]=x`).expect(401);
    await form(`${grant}&client_id[$ne]=x&client_secret=${SECRET}`).expect(400);
  });

  it('begins and refreshes no session as part of a query [P-42]', async () => {
    const login = '/customerlogin/auth/anonymous/login';
    await shop.http.get(`${login}?tenant=acme&client_id[$ne]=x`).expect(400);
    await shop.http.get(`${login}?tenant[$ne]=x&client_id=acme-storefront`).expect(400);
    const refresh = '/customerlogin/auth/anonymous/refresh?tenant=acme&client_id=acme-storefront';
    await shop.http.get(`${refresh}&refresh_token[$ne]=x`).expect(400);
  });

  it('finds nothing in a path [P-42]', async () => {
    for (const id of ['[$ne]', '{"$ne":null}', '$where', '.*']) {
      const part = encodeURIComponent(id);
      await anna.get(`/cart/acme/carts/${part}`).expect(404);
      await staff.get(`/session-context/acme/context/${part}`).expect(404);
    }
  });

  it('is an unknown field in a filter [P-42, P-51]', async () => {
    const search = (q: string) => staff.get(`/site/acme/sites?q=${encodeURIComponent(q)}`);
    await search('$where:true').expect(400);
    await search('code:{"$ne":null}').expect(400);
    await staff.get('/site/acme/sites?sort=$where').expect(400);
  });

  it('opens nothing in a cookie or a header [P-42]', async () => {
    const device = new Device(shop.url);
    device.cookies.set('vtex_session', '{"$ne":null}');
    await device.read().expect(401);
    await staff.get('/cart/acme/carts/x').set('session-id', '{"$ne":null}').expect(404);
  });
});

describe('A line break in a value', () => {
  let shop: Shop;
  let anna: CustomerUser;
  beforeAll(async () => {
    shop = await openShop();
    anna = await (await shop.visitor()).logIn(EMAIL, PASSWORD);
  });
  afterAll(() => shop.close());

  const BREAK = '%0d%0aSet-Cookie:%20forged=1%0d%0aX-Forged:%201';

  it('makes no header of its own, wherever it is in the URL [P-50]', async () => {
    const asked = [
      `/cart/acme/carts/${BREAK}`,
      `/session-context/acme/me/context/attributes/${BREAK}`,
      `/customerlogin/auth/anonymous/login?tenant=acme&client_id=${BREAK}`,
      `/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront&language=${BREAK}`,
      `/api/sessions?an=acme&items=${BREAK}`,
      `/api/segments/${BREAK}?an=acme`,
      `/${BREAK}`,
    ];
    for (const path of asked) {
      const { headers, status } = await anna.get(path);
      expect(status, path).toBeLessThan(500);
      expect(headers, path).not.toHaveProperty('set-cookie');
      expect(headers, path).not.toHaveProperty('x-forged');
    }
  });

  it('makes no header of its own in an answer that names a location [P-50]', async () => {
    const broken = 'x\r\nX-Forged: 1';
    const cart = await anna.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR', type: broken });
    expect(cart.headers).not.toHaveProperty('x-forged');
    const key = await anna.post('/session-context/acme/me/context/attributes', { key: broken, value: 1 });
    expect(key.headers).not.toHaveProperty('x-forged');
    expect(key.status).toBeLessThan(500);
  });

  it('is kept out of cookies [P-50]', async () => {
    const device = new Device(shop.url);
    const { headers } = await device.begin({ utm_source: 'a\r\nSet-Cookie: forged=1' });
    const cookies = [headers['set-cookie'] ?? []].flat();
    expect(cookies.map((cookie) => String(cookie).split('=')[0])).toEqual(['vtex_session', 'vtex_segment']);
  });
});

describe('A method that nobody serves', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('is refused: TRACE does not echo a request [P-69]', async () => {
    const { status, text } = await supertest(shop.url)
      .trace('/cart/acme/carts')
      .set('x-mine', 'secret words');
    expect([404, 405]).toContain(status);
    expect(text ?? '').not.toContain('secret words');
  });
});
