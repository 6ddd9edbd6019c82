import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { expect, it } from 'vitest';
import type { Shop } from '../support/shop.js';

/** The path of a page, and the cookies of who asks for it. */
export type AskForPage = (path: string, cookie?: string) => Promise<string>;

/** A site whose pages are never the same. */
export async function openSite(headersOf: () => Readonly<Record<string, string>>): Promise<Server> {
  let pages = 0;
  const site = createServer((_message, response) => {
    pages += 1;
    response.writeHead(200, headersOf()).end(`page ${pages}`);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  return site;
}

/** The cookie of a visitor who chose a place. */
export async function segmentOf(shop: Shop, country: string, postalCode: string): Promise<string> {
  const { body } = await shop.http
    .post('/api/sessions?an=acme', {
      public: { country: { value: country }, postalCode: { value: postalCode } },
    })
    .expect(201);
  return `vtex_segment=${body.segmentToken}`;
}

/** What docs/guide/caching.md demands of every cache between browsers and a site. */
export function segmentCacheContract(shop: () => Shop, page: AskForPage): void {
  it('serves one copy of a page to all shoppers of a segment, and another one to others', async () => {
    const [german, other] = [
      await segmentOf(shop(), 'DEU', '10115'),
      await segmentOf(shop(), 'USA', '10001'),
    ];
    expect(german).not.toBe(other);
    const first = await page('/umbrella?size=2', `mine=1; ${german}`);
    expect(await page('/umbrella?size=2', `yours=2; ${german}; more=3`)).toBe(first);
    expect(await page('/umbrella?size=2', other)).not.toBe(first);
    expect(await page('/umbrella', german)).not.toBe(first);
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
      const segment = await segmentOf(shop(), 'DEU', '10115');
      expect(await page(path, segment)).not.toBe(await page(path, segment));
    },
  );
}
