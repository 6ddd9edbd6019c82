import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, Nginx, portOf } from '../support/programs/nginx.js';
import { openShop, type Shop } from '../support/shop.js';

describe('nginx with the settings of deploy/nginx', () => {
  let shop: Shop;
  const nginx = new Nginx();
  let site: Server;
  let origin: string;
  let pages = 0;
  const agent = new Agent({ connect: { rejectUnauthorized: false } });

  beforeAll(async () => {
    shop = await openShop({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
    site = createServer((_message, response) => {
      pages += 1;
      response.setHeader('cache-control', 'public, max-age=60').end(`page ${pages}`);
    }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    const { folder } = nginx;
    mkdirSync(join(folder, 'cache'));
    nginx.certify('shop.example.com');
    const port = await freePort();
    const ours = readFileSync('deploy/nginx/onesession.conf', 'utf8')
      .replace('127.0.0.1:3000', new URL(shop.url).host)
      .replace('127.0.0.1:8080', `127.0.0.1:${portOf(site)}`)
      .replace('/var/cache/nginx/pages', join(folder, 'cache'))
      .replaceAll('/etc/nginx/tls', folder)
      .replace('listen 443', `listen 127.0.0.1:${port}`);
    await nginx.start(ours, port);
    origin = `https://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await nginx.stop();
    site.close();
    await agent.close();
    await shop.close();
  });

  const page = async (path: string, cookie?: string): Promise<{ text: string; cache: unknown }> => {
    const headers = cookie === undefined ? {} : { cookie };
    const { body, headers: told } = await request(`${origin}${path}`, { headers, dispatcher: agent });
    return { text: await body.text(), cache: told['x-cache'] };
  };

  /** The cookie of a visitor who chose a place, from the service behind nginx. */
  const segmentOf = async (country: string, postalCode: string): Promise<string> => {
    const { statusCode, headers, body } = await request(`${origin}/api/sessions?an=acme`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ public: { country: { value: country }, postalCode: { value: postalCode } } }),
      dispatcher: agent,
    });
    await body.dump();
    expect(statusCode).toBe(201);
    const cookies = [headers['set-cookie'] ?? []].flat();
    return cookies.find((one) => one.startsWith('vtex_segment='))?.split(';')[0] ?? '';
  };

  it('serves one copy of a page to all shoppers of a segment, and another one to others', async () => {
    const [german, other] = [await segmentOf('DEU', '10115'), await segmentOf('USA', '10001')];
    expect(german).not.toBe(other);
    const first = await page('/umbrella', german);
    expect(await page('/umbrella', german)).toEqual({ text: first.text, cache: 'HIT' });
    expect((await page('/umbrella', other)).text).not.toBe(first.text);
    expect((await page('/umbrella', await segmentOf('DEU', '10115'))).text).toBe(first.text);
  });

  it('caches nothing for a visitor without a segment, or with an invented one', async () => {
    for (const cookie of [undefined, 'vtex_segment=x', 'vtex_segment=not%20a%20token']) {
      const { text } = await page('/raincoat', cookie);
      expect((await page('/raincoat', cookie)).text).not.toBe(text);
    }
  });

  it('caches no answer of the service, and hands over its own request id', async () => {
    const login = `${origin}/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront`;
    const ids = new Set<unknown>();
    for (let n = 0; n < 2; n += 1) {
      const { body, headers } = await request(login, { dispatcher: agent });
      ids.add(Object.entries((await body.json()) as object).find(([name]) => name === 'sessionId')?.[1]);
      expect(headers['x-request-id']).toMatch(/^[\da-f]{32}$/);
    }
    expect(ids.size).toBe(2);
  });
});
