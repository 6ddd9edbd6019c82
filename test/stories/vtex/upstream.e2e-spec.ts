import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../../support/people/raw-client.js';
import { openShop, type Shop } from '../../support/shop.js';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** The rest of a platform, as far as a test needs it. */
class Platform {
  readonly received: Received[] = [];
  /** Writes the next answers; by default a product. */
  answer: (response: ServerResponse) => void = usual;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Platform> {
    const server = createServer();
    const platform = new Platform(server);
    server.on('request', async (message, response) => {
      let body = '';
      for await (const chunk of message) body += chunk;
      const { method = '', url = '', headers } = message;
      platform.received.push({ method, url, headers, body });
      platform.answer(response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return platform;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get last(): Received | undefined {
    return this.received.at(-1);
  }

  close(): void {
    this.server.close().closeAllConnections();
  }
}

function usual(response: ServerResponse): void {
  response.setHeader('content-type', 'application/json');
  response.end('{"name":"umbrella"}');
}

describe('A path of the platform that is not served here', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('is refused with a hint, and a page with more information [F-24]', async () => {
    const { body } = await shop.http.get('/product/acme/products').expect(404);
    expect(body).toEqual({ code: 404, status: 'Not Found', message: expect.any(String) });
    expect(body.message).toMatch(/^\/product belongs to Emporix.*UPSTREAM_EMPORIX\. See (\S+)$/);
    const [page = ''] = /http:\S+$/.exec(body.message) ?? [];
    const { text } = await shop.http.get(new URL(page).pathname).expect(200);
    expect(text).toContain('# Clients');
    expect(page).toBe(`${shop.url}/docs/clients`);
  });

  it.each([
    ['/order-v2/acme/salesorders', 'Emporix'],
    ['/api/catalog_system/pub/products/search?fq=x', 'VTEX'],
    ['/api/oms/pvt/orders', 'VTEX'],
    ['/_v/private/graphql/v1', 'VTEX'],
  ])('is recognized as belonging to its platform: %s [F-24]', async (path, platform) => {
    const { body } = await shop.http.get(path).expect(404);
    expect(body.message).toContain(`belongs to ${platform}`);
  });

  it('gets the error body of its family: checkout’s clients look for error.message [F-24]', async () => {
    const { body } = await shop.http.post('/api/checkout/pub/orderForm', {}).expect(404);
    expect(body).toEqual({
      error: { code: '404', message: expect.stringContaining('UPSTREAM_VTEX'), exception: null },
    });
  });

  it('is just not found if it only resembles a path of the platform', async () => {
    for (const path of [
      '/products',
      '/api',
      '/api/nothing',
      '/cart/acme/nothing',
      '/customer/acme/no/thing',
    ]) {
      const { body } = await shop.http.get(path).expect(404);
      expect(body.message).toBe('Nothing is served at this path');
    }
  });

  it('does not make the answer name an address that a caller made up', async () => {
    const client = await RawClient.to(shop.url);
    const answer = await client.send("GET /product/x HTTP/1.1\r\nhost: $(a)'\r\n\r\n").answer();
    client.drop();
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text).message).toContain('See http://onesession.test/docs/clients');
  });
});

describe('In production, the refusal of a path of the platform', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: { PUBLIC_DOCS: 'off' } })));
  afterAll(() => shop.close());

  it('names the page in the repository, as none is served', async () => {
    const { body } = await shop.http.get('/product/acme/products').expect(404);
    expect(body.message).toMatch(/See docs\/clients\.md of onesession$/);
    await shop.http.get('/docs/clients').expect(404);
  });
});

describe('A storefront that has only its session layer here', () => {
  let shop: Shop;
  let platform: Platform;

  beforeAll(async () => {
    platform = await Platform.open();
    const { url } = platform;
    shop = await openShop({
      env: { UPSTREAM_EMPORIX: url, UPSTREAM_VTEX: url, UPSTREAM_ANSWER_LIMIT_BYTES: '20000' },
      settings: { vtex: { allowedOrigins: ['https://shop.example'] } },
    });
  });
  afterEach(() => {
    platform.answer = usual;
    platform.received.length = 0;
  });
  afterAll(async () => {
    await shop.close();
    platform.close();
  });

  it('gets the platform’s answer for what is not served here', async () => {
    const { body, headers } = await shop.http
      .get('/product/acme/products/umbrella?lang=de&lang=en')
      .expect(200);
    expect(body).toEqual({ name: 'umbrella' });
    expect(platform.last).toMatchObject({
      method: 'GET',
      url: '/product/acme/products/umbrella?lang=de&lang=en',
    });
    expect(platform.last?.headers).toMatchObject({ via: '1.1 onesession', 'x-forwarded-for': '127.0.0.1' });
    expect(platform.last?.headers.host).toBe(new URL(platform.url).host);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('passes a body on as it is: %s', async (method) => {
    const body = 'a=1&b=\u00fc';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const init = { method, headers, body };
    const answer = await fetch(`${shop.url}/api/dataentities/NL/documents?an=acme`, init);
    expect(answer.status).toBe(200);
    expect(platform.last).toMatchObject({ method, body, headers });
  });

  it('gets what is served here from here, on every path', async () => {
    await shop.http.post('/api/sessions?an=acme', {}).expect(201);
    await shop.http.get('/cart/acme/carts').expect(401);
    await shop.http.get('/cart/acme/nothing').expect(404);
    await shop.http.delete('/api/sessions').expect(405);
    expect(platform.received).toEqual([]);
  });

  describe('passes on nothing that opens its sessions', () => {
    it('no token of this service, in whichever header it is [P-33]', async () => {
      const anna = await shop.visitor();
      const token = anna.accessToken ?? '';
      await fetch(`${shop.url}/product/acme/products`, {
        headers: {
          authorization: `Bearer ${token}`,
          'saas-token': token,
          'x-vtex-session': token,
          vtexidclientautcookie_acme: token,
          'x-of-the-shop': `token=${token}`,
        },
      });
      expect(JSON.stringify(platform.last)).not.toContain(token);
      expect(
        Object.keys(platform.last?.headers ?? {}).filter((name) => /auth|saas|vtex|shop/.test(name)),
      ).toEqual([]);
    });

    it('but the platform’s own token', async () => {
      const foreign = `Bearer ${jwtOf('https://platform.example')}`;
      await fetch(`${shop.url}/product/acme/products`, { headers: { authorization: foreign } });
      expect(platform.last?.headers.authorization).toBe(foreign);
    });

    it('no cookie of this service, in any case, but all others', async () => {
      const mine = jwtOf('http://onesession.test');
      const cookie =
        `checkout.vtex.com=__ofid=1; vtex_session=a; VTEX_segment=b; VtexIdclientAutCookie=c; ` +
        `VtexIdclientAutCookie_acme=d; other=${mine}; VtexRCRequestCounter=5`;
      await fetch(`${shop.url}/api/checkout/pub/orderForm?an=acme`, { headers: { cookie } });
      expect(platform.last?.headers.cookie).toBe('checkout.vtex.com=__ofid=1; VtexRCRequestCounter=5');
    });

    it('no token in the query', async () => {
      const mine = jwtOf('http://onesession.test');
      const query = `a=1&accessToken=x&refresh_token=y&%72efreshToken=z&next=${mine}&b=2`;
      await shop.http.get(`/product/acme/products?${query}`).expect(200);
      expect(platform.last?.url).toBe('/product/acme/products?a=1&b=2');
    });

    it('no path and no body with a token of this service', async () => {
      const mine = jwtOf('http://onesession.test');
      await shop.http.get(`/product/acme/${mine}`).expect(400);
      const { body } = await shop.http.post('/product/acme/products', { token: mine }).expect(400);
      expect(body.message).toContain('token of this service');
      expect(platform.received).toEqual([]);
    });

    it('nothing about the connection [P-50]', async () => {
      const client = await RawClient.to(shop.url);
      const headers =
        'connection: x-mine, close\r\nx-mine: 1\r\nte: trailers\r\nproxy-authorization: secret\r\n';
      const answer = await client.send(`GET /product/x HTTP/1.1\r\nhost: h\r\n${headers}\r\n`).answer();
      client.drop();
      expect(answer.status).toBe(200);
      const names = Object.keys(platform.last?.headers ?? {});
      expect(names.filter((name) => /mine|^te$|proxy/.test(name))).toEqual([]);
    });
  });

  describe('returns from an answer what may come from another host', () => {
    const answered = async (headers: Record<string, string | string[]>, path = '/api/checkout/x?an=acme') => {
      platform.answer = (response) => response.writeHead(200, headers).end('{}');
      return shop.http.get(path).expect(200);
    };

    it('its cookies, for this host, unless they have one of this service’s names', async () => {
      const { headers } = await answered({
        'set-cookie': [
          'checkout.vtex.com=__ofid=1; Domain=platform.example; Path=/; HttpOnly',
          'vtex_session=stolen; Path=/',
          ' vtex_segment =stolen',
          'VtexIdclientAutCookie_acme=stolen',
          '=vtex_session=stolen',
          'vtex_session',
        ],
      });
      expect(headers['set-cookie']).toEqual(['checkout.vtex.com=__ofid=1; Path=/; HttpOnly']);
    });

    it('nothing that would affect more than the answer [P-64]', async () => {
      const { headers } = await answered({
        'clear-site-data': '"cookies"',
        'access-control-allow-origin': 'https://evil.example',
        'content-security-policy': "default-src *; script-src 'unsafe-inline'",
        'strict-transport-security': 'max-age=1',
        server: 'platform',
        'x-of-the-platform': 'yes',
      });
      expect(headers).not.toHaveProperty('clear-site-data');
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      expect(headers).not.toHaveProperty('strict-transport-security');
      expect(headers).not.toHaveProperty('server');
      expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
      expect(headers['x-of-the-platform']).toBe('yes');
    });

    it('its redirects, without following them; those to itself lead here', async () => {
      platform.answer = (response) =>
        response.writeHead(302, { location: `${platform.url}/api/oms/x?y=1` }).end();
      expect((await shop.http.get('/api/oms/redirect?an=acme').expect(302)).headers.location).toBe(
        '/api/oms/x?y=1',
      );
      platform.answer = (response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      const { headers } = await shop.http.get('/api/oms/redirect?an=acme').expect(302);
      expect(headers.location).toBe('http://169.254.169.254/');
      expect(platform.received).toHaveLength(2);
    });

    it('no body if there is none', async () => {
      const head = await fetch(`${shop.url}/product/acme/products`, { method: 'HEAD' });
      expect({ status: head.status, text: await head.text() }).toEqual({ status: 200, text: '' });
      expect(platform.last?.method).toBe('HEAD');
      for (const status of [204, 304]) {
        platform.answer = (response) => response.writeHead(status, { etag: '"1"' }).end();
        const answer = await fetch(`${shop.url}/product/acme/products`, {
          headers: { 'if-none-match': '"1"' },
        });
        expect({ status: answer.status, text: await answer.text() }).toEqual({ status, text: '' });
        expect(answer.headers.get('etag')).toBe('"1"');
      }
    });

    it('its status, whatever it is', async () => {
      platform.answer = (response) => response.writeHead(418, { 'content-type': 'text/plain' }).end('no');
      expect((await shop.http.get('/product/acme/products').expect(418)).text).toBe('no');
    });
  });

  describe('gives no access to other hosts or other paths', () => {
    /** Returns the status for this exact request target. */
    const statusOf = async (target: string, host = 'h'): Promise<number> => {
      const client = await RawClient.to(shop.url);
      const { status } = await client.send(`GET ${target} HTTP/1.1\r\nhost: ${host}\r\n\r\n`).answer();
      client.drop();
      return status;
    };

    it.each([
      '//evil.example/product/x',
      '/\\evil.example/product/x',
      '/product@evil.example/x',
      '/product:80@evil.example/x',
      'http://evil.example//product/x',
    ])('a target that names another host is not found: %s [P-59]', async (target) => {
      expect(await statusOf(target)).toBe(404);
      expect(platform.received).toEqual([]);
    });

    it.each([
      '/product/../session-context/acme',
      '/product/..;/oauth/token',
      '/product/%2e%2e/oauth/token',
      '/product/.%2E;x=1/oauth/token',
      '/product/..%3b/oauth/token',
      '/product/..%2foauth/token',
      '/product/%5c..%5coauth',
      '/product/..\\oauth',
      '/product//oauth',
      '/product/x#y',
      '/product/%00',
    ])('a path that another server might read as another one is refused: %s [P-59]', async (target) => {
      expect(await statusOf(target)).toBe(400);
      expect(platform.received).toEqual([]);
    });

    it('a whole URL counts as its path, and the Host header is not an address', async () => {
      expect(await statusOf('http://evil.example/product/x?y=1', 'evil.example')).toBe(200);
      expect(platform.last?.url).toBe('/product/x?y=1');
      expect(platform.last?.headers.host).toBe(new URL(platform.url).host);
    });

    it('a request that another instance of this service passed on goes no further', async () => {
      const { body } = await shop.http.get('/product/x').set('via', '1.1 onesession').expect(508);
      expect(body.message).toContain('leads back');
      expect(platform.received).toEqual([]);
    });

    it('a method that no client uses is not passed on', async () => {
      const client = await RawClient.to(shop.url);
      const answer = await client.send('PROPFIND /product/x HTTP/1.1\r\nhost: h\r\n\r\n').answer();
      client.drop();
      expect(answer.status).toBe(404);
      expect(platform.received).toEqual([]);
    });

    it('an account that does not exist is not passed on either [F-56]', async () => {
      await shop.http.get('/api/oms/x?an=acme').expect(200);
      await shop.http.post('/api/oms/x?an=nobody', {}).expect(404);
    });
  });

  describe('keeps foreign pages from sending its shoppers’ cookies [X-15, P-61]', () => {
    const from = (origin: string, method: string) =>
      fetch(`${shop.url}/api/checkout/pub/orderForm?an=acme`, { method, headers: { origin, cookie: 'a=1' } });

    it('allows the tenant’s pages to call and read', async () => {
      const answer = await from('https://shop.example', 'POST');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
      expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    });

    it('allows no other page', async () => {
      expect((await from('https://evil.example', 'POST')).status).toBe(403);
      expect(platform.received).toEqual([]);
      const read = await from('https://evil.example', 'GET');
      expect(read.headers.get('access-control-allow-origin')).toBeNull();
    });

    it('answers their preflights itself', async () => {
      const { headers } = await shop
        .options('/api/checkout/pub/orderForm?an=acme', {
          origin: 'https://shop.example',
          'access-control-request-method': 'POST',
        })
        .expect(204);
      expect(headers['access-control-allow-origin']).toBe('https://shop.example');
      expect(platform.received).toEqual([]);
    });
  });

  describe('is safe from a platform that misbehaves', () => {
    it('with an answer that is too large, announced or not [P-45]', async () => {
      platform.answer = (response) =>
        response.writeHead(200, { 'content-length': '50000' }).end('x'.repeat(50_000));
      const { body } = await shop.http.get('/product/x').expect(502);
      expect(body.message).toContain('UPSTREAM_ANSWER_LIMIT_BYTES');
      platform.answer = (response) => response.write('x'.repeat(50_000));
      const answer = await fetch(`${shop.url}/product/x`).then(textOf, cut);
      expect(answer).toMatch(/^cut$|^\{"code":502/);
    });

    it('and from a body that is too large here, which is not passed on [P-45]', async () => {
      const answer = await fetch(`${shop.url}/product/x`, { method: 'POST', body: 'x'.repeat(1_100_000) });
      expect(answer.status).toBe(413);
      expect(platform.received).toEqual([]);
    });

    it('with an answer that is not HTTP, or a connection that is cut', async () => {
      platform.answer = (response) => response.socket?.end('nonsense\r\n\r\n');
      expect((await shop.http.get('/product/x').expect(502)).body.code).toBe(502);
      platform.answer = (response) => response.destroy();
      await shop.http.get('/product/x').expect(502);
    });
  });
});

describe('A platform that hangs', () => {
  it('delays nothing that is served here [P-45]', async () => {
    const platform = await Platform.open();
    platform.answer = () => undefined;
    const shop = await openShop({ env: { UPSTREAM_EMPORIX: platform.url, MAX_REQUESTS_IN_FLIGHT: '300' } });
    const gone = new AbortController();
    const ask = () => fetch(`${shop.url}/product/acme/products`, { signal: gone.signal });
    const waiting = Array.from({ length: 300 }, () =>
      ask().then(
        ({ status }) => status,
        () => 0,
      ),
    );
    // Excess requests are refused at once; the rest wait until their clients give up.
    expect(await Promise.race(waiting)).toBe(503);
    await shop.http
      .get('/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront')
      .expect(200);
    gone.abort();
    const statuses = await Promise.all(waiting);
    expect(statuses.filter((status) => status === 503)).toHaveLength(300 - 256);
    await shop.close();
    platform.close();
  });
});

describe('A storefront of Emporix that has only its session layer here', () => {
  let shop: Shop;
  let platform: Platform;
  let answers: (response: ServerResponse) => void = usual;
  let logins = 0;

  beforeAll(async () => {
    platform = await Platform.open();
    platform.answer = (response) => {
      if (!platform.last?.url.startsWith('/customerlogin/')) return answers(response);
      logins += 1;
      response.end(JSON.stringify({ access_token: `emporix-${logins}`, expires_in: 3599 }));
    };
    shop = await openShop({
      env: { UPSTREAM_EMPORIX: platform.url, UPSTREAM_EMPORIX_CLIENTS: 'acme=its-client, other=x' },
    });
  });
  afterAll(async () => {
    await shop.close();
    platform.close();
  });

  it('reads products with an anonymous token of Emporix in place of this service’s, requested once', async () => {
    const anna = await shop.visitor();
    const answered = await Promise.all([1, 2, 3].map(() => anna.get('/product/acme/products').expect(200)));
    expect(answered).toHaveLength(3);
    expect(platform.received.filter(({ url }) => url.includes('/login'))).toMatchObject([
      { url: '/customerlogin/auth/anonymous/login?tenant=acme&client_id=its-client' },
    ]);
    expect(platform.last?.headers.authorization).toBe('Bearer emporix-1');
  });

  it('keeps an Emporix token of its own, and gets none for another tenant', async () => {
    await shop.http.get('/product/acme/products').set('authorization', 'Bearer its-own').expect(200);
    expect(platform.last?.headers.authorization).toBe('Bearer its-own');
    await shop.http.get('/product/globex/products').expect(200);
    expect(platform.last?.headers).not.toHaveProperty('authorization');
  });

  it('gets no token to write with, because all shoppers share it', async () => {
    await shop.http.post('/checkout/acme/checkouts/order', {}).expect(200);
    expect(platform.last?.headers).not.toHaveProperty('authorization');
    await shop.http.post('/product/acme/products/search?lang=de', {}).expect(200);
    expect(platform.last?.headers.authorization).toBe('Bearer emporix-1');
  });

  it('gets another one if Emporix no longer accepts the first', async () => {
    answers = (response) => response.writeHead(401).end('{}');
    await shop.http.get('/product/acme/products').expect(401);
    answers = usual;
    await shop.http.get('/product/acme/products').expect(200);
    expect(platform.last?.headers.authorization).toBe('Bearer emporix-2');
  });

  it('keeps it when Emporix refuses the token that a caller brought [X-43]', async () => {
    const before = logins;
    answers = (response) =>
      response.writeHead(platform.last?.headers.authorization === 'Bearer made-up' ? 401 : 200).end('{}');
    for (let i = 0; i < 5; i += 1) {
      await shop.http.get('/product/acme/products').set('authorization', 'Bearer made-up').expect(401);
      await shop.http.get('/product/acme/products').expect(200);
    }
    answers = usual;
    expect(logins).toBe(before);
  });

  it('gets few others for what Emporix refuses to every guest [X-43]', async () => {
    const before = logins;
    answers = (response) => response.writeHead(401).end('{}');
    for (let i = 0; i < 30; i += 1) await shop.http.get('/order-v2/acme/salesorders').expect(401);
    answers = usual;
    await shop.http.get('/product/acme/products').expect(200);
    expect(logins - before).toBeLessThanOrEqual(6);
  });

  it('is told if Emporix issues none', async () => {
    platform.answer = (response) => response.writeHead(401).end('{}');
    const { body } = await shop.http.get('/product/other/products').expect(502);
    expect(body.message).toContain('UPSTREAM_EMPORIX_CLIENTS');
  });
});

describe('A platform that is slow or unavailable', () => {
  it('is waited for no longer than the setting says, and does not appear in the answer', async () => {
    const platform = await Platform.open();
    platform.answer = () => undefined;
    const shop = await openShop({ env: { UPSTREAM_EMPORIX: platform.url, UPSTREAM_TIMEOUT_SECONDS: '1' } });
    const { body } = await shop.http.get('/product/acme/products').expect(504);
    expect(body).toEqual({ code: 504, status: 'Gateway Timeout', message: expect.any(String) });
    platform.close();
    const gone = await shop.http.get('/product/acme/products').expect(502);
    expect(gone.text).not.toContain('127.0.0.1');
    // Only what is configured is passed on.
    expect((await shop.http.get('/api/oms/x').expect(404)).body.message).toContain('UPSTREAM_VTEX');
    await shop.close();
  });

  it('is a different host for each account, if the setting says so [F-56]', async () => {
    const shop = await openShop({ env: { UPSTREAM_VTEX: 'http://{account}.onesession.invalid' } });
    await shop.http.get('/api/oms/x?an=globex').expect(502);
    for (const an of ['nobody', 'evil.example%2F', 'globex.evil', '']) {
      expect((await shop.http.get(`/api/oms/x?an=${an}`)).status, an).toBe(404);
    }
    await shop.close();
  });
});

const cut = (): string => 'cut';
const textOf = (response: Response): Promise<string> => response.text().catch(cut);

/** Returns an unsigned token that names its issuer. */
function jwtOf(iss: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'ES256' })}.${part({ iss })}.c2ln`;
}
