import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundedFetch } from './bounded-fetch.js';

describe('An answer that is fetched', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const bytes = Number(request.url?.slice(1));
      if (request.url === '/empty') return void response.writeHead(200).end();
      if (request.headers.accept !== 'application/jwk-set+json') return void response.writeHead(406).end();
      response.writeHead(203, { 'content-type': 'application/json' });
      response.write('x'.repeat(Math.ceil(bytes / 2)));
      response.end('y'.repeat(Math.floor(bytes / 2)));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());
  const options = { headers: { accept: 'application/jwk-set+json' } };

  it('is returned as it is if it has no more bytes than are allowed', async () => {
    const answer = await boundedFetch(10)(`${url}/10`, options);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([203, 'application/json']);
    expect(await answer.text()).toBe('xxxxxyyyyy');
  });

  it('is abandoned if it has more, and the error names its host', async () => {
    const { host } = new URL(url);
    await expect(boundedFetch(10)(`${url}/11`, options)).rejects.toThrow(
      `${host} answered with more than 10 bytes`,
    );
  });

  it('may have 256 kilobytes by default', async () => {
    expect((await boundedFetch()(`${url}/262144`, options)).status).toBe(203);
    await expect(boundedFetch()(`${url}/262145`, options)).rejects.toThrow('more than 262144 bytes');
  });

  it('may have no body and no type', async () => {
    const answer = await boundedFetch(10)(`${url}/empty`, {});
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, '', '']);
  });
});
