import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../support/people/http-user.js';
import { RawClient } from '../../support/people/raw-client.js';
import { openShop, type Shop } from '../../support/shop.js';

const text = expect.any(String);

/** A path of each family, and the family's error body [W-44]. */
const FAMILIES: readonly (readonly [path: string, body: (status: number) => object])[] = [
  ['/session-context/acme/me/context', (code) => ({ code, message: text })],
  ['/cart/acme/carts', (code) => ({ code, status: text, message: text })],
  ['/price/acme/prices', (code) => ({ code, status: text, message: text })],
  ['/customer/acme/me', (status) => ({ type: text, status, message: text })],
  ['/customerlogin/auth/anonymous/refresh', (status) => ({ type: text, status, message: text })],
  ['/site/acme/sites', (status) => ({ type: text, status, message: text })],
  ['/oauth/token', () => ({ error: text, error_description: text })],
  ['/api/sessions', (code) => ({ code, status: text, message: text })],
  ['/admin/acme/outbox', (code) => ({ code, status: text, message: text })],
  ['/nowhere', (code) => ({ code, status: text, message: text })],
];

const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': expect.stringContaining('no-store'),
  'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  'content-type': 'application/json; charset=utf-8',
};

describe('A request that is refused before a route is found', () => {
  let shop: Shop;
  /** An instance with all that is off by default. */
  let agents: Shop;
  beforeAll(async () => {
    shop = await openShop();
    agents = await openShop({ env: { MCP: 'on', CONSOLE: 'on' } });
  });
  afterAll(async () => {
    await shop.close();
    await agents.close();
  });

  /** Checks the answer to these bytes, with the headers and the error body of its family. */
  async function refusal(bytes: string, status: number, body: object) {
    const client = await RawClient.to(shop.url);
    const answer = await client.send(bytes).answer();
    client.drop();
    expect({ status: answer.status, body: withoutDetails(answer.text) }).toEqual({ status, body });
    expect(answer.headers).toMatchObject(SECURITY_HEADERS);
    return answer;
  }
  const withoutDetails = (answered: string): object => {
    const { details: _details, ...body } = JSON.parse(answered);
    return body;
  };
  const request = (line: string, headers = '') =>
    `${line} HTTP/1.1\r\nhost: onesession.test\r\n${headers}\r\n`;

  it.each(FAMILIES)('gets the error body of its family: %s [F-24, X-16, P-64, P-69]', async (path, body) => {
    const long = 'x'.repeat(11_000);
    await refusal(request(`GET ${path}?q=${long}`), 414, body(414));
    await refusal(request(`GET ${path}/%zz`), 400, body(400));
    await refusal(request(`GET ${path}/no/such/thing/at/all`), 404, body(404));
    await refusal(request(`GET ${path}`, `x-long: ${'y'.repeat(66_000)}\r\n`), 431, body(431));
    await refusal(request(`POST ${path}`, 'expect: miracles\r\ncontent-length: 0\r\n'), 417, body(417));
    await refusal(`GET ${path} HTTP/1.1\r\n\r\n`, 400, body(400));
    await refusal(request(`GET ${path}`, 'no colon\r\n'), 400, body(400));
    await refusal(request(`POST ${path}`, 'content-length: 1\r\ncontent-length: 2\r\n'), 400, body(400));
  });

  it.each(FAMILIES.filter(([path]) => path !== '/nowhere'))(
    'is told which methods exist: %s [F-24, P-69, W-45]',
    async (path, body) => {
      for (const line of [`TRACE ${path}`, `PROPFIND ${path}`, `OPTIONS ${path}`]) {
        const { headers } = await refusal(request(line), 405, body(405));
        expect(headers.allow).toMatch(/^[A-Z]+(, [A-Z]+)*$/);
      }
      await refusal(request(`OPTIONS ${path}`, 'origin: https://shop.example\r\n'), 405, body(405));
    },
  );

  it('may not be HTTP at all [X-16]', async () => {
    const body = { code: 400, status: 'Bad Request', message: text };
    for (const bytes of [
      '\r\nHELLO\r\n\r\n',
      'GET\r\n\r\n',
      'CONNECT evil.example:443 HTTP/1.1\r\nhost: x\r\n\r\n',
      '\u0016\u0003\u0001',
    ]) {
      await refusal(bytes, 400, body);
    }
  });

  it('is told which limit it exceeds, if it is too long to be read [P-45]', async () => {
    const long = 'x'.repeat(100_000);
    await refusal(request(`GET /cart/acme/carts?q=${long}`), 414, expect.anything());
    await refusal(request('GET /cart/acme/carts', `x-long: ${long}\r\n`), 431, expect.anything());
    await refusal(request('GET /cart/acme/carts', `x-long: ${long.repeat(4)}\r\n`), 431, expect.anything());
  });

  it('may have at most a hundred items in its query [P-45]', async () => {
    const { body } = await shop.http.get(`/cart/acme/carts?${'a=1&'.repeat(100)}`).expect(400);
    expect(body.details).toEqual([{ field: 'query', message: 'must not have more than 100 items' }]);
  });

  it.each([
    '/openapi.json',
    '/docs',
    '/docs/clients',
    '/docs/swagger-ui.css',
    '/console/settings.json',
    '/console',
    '/.well-known/oauth-protected-resource',
    '/.well-known/jwks.json',
    '/health/live',
    '/metrics',
    '/',
  ])('gets the error body of its family where no controller answers, too: %s [X-26, P-68]', async (path) => {
    const { status, body } = await agents.http.get(`${path}?${'a=1&'.repeat(100)}`);
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { [path.startsWith('/console') ? 'status' : 'code']: 400 },
    });
    expect(body).not.toHaveProperty('statusCode');
  });

  it.each([
    ['two of them', 'host: onesession.test\r\nHost: globex.myvtex.com'],
    ['the same twice', 'host: onesession.test\r\nhost: onesession.test'],
    ['a list', 'host: onesession.test, globex.myvtex.com'],
    ['a page', 'host: onesession.test"><b>'],
    ['a path', 'host: onesession.test/api'],
    ['a user', 'host: a@onesession.test'],
    ['a space', 'host: onesession.test globex.myvtex.com'],
  ])('names one host, because a proxy may have believed another: %s [X-28]', async (_, headers) => {
    const body = { code: 400, status: text, message: expect.stringContaining('Host') };
    await refusal(`GET /api/sessions?items=* HTTP/1.1\r\n${headers}\r\n\r\n`, 400, body);
  });

  it.each(['onesession.test:443', '127.0.0.1:3000', '[::1]:3000', 'acme.myvtex.com', 'a_b.test', ''])(
    'may name any host that is well formed: %j [X-28]',
    async (host) => {
      const client = await RawClient.to(shop.url);
      const answer = await client.send(`GET /health/live HTTP/1.1\r\nhost: ${host}\r\n\r\n`).answer();
      client.drop();
      expect(answer.status).toBe(200);
    },
  );

  it('may name a whole URL or a path with escapes, which makes no difference [X-15, X-16]', async () => {
    const typed = { type: text, status: 405, message: text };
    await refusal(request('DELETE http://onesession.test/site/acme/sites'), 405, typed);
    await refusal(request('DELETE /s%69te/acme/sites'), 405, typed);
    const { type, message } = { type: text, message: text };
    await refusal(request('GET /s%69te/nowhere/at/all/ever'), 404, { type, status: 404, message });
  });

  it('puts nothing of the caller’s into headers or log lines [P-50]', async () => {
    const anna = await shop.visitor();
    const evil = encodeURIComponent('x\r\nset-cookie: evil=1\r\n\r\n<b>');
    const staff = await shop.service();
    const answers = [
      await anna.get(`/cart/acme/carts/${evil}`),
      await anna.get(`/session-context/acme/context/${evil}`),
      await staff.put(`/price/acme/prices/${evil}`, {}),
      await staff.post('/site/acme/sites', { code: 'x\r\nset-cookie: evil=1' }),
      await shop.http.get(`/api/sessions?an=acme&items=${evil}`),
      await shop.http.post(`/api/sessions?an=acme&sc=${evil}`, {}),
      await shop.http.get(`/customerlogin/auth/anonymous/login?tenant=acme&client_id=${evil}`),
      await shop.http.get(`/${evil}`),
      await shop.http.get('/cart/acme/carts').set('cookie', 'vtex_session=%0d%0aset-cookie:evil=1'),
      await staff.post(`/site/acme/sites/main/mixins`, { 'x\r\nset-cookie: evil=1': {} }),
    ];
    for (const { status, headers } of answers) {
      expect(status).toBeLessThan(500);
      expect(String(headers['set-cookie'] ?? '')).not.toMatch(/evil/);
      expect(String(headers.location ?? '')).not.toMatch(/[\r\n]/);
    }
  });
});

describe('Every answer', () => {
  let shop: Shop;
  let shopper: Visitor;
  beforeAll(async () => {
    shop = await openShop();
    shopper = await shop.visitor();
  });
  afterAll(() => shop.close());

  it('of the API has headers that keep browsers from treating it as a page [P-64, X-16]', async () => {
    const answers = [
      await shopper.get('/session-context/acme/me/context').expect(404),
      await shopper.post('/cart/acme/carts', { currency: 'EUR' }).expect(201),
      await shop.http.get('/cart/acme/carts').expect(401),
      await shop.http.get('/health/live').expect(200),
      await shop.http.get('/site/acme/sites').expect(401),
    ];
    for (const { headers } of answers) {
      expect(headers).toMatchObject(SECURITY_HEADERS);
      expect(headers).not.toHaveProperty('strict-transport-security');
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('x-powered-by');
    }
  });

  it('with a page allows nothing inline and nothing from elsewhere [X-16, F-43]', async () => {
    for (const path of [
      '/docs',
      '/docs/',
      '/docs/start.js',
      '/docs/swagger-ui.css',
      '/docs/swagger-ui-bundle.js',
    ]) {
      const { headers, text: answered } = await shop.http.get(path).expect(200);
      expect(headers['content-security-policy']).toContain("script-src 'self';style-src 'self'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
      if (path.startsWith('/docs/s')) continue;
      expect(answered).not.toMatch(/<style|style="|<script>| on\w+="/);
    }
  });

  it('with a page finds the page’s files beside it, wherever it is served [F-43]', async () => {
    for (const path of ['/docs', '/docs/']) {
      const { text: answered } = await shop.http.get(path).expect(200);
      const files = [...answered.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file);
      expect(files).toHaveLength(4);
      for (const file of files) {
        const { pathname } = new URL(file, `https://shop.example${path}`);
        expect(pathname).toMatch(/^\/docs\/[\w.-]+$/);
        await shop.http.get(pathname).expect(200);
      }
    }
    const { body } = await shop.http.get('/openapi.json').expect(200);
    expect(body.servers).toEqual([expect.objectContaining({ url: '/' })]);
  });

  it('is the same with a trailing slash in the path [F-20]', async () => {
    await shop.http.get('/site/acme/sites/').expect(401);
    await shopper.get('/cart/acme/carts/?siteCode=main').expect(200);
    await shop.http.get('/health/live/').expect(200);
    await shopper.post('/customer/acme/password/reset/', { email: 'nobody@acme.test' }).expect(204);
    await shop.http.post('/api/sessions/?an=acme', {}).expect(201);
    const form = {
      grant_type: 'client_credentials',
      client_id: 'acme-backend',
      client_secret: 'acme-backend-secret',
    };
    await shop.http.post('/oauth/token/').type('form').send(form).expect(200);
    await shop.http.post('/oauth/token/').send(form).expect(415);
  });
});

describe('A service that is published with https', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ env: { ISSUER: 'https://api.shop.test', TRUSTED_PROXIES: '127.0.0.1' } });
  });
  afterAll(() => shop.close());

  const by = (scheme: string, path: string) => shop.http.get(path).set('x-forwarded-proto', scheme);

  it('tells browsers to use nothing else [P-67]', async () => {
    const { headers } = await by('https', '/site/acme/sites').expect(401);
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d{8,}$/);
  });

  it('refuses what reached a proxy unencrypted, and never redirects, but answers probes [P-67]', async () => {
    const { body } = await by('http', '/site/acme/sites').expect(403);
    expect(body).toEqual({ type: 'forbidden', status: 403, message: expect.stringContaining('https') });
    await by('http', '/health/live').expect(200);
    await by('http', '/metrics').expect(200);
    await shop.http.get('/site/acme/sites').expect(401);
  });

  it('believes nobody else about the scheme [P-57, P-67]', async () => {
    const direct = await openShop({ env: { ISSUER: 'https://api.shop.test' } });
    await direct.http.get('/site/acme/sites').set('x-forwarded-proto', 'http').expect(401);
    await direct.close();
  });
});
