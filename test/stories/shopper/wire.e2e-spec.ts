import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Readiness } from '../../../src/observability/index.js';
import { asOpened, type OpenedStorage } from '../../support/store/drivers.js';
import type { Visitor } from '../../support/people/http-user.js';
import { HttpUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';

describe('The API', () => {
  let shop: Shop;
  let visitor: Visitor;
  beforeAll(async () => {
    shop = await openShop();
    visitor = await shop.visitor();
  });
  afterAll(() => shop.close());

  it('answers a missing, a made-up and a tampered token with the same fault [W-43]', async () => {
    const [head = '', body = '', signature = ''] = String(visitor.accessToken).split('.');
    const tampered = Buffer.from(body, 'base64url').toString().replace('anonymous', 'customer!');
    const tokens = [
      '',
      'nonsense',
      'a.b.c',
      `${head}.${Buffer.from(tampered).toString('base64url')}.${signature}`,
    ];
    for (const token of tokens) {
      const { body: fault, headers } = await new HttpUser(shop.url, token).get(mine).expect(401);
      expect(fault).toEqual({
        fault: {
          faultstring: 'Invalid access token',
          detail: { errorcode: 'oauth.v2.InvalidAccessToken' },
        },
      });
      expect(headers['www-authenticate']).toContain('Bearer');
    }
  });

  it('accepts a token only in the Authorization header [P-19]', async () => {
    await shop.http.get(`${mine}?access_token=${visitor.accessToken}`).expect(401);
  });

  it('answers 403 with the error body of each service [W-44]', async () => {
    const staff = await shop.service('acme-readonly', 'acme-readonly-secret');
    const context = await staff.get('/session-context/acme/context/x').expect(403);
    expect(context.body).toMatchObject({ code: 403, message: expect.any(String) });
    const cart = await staff.get('/cart/acme/carts/x').expect(403);
    expect(cart.body).toMatchObject({ code: 403, status: 'Forbidden', message: expect.any(String) });
    const customer = await staff.get('/customer/acme/me').expect(403);
    expect(customer.body).toMatchObject({ type: 'forbidden', status: 403, message: expect.any(String) });
    const site = await staff.post('/site/acme/sites', {}).expect(403);
    expect(site.body).toMatchObject({ type: 'forbidden', status: 403, message: expect.any(String) });
  });

  it('answers 404 in JSON if there is no route [P-69]', async () => {
    const { body } = await shop.http.get('/nowhere').expect(404);
    expect(body).toMatchObject({ code: 404 });
  });

  it('answers 405 if the route has other methods, and names them [W-45, P-69]', async () => {
    const { body, headers } = await shop.http.delete('/cart/acme/carts').expect(405);
    expect(headers.allow).toBe('GET, HEAD, POST');
    const search = await shop.http.patch('/cart/acme/carts/search').expect(405);
    expect(search.headers.allow).toBe('POST');
    expect(body).toMatchObject({ code: 405, message: 'This path accepts only GET, HEAD, POST' });
    await shop.http.get('/cart//carts/nothing/at/all').expect(404);
  });

  it('reveals nothing internal if the store fails [W-40, P-68]', async () => {
    const broken = await openShop({ opened: brokenStorage(shop) });
    const { body, text, headers } = await new HttpUser(broken.url, visitor.accessToken).get(mine).expect(500);
    expect(body).toEqual({ code: 500, message: 'Internal server error' });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(text).not.toMatch(/lmdb|mongo|\.ts|node_modules|secret detail/i);
    await broken.close();
  });

  it('refuses a form in place of JSON', async () => {
    await visitor.post(`${mine}/attributes`).type('form').send('key=a&value=b').expect(415);
    await visitor.post(`${mine}/attributes`).set('content-type', 'text/plain').send('{}').expect(415);
  });

  it('refuses a request without a body, even if every field is optional', async () => {
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    for (const body of [undefined, 'null']) {
      const request = anna.post('/customer/acme/me/addresses').set('content-type', 'application/json');
      const { body: refused } = await request.send(body).expect(400);
      expect(refused.details).toEqual([{ field: 'body', message: 'is missing' }]);
    }
  });

  it('refuses a number that it could not return unchanged [E-46, P-46]', async () => {
    const text = '{"key":"price","value":[1e999]}';
    const { body } = await visitor
      .post(`${mine}/attributes`)
      .set('content-type', 'application/json')
      .send(text)
      .expect(400);
    expect(body.message).toContain('number');
  });

  it('drops an unlisted key such as constructor, and pollutes nothing [C-02, P-44]', async () => {
    const login = { email: { constructor: 1 }, password: 'whatever else' };
    const { body } = await visitor.post('/customer/acme/login', login).expect(400);
    expect(body.details).toEqual([{ field: 'email', message: 'must be a plain value, not an object' }]);
    for (const more of [
      { foo: { constructor: 1 } },
      { constructor: 1 },
      { ['__proto__']: { polluted: 1 } },
    ]) {
      await visitor.patch(mine, { ...more, metadata: { version: 1 } }).expect(404);
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('lets a storefront of another origin send and read what it needs [C-11]', async () => {
    const preflight = await new HttpUser(shop.url)
      .get(mine)
      .set('origin', 'https://shop.example')
      .expect(401);
    expect(preflight.headers['access-control-allow-origin']).toBe('*');
    const exposed = String(preflight.headers['access-control-expose-headers']);
    for (const name of ['location', 'x-total-count', 'x-request-id', 'retry-after', 'ratelimit', 'etag']) {
      expect(exposed).toContain(name);
    }
    const { headers } = await shop.options(mine, {
      origin: 'https://shop.example',
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,saas-token',
    });
    const allowed = String(headers['access-control-allow-headers']);
    for (const name of ['authorization', 'content-type', 'accept-language', 'emporix-tenant', 'session-id']) {
      expect(allowed).toContain(name);
    }
    for (const name of ['saas-token', 'x-total-count', 'x-version']) expect(allowed).toContain(name);
    // For the console on its own port, which says why it changes a customer.
    expect(allowed).toContain('x-reason');
  });

  it('sends the headers that keep an answer out of caches, frames and referrers [P-64, P-20]', async () => {
    const { headers } = await visitor.get(mine).expect(404);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-request-id': expect.any(String),
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('says at once that it is not ready, and why, after it was told to stop, without waiting for the store', async () => {
    const stopping = await openShop();
    stopping.app.get(Readiness).state = 'stopping';
    const ping = vi.spyOn(stopping.storage, 'ping').mockReturnValue(new Promise(() => undefined));
    const { body, headers } = await stopping.http.get('/health/ready').expect(503);
    expect(body.details).toEqual({ serving: { status: 'down', message: 'stopping' } });
    ping.mockRestore();
    expect(headers.connection).toBe('close');
    await stopping.http.get('/health/live').expect(200);
    await stopping.close();
  });

  it('is healthy, ready and described', async () => {
    await shop.http.get('/health/live').expect(200);
    await shop.http.get('/health/ready').expect(200);
    const { body } = await shop.http.get('/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    await shop.http.get('/docs').expect(200);
    const { text } = await shop.http.get('/metrics').expect(200);
    expect(text).toContain('onesession_http_request_duration_seconds');
  });
});

/** The store of a shop that finds keys and clients but fails on sessions. */
function brokenStorage({ storage }: Shop): OpenedStorage {
  const fail = () => Promise.reject(new Error('secret detail of the driver at /some/path'));
  const sessions = Object.assign(Object.create(storage.sessions), { find: fail });
  const broken: Shop['storage'] = Object.assign(Object.create(storage), {
    sessions,
    close: async () => undefined,
  });
  return asOpened(broken);
}
