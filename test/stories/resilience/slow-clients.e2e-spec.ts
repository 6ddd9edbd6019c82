import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../../support/people/raw-client.js';
import { openShop, type Shop } from '../../support/shop.js';

const HALF_HEADERS = 'GET /health/live HTTP/1.1\r\nhost: x\r\nx-slow: ';
const HALF_BODY =
  'POST /customer/acme/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{"email":';

/** Opens connections that begin a request and do not finish it. */
const begin = (shop: Shop, count: number, bytes: string): Promise<RawClient[]> =>
  Promise.all(Array.from({ length: count }, async () => (await RawClient.to(shop.url)).send(bytes)));

const openOnes = (clients: readonly RawClient[]): number => clients.filter(({ isOpen }) => isOpen).length;

describe('Clients that send slowly', () => {
  let shop: Shop;
  const slow: RawClient[] = [];
  beforeAll(async () => void (shop = await openShop({ env: { MAX_REQUESTS_IN_FLIGHT: '3' } })));
  afterEach(() => {
    for (const client of slow.splice(0)) client.drop();
  });
  afterAll(() => shop.close());

  it.each([
    ['nothing', ''],
    ['half of their headers', HALF_HEADERS],
    ['half of their bodies', HALF_BODY],
  ])('%s delay nobody, because they are not requests in flight yet [X-09, P-59]', async (_title, bytes) => {
    slow.push(...(await begin(shop, 50, bytes)));
    for (let i = 0; i < 5; i += 1) await shop.visitor();
    expect(openOnes(slow)).toBe(50);
  });
});

describe('A client that takes too long', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({
      env: {
        HEADERS_TIMEOUT_SECONDS: '1',
        RECEIVE_TIMEOUT_SECONDS: '2',
        SEND_TIMEOUT_SECONDS: '1',
        KEEP_ALIVE_SECONDS: '2',
      },
    });
  });
  afterAll(() => shop.close());

  it('to send its headers is told so and cut off [X-09, X-16, P-59]', async () => {
    const [client] = await begin(shop, 1, HALF_HEADERS);
    const { status, text } = (await client?.answer()) ?? { status: 0, text: '' };
    expect({ status, body: JSON.parse(text) }).toEqual({
      status: 408,
      body: { code: 408, status: 'Request Timeout', message: expect.stringContaining('time') },
    });
    await client?.end();
  });

  it('to send its body is told so and cut off [X-09, X-16, P-59]', async () => {
    const [client] = await begin(shop, 1, HALF_BODY);
    expect((await client?.answer())?.status).toBe(408);
    await client?.end();
  });

  it('to send anything is cut off [X-09, P-59]', async () => {
    const [silent] = await begin(shop, 1, '');
    await silent?.end();
  });

  it('to read its answer is cut off [X-09, P-59]', async () => {
    const client = await RawClient.to(shop.url);
    client.socket.pause();
    // More than any buffer on the way can hold.
    client.send('GET /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(60));
    await expect.poll(() => countOf(shop), { timeout: 20_000 }).toBe(0);
    client.drop();
  });

  it('between two requests is disconnected [P-59]', async () => {
    const client = (await RawClient.to(shop.url)).send('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n');
    expect((await client.answer()).status).toBe(200);
    await client.end();
  });
});

const countOf = (shop: Shop): Promise<number> =>
  new Promise((resolve, reject) => {
    shop.app
      .getHttpServer()
      .getConnections((error: Error | null, count: number) => (error ? reject(error) : resolve(count)));
  });

describe('More connections than are allowed', () => {
  it.each([
    ['in all', { MAX_CONNECTIONS: '20' }],
    ['of one address', { MAX_CONNECTIONS_PER_ADDRESS: '20' }],
  ])('%s make room for a new one: the longest idle one goes first [X-09, P-59]', async (_title, env) => {
    const shop = await openShop({ env });
    const slow = [...(await begin(shop, 10, HALF_HEADERS)), ...(await begin(shop, 10, HALF_BODY))];
    for (let i = 0; i < 5; i += 1) {
      const honest = await RawClient.to(shop.url);
      expect((await honest.send('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n').answer()).status).toBe(200);
    }
    await Promise.all(slow.slice(0, 5).map((client) => client.end()));
    expect(openOnes(slow.slice(5))).toBe(15);
    for (const client of slow) client.drop();
    await shop.close();
  });

  it('from a trusted proxy are not counted by address [X-09]', async () => {
    const shop = await openShop({
      env: { MAX_CONNECTIONS_PER_ADDRESS: '5', TRUSTED_PROXIES: '127.0.0.0/8' },
    });
    const clients = await begin(shop, 20, HALF_HEADERS);
    await shop.http.get('/health/live').expect(200);
    expect(openOnes(clients)).toBe(20);
    for (const client of clients) client.drop();
    await shop.close();
  });
});

describe('Partly received bodies', () => {
  it('are limited together: the one that began first is refused [X-09]', async () => {
    const shop = await openShop({ env: { MAX_BODY_BYTES_WAITING: '1048576' } });
    const half = (n: number) =>
      `POST /customer/acme/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n${'x'.repeat(n)}`;
    const [first] = await begin(shop, 1, half(600_000));
    await pause(200);
    const [second] = await begin(shop, 1, half(600_000));
    expect(await first?.answer()).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1', connection: 'close' },
    });
    await shop.visitor();
    expect(second?.isOpen).toBe(true);
    second?.drop();
    await shop.close();
  });
});
