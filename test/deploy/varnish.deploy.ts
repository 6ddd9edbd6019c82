import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { openSite, segmentCacheContract } from '../contracts/segment-cache.contract.js';
import { freePort, portOf } from '../support/programs/nginx.js';
import { openShop, type Shop } from '../support/shop.js';
import { Varnish } from '../support/programs/varnish.js';

const [SETTINGS = ''] = blocksFor('test/deploy/varnish.deploy.ts', 'docs/guide/caching.md');

describe('Varnish with the settings of docs/guide/caching.md', () => {
  const varnish = new Varnish();
  let shop: Shop;
  let site: Server;
  let origin: string;

  beforeAll(async () => {
    shop = await openShop();
    site = await openSite(() => ({ 'cache-control': 'public, max-age=60' }));
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

  segmentCacheContract(() => shop, page);
});
