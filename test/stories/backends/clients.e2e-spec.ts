import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const CLIENTS = '/admin/acme/clients';
const EXPORT = { clientId: 'acme-export', kind: 'backend', name: 'Order export', scopes: ['site.site_read'] };
const SITES = '/site/acme/siteslist';

describe('An administrator manages the clients of a tenant', () => {
  let shop: Shop;
  let admin: ServiceUser;
  let secret: string;
  let service: ServiceUser;
  const token = (clientId: string, clientSecret: string) =>
    shop.http
      .post('/oauth/token')
      .type('form')
      .send({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
  const version = async (clientId: string): Promise<number> =>
    (await admin.get(`${CLIENTS}/${clientId}`).expect(200)).body.metadata.version;

  beforeAll(async () => {
    shop = await openShop();
    admin = await shop.service();
  });
  afterAll(() => shop.close());

  it('creates one, whose secret is shown only this once [P-03]', async () => {
    const { body, headers } = await admin.post(CLIENTS, EXPORT).expect(201);
    expect(body).toEqual({
      ...EXPORT,
      enabled: true,
      hasSecret: true,
      tokenEndpointAuthMethods: ['client_secret_basic', 'client_secret_post'],
      earlierSecretsEndAt: [],
      secret: expect.stringMatching(/^[\w-]{43}$/),
      metadata: { version: 1, createdAt: expect.any(String), modifiedAt: expect.any(String) },
    });
    expect(headers.location).toBe(`${CLIENTS}/acme-export`);
    expect(headers['cache-control']).toBe('no-store');
    secret = body.secret;
    const { secret: _shown, ...rest } = body;
    expect((await admin.get(headers.location ?? '').expect(200)).body).toEqual(rest);
    const stored = await shop.storage.clients.find('acme-export');
    expect(JSON.stringify(stored)).not.toContain(secret);
    service = await shop.service('acme-export', secret);
    await service.get(SITES).expect(200);
  });

  it('creates a storefront, which has no secret and begins sessions', async () => {
    const { body } = await admin.post(CLIENTS, { clientId: 'acme-kiosk', kind: 'storefront' }).expect(201);
    expect(body).not.toHaveProperty('secret');
    await shop.visitor({ client: 'acme-kiosk' });
    await admin
      .post(`${CLIENTS}/acme-kiosk/secret`, { overlapSeconds: 0, metadata: { version: 1 } })
      .expect(400);
  });

  it('is told if an id is taken by any tenant [C-03]', async () => {
    for (const clientId of ['acme-export', 'globex-backend']) {
      const { body } = await admin.post(CLIENTS, { ...EXPORT, clientId }).expect(409);
      expect(body).toMatchObject({ code: 409, status: 'Conflict' });
    }
  });

  it.each([
    ['an id that is none', { ...EXPORT, clientId: 'a b' }, 'clientId'],
    ['no id', { kind: 'backend', scopes: ['site.site_read'] }, 'clientId'],
    ['another kind', { ...EXPORT, clientId: 'acme-x', kind: 'robot' }, 'kind'],
    ['a scope that nobody has', { ...EXPORT, clientId: 'acme-x', scopes: ['all.of_it'] }, 'scopes'],
    ['no scope', { ...EXPORT, clientId: 'acme-x', scopes: [] }, 'scopes'],
    ['scopes for a storefront', { ...EXPORT, clientId: 'acme-x', kind: 'storefront' }, 'scopes'],
  ])('is told what is wrong with %s [W-45]', async (_what, body, field) => {
    const { body: answer } = await admin.post(CLIENTS, body).expect(400);
    expect(answer.details).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  });

  it('may use either spelling of a scope [D-06]', async () => {
    const draft = { ...EXPORT, clientId: 'acme-spelled', scopes: ['sessioncontext.context_manage'] };
    const { body } = await admin.post(CLIENTS, draft).expect(201);
    expect(body.scopes).toEqual(['session_context.context_manage']);
  });

  it('lists them in pages, without secrets [W-60]', async () => {
    const { body, headers } = await admin
      .get(`${CLIENTS}?pageSize=2&pageNumber=2&q=kind:backend`)
      .set('x-total-count', 'true')
      .expect(200);
    expect(body.map(({ clientId }: { clientId: string }) => clientId)).toEqual([
      'acme-export',
      'acme-readonly',
    ]);
    expect(headers['x-total-count']).toBe('6');
    expect(JSON.stringify(body)).not.toContain('hash');
    await admin.get(`${CLIENTS}?sort=secrets`).expect(400);
  });

  it('changes one; a scope that it loses opens nothing any more, even with an older token [P-33]', async () => {
    const path = `${CLIENTS}/acme-export`;
    const changes = { name: 'Export', scopes: ['price.price_read'], metadata: { version: 1 } };
    const { body } = await admin.patch(path, changes).expect(200);
    expect(body).toMatchObject({ name: 'Export', scopes: ['price.price_read'], metadata: { version: 2 } });
    const refused = await service.get(SITES).expect(403);
    expect(refused.body.details).toEqual([expect.stringContaining('missing scope: site.site_read')]);
    await admin.patch(path, { ...EXPORT, metadata: { version: 2 } }).expect(200);
    await service.get(SITES).expect(200);
  });

  it('is told when somebody else was faster, and must name the version that was read [W-46]', async () => {
    const path = `${CLIENTS}/acme-export`;
    const { body } = await admin.patch(path, { name: 'Old', metadata: { version: 1 } }).expect(409);
    expect(body).toMatchObject({ code: 409, metadata: { version: 3 } });
    await admin.patch(path, { name: 'None' }).expect(400);
    const tries = Array.from({ length: 10 }, (_, i) =>
      admin.patch(path, { name: `Try ${i}`, metadata: { version: 3 } }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    await admin.post(`${path}/secret`, { overlapSeconds: 0, metadata: { version: 1 } }).expect(409);
  });

  it('gives it a new secret, and the earlier one stays valid for the overlap', async () => {
    const path = `${CLIENTS}/acme-export/secret`;
    const renew = { overlapSeconds: 3600, metadata: { version: await version('acme-export') } };
    const { body } = await admin.post(path, renew).expect(200);
    expect(body.earlierSecretsEndAt).toEqual([
      new Date(shop.clock.now().getTime() + 3_600_000).toISOString(),
    ]);
    await token('acme-export', secret).expect(200);
    await token('acme-export', body.secret).expect(200);
    await service.get(SITES).expect(200);
    shop.clock.advanceSeconds(3600);
    await token('acme-export', secret).expect(401);
    await token('acme-export', body.secret).expect(200);
    secret = body.secret;
  });

  it('ends a leaked secret at once, with the tokens obtained with it', async () => {
    service = await shop.service('acme-export', secret);
    const renew = { overlapSeconds: 0, metadata: { version: await version('acme-export') } };
    const { body } = await admin.post(`${CLIENTS}/acme-export/secret`, renew).expect(200);
    await token('acme-export', secret).expect(401);
    await service.get(SITES).expect(401);
    secret = body.secret;
    service = await shop.service('acme-export', secret);
    for (const overlapSeconds of [-1, 2_592_001, '60', undefined]) {
      const wrong = { overlapSeconds, metadata: { version: body.metadata.version } };
      await admin.post(`${CLIENTS}/acme-export/secret`, wrong).expect(400);
    }
  });

  it('switches one off: it gets no tokens, and its existing ones are refused', async () => {
    const off = async (clientId: string, enabled: boolean) =>
      admin.patch(`${CLIENTS}/${clientId}`, { enabled, metadata: { version: await version(clientId) } });
    const visitor = await shop.visitor({ client: 'acme-kiosk' });
    await visitor.get('/customer/acme/me').expect(200);
    for (const clientId of ['acme-export', 'acme-kiosk'])
      expect((await off(clientId, false)).status).toBe(200);
    await token('acme-export', secret).expect(401);
    await service.get(SITES).expect(401);
    await visitor.get('/customer/acme/me').expect(401);
    await visitor.refresh().expect(401);
    for (const clientId of ['acme-export', 'acme-kiosk'])
      expect((await off(clientId, true)).status).toBe(200);
    await service.get(SITES).expect(200);
    await visitor.get('/customer/acme/me').expect(200);
  });

  it('removes one, whose tokens other instances refuse within seconds', async () => {
    const second = await shop.secondInstance();
    const there = second.as(String(service.accessToken));
    await there.get(SITES).expect(200);
    await admin.delete(`${CLIENTS}/acme-export`).expect(204);
    await service.get(SITES).expect(401);
    await token('acme-export', secret).expect(401);
    shop.clock.advanceSeconds(5);
    await there.get(SITES).expect(401);
    await second.close();
    await admin.get(`${CLIENTS}/acme-export`).expect(404);
    await admin.delete(`${CLIENTS}/acme-export`).expect(404);
    await admin.patch(`${CLIENTS}/acme-export`, { metadata: { version: 1 } }).expect(404);
    const renew = { overlapSeconds: 0, metadata: { version: 1 } };
    await admin.post(`${CLIENTS}/acme-export/secret`, renew).expect(404);
  });

  it('creates it again: the tokens of the removed one are still refused', async () => {
    await admin.post(CLIENTS, EXPORT).expect(201);
    await service.get(SITES).expect(401);
  });

  it('finds nothing of another tenant', async () => {
    const path = `${CLIENTS}/globex-backend`;
    expect((await admin.get(path).expect(404)).body).toMatchObject({ code: 404, status: 'Not Found' });
    await admin.delete(path).expect(404);
    await admin.get('/admin/globex/clients').expect(403);
  });

  it("can't lock the tenant out of its own administration", async () => {
    const path = `${CLIENTS}/acme-backend`;
    const metadata = { version: 1 };
    await admin.delete(path).expect(400);
    await admin.patch(path, { enabled: false, metadata }).expect(400);
    await admin.patch(path, { scopes: ['site.site_read'], metadata }).expect(400);
  });
});

describe('Somebody who may manage clients and little else', () => {
  let shop: Shop;
  let keeper: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    keeper = await shop.service('acme-backend', undefined, 'client.client_manage site.site_read');
  });
  afterAll(() => shop.close());

  it("can't give a scope that its own token does not hold [C-05, P-33]", async () => {
    const greedy = { ...EXPORT, scopes: ['site.site_read', 'cart.cart_manage'] };
    const { body } = await keeper.post(CLIENTS, greedy).expect(403);
    expect(body.details).toEqual(['missing scope: cart.cart_manage']);
    await keeper.post(CLIENTS, EXPORT).expect(201);
    await keeper
      .patch(`${CLIENTS}/acme-export`, { scopes: ['cart.cart_manage'], metadata: { version: 1 } })
      .expect(403);
  });

  it("can't take over a client that may do more", async () => {
    const renew = { overlapSeconds: 0, metadata: { version: 1 } };
    await keeper.post(`${CLIENTS}/acme-backend/secret`, renew).expect(403);
    await keeper.post(`${CLIENTS}/acme-readonly/secret`, renew).expect(200);
  });
});

describe('Clients', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('needs the scope to manage them [W-43, C-05]', async () => {
    const reader = await shop.service('acme-readonly');
    const visitor = await shop.visitor();
    const change = { name: 'Mine', metadata: { version: 1 } };
    const renew = { overlapSeconds: 0, metadata: { version: 1 } };
    const one = `${CLIENTS}/acme-readonly`;
    const everything = [
      (who: typeof shop.http) => who.get(CLIENTS),
      (who: typeof shop.http) => who.post(CLIENTS, EXPORT),
      (who: typeof shop.http) => who.get(one),
      (who: typeof shop.http) => who.patch(one, change),
      (who: typeof shop.http) => who.post(`${one}/secret`, renew),
      (who: typeof shop.http) => who.delete(one),
    ];
    for (const send of everything) {
      const { body } = await send(reader).expect(403);
      expect(body.details).toEqual(['missing scope: client.client_manage']);
      await send(visitor).expect(403);
      expect((await send(shop.http).expect(401)).body).toHaveProperty('fault');
    }
  });
});
