import type { Server } from 'node:http';
import { caches, fetch, Request, type Response } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { openSite, segmentCacheContract, segmentOf } from '../contracts/segment-cache.contract.js';
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

  beforeAll(async () => {
    shop = await openShop();
    headers = { 'cache-control': 'public, max-age=60' };
    site = await openSite(() => headers);
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

  segmentCacheContract(() => shop, page);

  it('keeps no answer that sets a cookie, and none to another method', async () => {
    const segment = await segmentOf(shop, 'DEU', '10115');
    expect(await page('/search', segment, 'POST')).not.toBe(await page('/search', segment, 'POST'));
    headers = { ...headers, 'set-cookie': 'mine=1' };
    expect(await page('/hats', segment)).not.toBe(await page('/hats', segment));
  });
});
