import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../support/people/http-user.js';
import { openShop, type Shop } from '../support/shop.js';

const WARM_UP = 1_000;
const REQUESTS = 500;
const ROUNDS = 5;

/**
 * CPU of a read, in answers of a bare Fastify: both without sockets, in one process and in turns, so that the machine and
 * what else it does hardly matter. It was 3 to 4 when this was written; `npm run bench` measures what it really costs.
 */
const MOST = 8;

type Request = () => Promise<{ readonly statusCode: number }>;

/** CPU seconds of this process, user and system. */
async function cpuOf(request: Request, times: number): Promise<number> {
  const begun = process.cpuUsage();
  for (let i = 0; i < times; i += 1) await request();
  const { user, system } = process.cpuUsage(begun);
  return user + system;
}

describe('What a read costs', () => {
  const bare = Fastify();
  let shop: Shop;
  let shopper: Visitor;
  beforeAll(async () => {
    bare.get('/hello', async () => ({ hello: 'world' }));
    shop = await openShop({ env: { LOG_LEVEL: 'error' } });
    shopper = await shop.visitor();
    await shopper.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
  });
  afterAll(async () => {
    await shop.close();
    await bare.close();
  });

  it('is no more than eight times what an answer of a bare server does, with all checks of its token', async () => {
    const fastify = shop.app.getHttpAdapter().getInstance();
    const headers = { authorization: `Bearer ${shopper.accessToken}` };
    const hello: Request = () => bare.inject('/hello');
    const read: Request = () => fastify.inject({ url: '/session-context/acme/me/context', headers });
    expect([(await hello()).statusCode, (await read()).statusCode]).toEqual([200, 200]);
    for (const request of [hello, read]) await cpuOf(request, WARM_UP);
    const rounds: number[] = [];
    for (let i = 0; i < ROUNDS; i += 1) {
      const [ofHello, ofRead] = [await cpuOf(hello, REQUESTS), await cpuOf(read, REQUESTS)];
      rounds.push(ofRead / ofHello);
    }
    // The best of them: nothing makes a round cheaper than it is.
    expect(Math.min(...rounds)).toBeLessThan(MOST);
  });
});
