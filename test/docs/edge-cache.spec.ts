import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { caches, fetch, Request, type Response } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { portOf } from '../support/programs/nginx.js';
import { openShop, type Shop } from '../support/shop.js';

const [WORKER = ''] = blocksFor('test/docs/edge-cache.spec.ts', 'docs/guide/caching.md');

interface Worker {
  fetch(
    request: Request,
    env: object,
    context: { waitUntil(work: Promise<unknown>): void },
  ): Promise<Response>;
}

/** The worker of the page, with what an edge gives it. */
async function workerOf(code: string): Promise<Worker> {
  const edge = { fetch, caches: { default: await caches.open('edge') } };
  const body = code.replace('export default', 'return');
  return new Function(...Object.keys(edge), body)(...Object.values(edge));
}

describe('An edge with the worker of docs/guide/caching.md', () => {
  let shop: Shop;
  let site: Server;
  let worker: Worker;
  let headers: Record<string, string>;
  let pages = 0;

  beforeAll(async () => {
    shop = await openShop();
    site = createServer((_message, response) => {
      pages += 1;
      response.writeHead(200, headers).end(`page ${pages}`);
    }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    headers = { 'cache-control': 'public, max-age=60' };
    worker = await workerOf(WORKER);
  });
  afterAll(async () => {
    site.close();
    await shop.close();
  });

  const page = async (path: string, cookie?: string, method = 'GET'): Promise<string> => {
    const kept: Promise<unknown>[] = [];
    const request = new Request(`http://127.0.0.1:${portOf(site)}${path}`, {
      method,
      headers: cookie === undefined ? {} : { cookie },
    });
    const answer = await worker.fetch(request, {}, { waitUntil: (work) => kept.push(work) });
    await Promise.all(kept);
    expect(answer.status).toBe(200);
    return answer.text();
  };

  /** The cookie of a visitor who chose a place. */
  const segmentOf = async (country: string, postalCode: string): Promise<string> => {
    const { body } = await shop.http
      .post('/api/sessions?an=acme', {
        public: { country: { value: country }, postalCode: { value: postalCode } },
      })
      .expect(201);
    return `vtex_segment=${body.segmentToken}`;
  };

  it('serves one copy of a page to all shoppers of a segment, and another one to others', async () => {
    const [german, other] = [await segmentOf('DEU', '10115'), await segmentOf('USA', '10001')];
    const first = await page('/umbrella?size=2', `mine=1; ${german}`);
    expect(await page('/umbrella?size=2', `yours=2; ${german}; more=3`)).toBe(first);
    expect(await page('/umbrella?size=2', other)).not.toBe(first);
    expect(await page('/umbrella', german)).not.toBe(first);
  });

  it('keeps nothing for a visitor without a segment, or with an invented one', async () => {
    for (const cookie of [undefined, 'mine=1', 'vtex_segment=x', 'vtex_segment=not%20a%20token']) {
      expect(await page('/socks', cookie)).not.toBe(await page('/socks', cookie));
    }
  });

  it.each(['/api/sessions?an=acme', '/session-context/acme/me/context', '/cart', '/oauth/token'])(
    'keeps no answer about one shopper: %s',
    async (path) => {
      const segment = await segmentOf('DEU', '10115');
      expect(await page(path, segment)).not.toBe(await page(path, segment));
    },
  );

  it('keeps no answer that sets a cookie, and none to another method', async () => {
    const segment = await segmentOf('DEU', '10115');
    expect(await page('/search', segment, 'POST')).not.toBe(await page('/search', segment, 'POST'));
    headers = { ...headers, 'set-cookie': 'mine=1' };
    expect(await page('/hats', segment)).not.toBe(await page('/hats', segment));
  });
});
