import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../support/shop.js';
import { expectValid } from '../../ucp/agent.js';

describe('A shopping agent discovers a business', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({
      env: { UCP_HOSTS: 'globex=shop.globex.test, acme=acme.test', UCP_DEFAULT_TENANT: 'acme' },
    });
  });
  afterAll(() => shop.close());

  const profileAt = (host: string) => supertest(shop.url).get('/.well-known/ucp').set('host', host);

  it('at /.well-known/ucp, with where its carts are', async () => {
    const { body, headers } = await shop.http.get('/.well-known/ucp').expect(200);
    expectValid('profile', body);
    expect(headers['cache-control']).toBe('public, max-age=300');
    expect(body.ucp).toMatchObject({
      version: '2026-08-25',
      services: {
        'dev.ucp.shopping': [{ transport: 'rest', endpoint: 'http://onesession.test/ucp/acme' }],
      },
      capabilities: {
        'dev.ucp.shopping.cart': [
          { version: '2026-08-25', schema: 'https://ucp.dev/2026-08-25/schemas/shopping/cart.json' },
        ],
      },
      payment_handlers: {},
    });
  });

  it('by the name of its host, and never gets an address that the caller made up', async () => {
    const endpointAt = async (host: string) => {
      const { body } = await profileAt(host).expect(200);
      expectValid('profile', body);
      return body.ucp.services['dev.ucp.shopping'][0].endpoint;
    };
    expect(await endpointAt('shop.globex.test')).toBe('https://shop.globex.test/ucp/globex');
    expect(await endpointAt('Shop.Globex.test:443')).toBe('https://shop.globex.test/ucp/globex');
    expect(await endpointAt('acme.test')).toBe('https://acme.test/ucp/acme');
    expect(await endpointAt('evil.test')).toBe('http://onesession.test/ucp/acme');
  });

  it('by no other header, so that no cache between gets the profile of another business [X-40]', async () => {
    const behind = await openShop({
      env: { UCP_HOSTS: 'globex=shop.globex.test, acme=acme.test', TRUSTED_PROXIES: '127.0.0.1' },
    });
    const forged = { host: 'acme.test', 'x-forwarded-host': 'shop.globex.test' };
    const { body } = await supertest(behind.url).get('/.well-known/ucp').set(forged).expect(200);
    expect(body.ucp.services['dev.ucp.shopping'][0].endpoint).toBe('https://acme.test/ucp/acme');
    await behind.close();
  });

  it('nowhere if no tenant is named for the host, and no cache keeps that [X-44]', async () => {
    const other = await openShop({
      env: { BOOTSTRAP_FILE: 'bootstrap/demo.json', UCP_HOSTS: 'acme=acme.test' },
    });
    try {
      const { body, headers } = await other.http.get('/.well-known/ucp').expect(404);
      expectValid('answer', body);
      expect(headers['cache-control']).toBe('no-store');
      await supertest(other.url).get('/.well-known/ucp').set('host', 'acme.test').expect(200);
    } finally {
      await other.close();
    }
  });

  it('nowhere if the protocol is not asked for', async () => {
    const off = await openShop({ env: { UCP: 'off' } });
    try {
      const agent = await off.service('acme-agent');
      const refused = [
        await off.http.get('/.well-known/ucp').expect(404),
        await agent.post('/ucp/acme/carts', { line_items: [] }).expect(404),
      ];
      for (const { body } of refused) {
        expect(body.messages).toMatchObject([
          { content: '/ucp is switched off; it is served if the setting UCP is on' },
        ]);
      }
    } finally {
      await off.close();
    }
  });
});
