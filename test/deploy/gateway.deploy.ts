import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { Authorizer } from '../support/programs/authorizer.js';
import { freePort, Nginx, portOf } from '../support/programs/nginx.js';
import { typed } from '../support/programs/shell.js';
import { openShop, type Shop } from '../support/shop.js';

describe('nginx with the settings of examples/gateway', () => {
  const nginx = new Nginx();
  let shop: Shop;
  let authorizer: Authorizer;
  let application: Server;
  let origin: string;

  beforeAll(async () => {
    shop = await openShop();
    authorizer = await Authorizer.start(shop.url);
    application = createServer(({ headers }, response) => void response.end(JSON.stringify(headers)));
    application.listen(0, '127.0.0.1');
    await once(application, 'listening');
    const port = await freePort();
    const settings = readFileSync('examples/gateway/nginx.conf', 'utf8')
      .replace('127.0.0.1:8081', `127.0.0.1:${portOf(application)}`)
      .replace('127.0.0.1:4002', new URL(authorizer.url).host)
      .replace('listen 8080', `listen 127.0.0.1:${port}`);
    await nginx.start(settings, port);
    origin = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await nginx.stop();
    application.close();
    await authorizer.stop();
    await shop.close();
  });

  const ask = (token?: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${origin}/orders`, {
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    });

  it('lets the holder of a living session through, and tells the application who it is', async () => {
    const visitor = await shop.visitor();
    const answer = await ask(visitor.accessToken, { 'x-session-tenant': 'globex', 'x-session-id': 'forged' });
    expect(answer.status).toBe(200);
    const told: unknown = await answer.json();
    expect(told).toMatchObject({ 'x-session-tenant': 'acme', 'x-session-scope': 'tenant=acme' });
    expect(told).toHaveProperty('x-session-id', expect.stringMatching(/^[\da-f-]{36}$/));
  });

  it('answers curl as its page says', async () => {
    const [commands = ''] = blocksFor('test/deploy/gateway.deploy.ts', 'examples/gateway/README.md');
    const { accessToken: TOKEN } = await shop.visitor();
    const { out } = await typed(commands.replaceAll('http://127.0.0.1:8080', origin), { env: { TOKEN } });
    expect(out.match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200']);
    expect(out).toContain('"x-session-tenant":"acme"');
  });

  it('refuses everybody else before the application sees them', async () => {
    const visitor = await shop.visitor();
    for (const token of [undefined, 'not-a-token', 'a&client_id=b', visitor.refreshToken]) {
      expect((await ask(token)).status).toBe(401);
    }
  });

  it('refuses the next request after the session has ended', async () => {
    const visitor = await shop.visitor();
    expect((await ask(visitor.accessToken)).status).toBe(200);
    await shop.http
      .post('/oauth/revoke')
      .type('form')
      .send({ client_id: 'acme-storefront', token: visitor.accessToken })
      .expect(200);
    expect((await ask(visitor.accessToken)).status).toBe(401);
  });

  it('and lets nobody through without an authorizer', async () => {
    const { accessToken } = await shop.visitor();
    await authorizer.stop();
    expect((await ask(accessToken)).status).toBe(500);
  });
});
