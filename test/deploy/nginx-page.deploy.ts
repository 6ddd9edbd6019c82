import { decodeJwt } from 'jose';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { freePort, Nginx } from '../support/programs/nginx.js';
import { openShop, type Shop } from '../support/shop.js';

const [SETTINGS = ''] = blocksFor('test/deploy/nginx-page.deploy.ts', 'docs/clients.md');

interface Begun {
  readonly status: number;
  /** The tenant that the session is of. */
  readonly account?: unknown;
  readonly cookies: readonly string[];
}

describe('nginx with the settings of docs/clients.md', () => {
  const nginx = new Nginx();
  const agent = new Agent({ connect: { rejectUnauthorized: false } });
  let shop: Shop;
  let https: string;
  let http: string;

  beforeAll(async () => {
    const ISSUER = 'https://shop.example.com';
    shop = await openShop({
      env: { ISSUER, TRUSTED_PROXIES: '127.0.0.1', VTEX_HOST_SUFFIX: '.shop.example.com' },
    });
    nginx.certify('*.shop.example.com');
    const [port, plain] = [await freePort(), await freePort()];
    [https, http] = [`https://127.0.0.1:${port}`, `http://127.0.0.1:${plain}`];
    const settings = SETTINGS.replace('127.0.0.1:3000', new URL(shop.url).host)
      .replaceAll('/etc/nginx/tls', nginx.folder)
      .replace('listen 443 ssl', `listen 127.0.0.1:${plain}; listen 127.0.0.1:${port} ssl`);
    await nginx.start(settings, port);
  });
  afterAll(async () => {
    await nginx.stop();
    await agent.close();
    await shop.close();
  });

  /** Begins a session of the shop `globex`. */
  const begin = async (origin: string, headers: Readonly<Record<string, string>> = {}): Promise<Begun> => {
    const own = { host: 'globex.shop.example.com', 'content-type': 'application/json' };
    const answer = await request(`${origin}/api/sessions`, {
      method: 'POST',
      headers: { ...own, ...headers },
      body: '{"public":{}}',
      dispatcher: agent,
    });
    const text = await answer.body.text();
    const { sessionToken } = JSON.parse(text) as { sessionToken?: string };
    return {
      status: answer.statusCode,
      ...(sessionToken !== undefined && { account: decodeJwt(sessionToken)['account'] }),
      cookies: [answer.headers['set-cookie'] ?? []].flat(),
    };
  };

  it('hands over which shop was asked, and that it was by https', async () => {
    const { status, account, cookies } = await begin(https);
    expect({ status, account }).toEqual({ status: 201, account: 'globex' });
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toContain('; Secure;');
  });

  it('replaces what a client says in the name of a proxy', async () => {
    const forged = { 'x-forwarded-host': 'acme.shop.example.com', 'x-forwarded-proto': 'http' };
    expect(await begin(https, forged)).toMatchObject({ status: 201, account: 'globex' });
  });

  it('has the service refuse what came by plain http', async () => {
    expect(await begin(http, { 'x-forwarded-proto': 'https' })).toMatchObject({ status: 403, cookies: [] });
  });
});
