import { request } from 'node:http';
import { fetch as undiciFetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../../support/people/raw-client.js';
import { openShop, type Shop } from '../../support/shop.js';

const MIB = 1024 * 1024;
const PATH = '/customer/acme/login';
const TOO_LARGE = {
  type: 'payload_too_large',
  status: 413,
  message: expect.stringContaining('BODY_LIMIT_BYTES'),
};

describe('A body over the limit', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  const head = (more: string): string =>
    `POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${more}\r\n\r\n`;

  it.each([2, 5, 10])(
    'of %i MiB is refused, and a client that sends all of it first can read why [F-29]',
    async (size) => {
      const client = await RawClient.to(shop.url);
      client.send(head(`content-length: ${size * MIB}`));
      for (let sent = 0; sent < size; sent += 1) client.send(Buffer.alloc(MIB, 'x'));
      const { status, text } = await client.answer();
      expect({ status, body: JSON.parse(text) }).toEqual({ status: 413, body: TOO_LARGE });
      client.drop();
    },
  );

  it('leaves the connection usable [F-29]', async () => {
    const client = await RawClient.to(shop.url);
    client.send(head(`content-length: ${2 * MIB}`)).send(Buffer.alloc(2 * MIB, 'x'));
    const first = await client.answer();
    expect(first.status).toBe(413);
    expect(first.headers).not.toHaveProperty('connection', 'close');
    client.send('GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    await client.end();
  });

  it.each([2, 5, 10])('of %i MiB in chunks is refused the same way [F-29]', async (size) => {
    const client = await RawClient.to(shop.url);
    client.send(head('transfer-encoding: chunked'));
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, 'x'), Buffer.from('\r\n')]);
    for (let sent = 0; sent < size * 16; sent += 1) client.send(chunk);
    client.send('0\r\n\r\n');
    expect((await client.answer()).status).toBe(413);
    client.drop();
  });

  it.each([2, 10])('of %i MiB is refused for fetch, whichever way it sends [F-29]', async (size) => {
    const headers = { 'content-type': 'application/json' };
    const body = 'x'.repeat(size * MIB);
    for (const ask of [fetch, undiciFetch]) {
      const answer = await ask(`${shop.url}${PATH}`, { method: 'POST', headers, body });
      expect({ status: answer.status, body: await answer.json() }).toEqual({ status: 413, body: TOO_LARGE });
    }
    const parts = async function* parts() {
      for (let sent = 0; sent < size; sent += 1) yield Buffer.alloc(MIB, 'x');
    };
    const streamed = await undiciFetch(`${shop.url}${PATH}`, {
      method: 'POST',
      headers,
      body: parts(),
      duplex: 'half',
    });
    expect(streamed.status).toBe(413);
  });

  it('need not be sent by a client that asks first [F-29]', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asked = request(`${shop.url}${PATH}`, {
        method: 'POST',
        headers: { expect: '100-continue', 'content-type': 'application/json', 'content-length': 5 * MIB },
      });
      asked.on('continue', () => reject(new Error('told to go on')));
      asked.on('response', (response) => resolve(response.resume().statusCode));
      asked.on('error', reject);
      asked.flushHeaders();
    });
    expect(status).toBe(413);
  });

  it('does not delay a client that asks first and sends little', async () => {
    const client = await RawClient.to(shop.url);
    const body = '{"email":"anna@acme.test","password":"demo-Anna-2026"}';
    client.send(head(`expect: 100-Continue\r\ncontent-length: ${body.length}`)).send(body);
    expect((await client.answer()).status).toBe(401);
    client.drop();
  });
});
