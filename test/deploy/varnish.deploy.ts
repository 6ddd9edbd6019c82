import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { freePort, portOf } from '../support/programs/nginx.js';
import { openShop, type Shop } from '../support/shop.js';
import { Varnish } from '../support/programs/varnish.js';

const [SETTINGS = ''] = blocksFor('test/deploy/varnish.deploy.ts', 'docs/guide/caching.md');

describe('Varnish with the settings of docs/guide/caching.md', () => {
  const varnish = new Varnish();
  let shop: Shop;
  let site: Server;
  let origin: string;
  let pages = 0;

  beforeAll(async () => {
    shop = await openShop();
    site = createServer((_message, response) => {
      pages += 1;
      response.setHeader('cache-control', 'public, max-age=60').end(`page ${pages}`);
    }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    const port = await freePort();
    await varnish.start(SETTINGS, port, portOf(site));
    origin = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await varnish.stop();
    site.close();
    await shop.close();
  });

  const page = async (path: string, cookie?: string): Promise<string> => {
    const answer = await fetch(`${origin}${path}`, { headers: cookie === undefined ? {} : { cookie } });
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
    expect(german).not.toBe(other);
    const first = await page('/umbrella', `mine=1; ${german}`);
    expect(await page('/umbrella', `yours=2; ${german}; more=3`)).toBe(first);
    expect(await page('/umbrella', other)).not.toBe(first);
    expect(await page('/raincoat', german)).not.toBe(first);
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
});
