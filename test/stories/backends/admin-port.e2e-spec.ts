import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminAddressOf } from '../../../src/http/edge/admin-server.js';
import { HttpUser, type ServiceUser } from '../../support/people/http-user.js';
import { McpAgent } from '../../support/people/mcp-agents.js';
import { RawClient } from '../../support/people/raw-client.js';
import { openShop, type Shop } from '../../support/shop.js';

const OPERATORS = ['/metrics', '/docs', '/docs/start.js', '/admin/acme/outbox', '/admin/acme/clients'];
const SHOPPERS = [
  '/session-context/acme/me/context',
  '/cart/acme/carts',
  '/customer/acme/me',
  '/api/sessions?an=acme&items=*',
  '/.well-known/jwks.json',
];

/** Opens a separate port for the operators of the service. */
async function openWithAdminPort(
  env: NodeJS.ProcessEnv = {},
): Promise<{ shop: Shop; admin: HttpUser; url: string }> {
  const shop = await openShop({ env: { ADMIN_PORT: '0', MCP: 'on', ...env } });
  const url = adminAddressOf(shop.app.getHttpAdapter().getInstance()) ?? '';
  return { shop, admin: new HttpUser(url), url };
}

describe('With ADMIN_PORT set', () => {
  let shop: Shop;
  let admin: HttpUser;
  let url: string;
  let staff: ServiceUser;
  beforeAll(async () => {
    ({ shop, admin, url } = await openWithAdminPort());
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  it.each(OPERATORS)(
    'the public port does not serve %s, however it is written [X-19, P-40]',
    async (path) => {
      const nowhere = await shop.http.get('/nowhere').expect(404);
      for (const written of [
        path,
        `${path}/`,
        path.replace('/', '/%').replace(/%(.)/, (_, c: string) => escaped(c)),
      ]) {
        for (const user of [shop.http, staff]) {
          const { body } = await user.get(written).expect(404);
          expect(body).toEqual(nowhere.body);
        }
      }
      await shop.http.delete(path).expect(404);
      await shop.options(path, { origin: 'https://shop.example' }).expect(404);
    },
  );

  const escaped = (character: string): string => `%${character.charCodeAt(0).toString(16)}`;

  it('the other port serves it and requires the same tokens [X-19]', async () => {
    await admin.get('/metrics').expect(200);
    await admin.get('/docs').expect(200);
    await admin.get('/admin/acme/outbox').expect(401);
    await new HttpUser(url, staff.accessToken).get('/admin/acme/clients').expect(200);
  });

  it.each(SHOPPERS)('the other port does not serve %s [X-19]', async (path) => {
    await admin.get(path).expect(404);
  });

  it('both serve health checks and the API description [X-19]', async () => {
    for (const user of [shop.http, admin]) {
      await user.get('/health/live').expect(200);
      await user.get('/health/ready').expect(200);
    }
    const { body: inPublic } = await shop.http.get('/openapi.json').expect(200);
    expect(inPublic.servers.map((server: { url: string }) => server.url)).toEqual([
      'http://onesession.test',
      '/',
    ]);
  });

  it('agents are offered no tools that need what the public port does not serve [X-19]', async () => {
    const agent = await McpAgent.of(shop.url, staff);
    expect(await agent.tools()).toEqual(['cart_change_line']);
    await agent.close();
  });

  it('the metadata of the authorization server names no documentation [X-19]', async () => {
    const { body } = await shop.http.get('/.well-known/oauth-authorization-server').expect(200);
    expect(body).not.toHaveProperty('service_documentation');
  });

  it('the other port refuses what is not HTTP just as the first one does [X-16, X-19]', async () => {
    const client = await RawClient.to(url);
    expect((await client.send('HELLO\r\n\r\n').answer()).status).toBe(400);
    client.drop();
  });
});

describe('Without ADMIN_PORT', () => {
  const PRODUCTION = { NODE_ENV: 'production', RATE_LIMITS: 'on', BOOTSTRAP_FILE: '' };

  it('outside production one port serves everything, and the metadata names the documentation [X-19]', async () => {
    const shop = await openShop();
    for (const path of ['/metrics', '/docs', '/openapi.json', '/health/live'])
      await shop.http.get(path).expect(200);
    await shop.http.get('/admin/acme/outbox').expect(401);
    const { body } = await shop.http.get('/.well-known/oauth-authorization-server').expect(200);
    expect(body.service_documentation).toBe('http://onesession.test/docs');
    await shop.close();
  });

  it('metrics and documentation are closed in production [X-19]', async () => {
    const shop = await openShop({ env: PRODUCTION });
    for (const path of ['/metrics', '/docs', '/docs/start.js']) await shop.http.get(path).expect(404);
    await shop.http.get('/health/live').expect(200);
    await shop.http.get('/admin/acme/outbox').expect(401);
    await shop.close();
  });

  it('in production they are open on request [X-19]', async () => {
    const shop = await openShop({ env: { ...PRODUCTION, PUBLIC_METRICS: 'on', PUBLIC_DOCS: 'on' } });
    for (const path of ['/metrics', '/docs']) await shop.http.get(path).expect(200);
    await shop.close();
  });
});

describe('A service with two ports that is told to stop', () => {
  it('answers requests in flight on both, and closes both [X-19]', async () => {
    const { shop, url } = await openWithAdminPort();
    const clients = await Promise.all([RawClient.to(shop.url), RawClient.to(url)]);
    for (const client of clients) client.send('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n');
    for (const client of clients) expect((await client.answer()).status).toBe(200);
    await shop.close();
    for (const client of clients) await client.end();
    for (const address of [shop.url, url])
      await expect(RawClient.to(address)).rejects.toThrow('ECONNREFUSED');
  });
});
