import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEVELOPMENT_OPERATOR_SECRET } from '../../../src/config/config.schema.js';
import { HttpUser, type ServiceUser, type Visitor } from '../../support/people/http-user.js';
import { aNewTenant } from '../../support/people/new-tenant.js';
import { openShop, type Shop } from '../../support/shop.js';

const TENANTS = '/admin/tenants';
const PROBLEM = /^application\/problem\+json/;

describe('The operator', () => {
  let shop: Shop;
  let operator: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    operator = await shop.operator();
  });
  afterAll(() => shop.close());

  const token = (scope: string, secret = 'a secret of the operator of the tests only') =>
    shop.http
      .post('/oauth/token')
      .type('form')
      .send({ grant_type: 'client_credentials', client_id: 'operator', client_secret: secret, scope });

  it('gets a token of no tenant, with one scope', async () => {
    for (const scope of ['', 'tenant.tenant_manage', 'tenant.tenant_manage site.site_read']) {
      const { body } = await token(scope).expect(200);
      expect(body).toMatchObject({ token_type: 'Bearer', scope: 'tenant.tenant_manage' });
    }
    for (const scope of ['site.site_read', 'tenant=acme tenant.tenant_manage', 'tenant=acme tenant=globex']) {
      expect((await token(scope).expect(400)).body.error).toBe('invalid_scope');
    }
    for (const secret of ['wrong', '']) await token('', secret).expect(401);
  });

  it('can open nothing of a tenant', async () => {
    await operator.get(TENANTS).expect(200).expect('cache-control', 'no-store');
    const { body } = await operator.get('/site/acme/sites').expect(403);
    expect(body.message).toMatch(/opens only \/admin\/tenants/);
    for (const path of ['/admin/acme/clients', '/session-context/acme/me/context', '/cart/acme/carts']) {
      await operator.get(path).expect(403);
    }
    await operator.get('/api/sessions?an=acme&items=*').expect(401);
  });

  it('alone can open them', async () => {
    const backend = await shop.service();
    for (const path of [TENANTS, `${TENANTS}/acme`, `${TENANTS}/jobs/x`]) {
      const { headers } = await backend.get(path).expect(403).expect('content-type', PROBLEM);
      expect(headers['www-authenticate']).toContain('scope="tenant.tenant_manage"');
      await (await shop.visitor()).get(path).expect(403);
      await shop.http.get(path).expect(401);
    }
    const scopes = ['tenant.tenant_manage'];
    await backend.post('/admin/acme/clients', { clientId: 'sly', kind: 'backend', scopes }).expect(400);
  });

  it('has no old tokens once there is another secret, and is not there without one', async () => {
    const open = (env: NodeJS.ProcessEnv) => openShop({ env, clock: shop.clock });
    const other = await open({ OPERATOR_SECRET: DEVELOPMENT_OPERATOR_SECRET });
    await new HttpUser(other.url, operator.accessToken).get(TENANTS).expect(401);
    await other.close();
    const without = await openShop({ env: { OPERATOR_SECRET: '' }, clock: shop.clock });
    for (const path of [TENANTS, `${TENANTS}/acme`]) await without.http.get(path).expect(404);
    // Without the operator's routes, this is the path of a tenant's own jobs.
    await without.http.get(`${TENANTS}/jobs/x`).expect(401);
    await without.http
      .post('/oauth/token')
      .type('form')
      .send({ grant_type: 'client_credentials', client_id: 'operator', client_secret: '' })
      .expect(401);
    await without.close();
  });
});

describe('A tenant of a running system', () => {
  let shop: Shop;
  let operator: ServiceUser;
  let visitor: Visitor;
  beforeAll(async () => {
    shop = await openShop();
    operator = await shop.operator();
  });
  afterAll(() => shop.close());

  it('is created with all that a tenant of the bootstrap file may hold, and works at once', async () => {
    const { body, headers } = await operator.post(TENANTS, aNewTenant('newshop')).expect(201);
    expect(headers.location).toBe(`${TENANTS}/newshop`);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatchObject({
      name: 'newshop',
      enabled: true,
      settings: { anonymousLifetimeSeconds: 600 },
      metadata: { version: 1, createdAt: shop.clock.now().toISOString() },
      clients: [
        {
          clientId: 'newshop-backend',
          kind: 'backend',
          scopes: ['site.site_read', 'customer.customer_manage'],
        },
        { clientId: 'newshop-storefront', kind: 'storefront' },
      ],
      sites: [{ code: 'main', currency: 'EUR', default: true }],
      vtex: { customerGroups: [{ id: 'gold', priceTables: ['gold'] }] },
    });
    visitor = await shop.visitor({ tenant: 'newshop' });
    await visitor.post('/cart/newshop/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    await visitor.logIn('carla@newshop.test', 'carla-Password-2026');
    visitor = await shop.visitor({ tenant: 'newshop' });
    const backend = await shop.service('newshop-backend');
    await backend.get('/site/newshop/sites').expect(200);
    await shop.http.post('/api/sessions?an=newshop', {}).expect(201);
  });

  it('is read without any secret', async () => {
    const { text, body } = await operator
      .get(`${TENANTS}/newshop`)
      .expect(200)
      .expect('cache-control', 'no-store');
    expect(text).not.toMatch(/secret|hash|password|epoch/i);
    expect(body).toEqual((await operator.get(`${TENANTS}/newshop`)).body);
    const { body: missing } = await operator
      .get(`${TENANTS}/nobody`)
      .expect(404)
      .expect('content-type', PROBLEM);
    expect(missing).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: "There is no tenant 'nobody'",
    });
    await operator.get(`${TENANTS}/Not-A-Tenant`).expect(400);
  });

  it('is refused with every problem by its field, and then nothing of it is left', async () => {
    const wrong = aNewTenant('wrong1', {
      settings: { cartAtLogin: 'perhaps' },
      clients: [{ clientId: 'x', kind: 'backend', secret: 'short', scopes: ['site.site_read'] }],
      nmae: 'x',
    });
    const { body } = await operator.post(TENANTS, wrong).expect(400).expect('content-type', PROBLEM);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['settings.cartAtLogin', 'clients[0].secret', 'body']),
    );
    const twice = {
      clients: [
        { clientId: 'web', kind: 'storefront' },
        { clientId: 'web', kind: 'storefront' },
      ],
    };
    const repeated = await operator.post(TENANTS, { name: 'wrong1', ...twice }).expect(400);
    expect(repeated.body.errors).toEqual([
      { field: 'clients[1].clientId', message: 'is the same as clients[0].clientId' },
    ]);
    const taken = aNewTenant('wrong1', { clients: [{ clientId: 'acme-storefront', kind: 'storefront' }] });
    const { body: others } = await operator.post(TENANTS, taken).expect(400);
    expect(others.errors[0].field).toBe('clients[0].clientId');
    // Only the store can tell that this price has no site.
    const late = aNewTenant('wrong1', {
      prices: [{ id: 'p', itemId: 'umbrella', currency: 'EUR', values: [1], siteCodes: ['nowhere'] }],
    });
    const { body: loaded } = await operator.post(TENANTS, late).expect(400);
    expect(loaded.errors[0].field).toMatch(/^prices\[0\]/);
    await operator.get(`${TENANTS}/wrong1`).expect(404);
    await operator.post(TENANTS, aNewTenant('tenants')).expect(400);
    await operator.post(TENANTS, []).expect(400);
    const many = Array.from({ length: 51 }, (_, i) => ({
      email: `c${i}@w.test`,
      password: 'a-Password-2026',
    }));
    await operator.post(TENANTS, { name: 'wrong1', customers: many }).expect(400);
    await operator.post(TENANTS, aNewTenant('wrong1')).expect(201);
  });

  it('has a name that no other has', async () => {
    const { body } = await operator
      .post(TENANTS, { name: 'acme' })
      .expect(409)
      .expect('content-type', PROBLEM);
    expect(body.detail).toMatch(/there is a tenant 'acme' already/);
    // Another route is `/admin/{tenant}/clients`.
    await operator.post(TENANTS, { name: 'clients' }).expect(201);
    expect((await operator.get(`${TENANTS}/clients`).expect(200)).body.name).toBe('clients');
  });

  it('may not have a secret that anybody knows, where others can reach the service', async () => {
    const exposed = await openShop({
      env: { HOST: '0.0.0.0' },
      clock: shop.clock,
    });
    const clients = [
      { clientId: 'b', kind: 'backend', secret: 'acme-backend-secret', scopes: ['site.site_read'] },
    ];
    const { body } = await (await exposed.operator()).post(TENANTS, { name: 'known1', clients }).expect(400);
    expect(body.detail).toMatch(/published/);
    await exposed.close();
  });

  it('is listed, newest first, page by page, also while others come', async () => {
    const names = async (query = '') => {
      const { body } = await operator.get(`${TENANTS}${query}`).expect(200);
      return { names: body.items.map(({ name }: { name: string }) => name), next: body.next };
    };
    shop.clock.advanceSeconds(1);
    await operator.post(TENANTS, { name: 'later1' }).expect(201);
    operator = await shop.operator();
    expect((await names()).names).toEqual(['later1', 'acme', 'clients', 'globex', 'newshop', 'wrong1']);
    const first = await names('?limit=2');
    expect(first.names).toEqual(['later1', 'acme']);
    shop.clock.advanceSeconds(1);
    await operator.post(TENANTS, { name: 'later2' }).expect(201);
    const second = await names(`?limit=2&cursor=${first.next}`);
    expect(second.names).toEqual(['clients', 'globex']);
    expect(await names(`?limit=2&cursor=${second.next}`)).toEqual({
      names: ['newshop', 'wrong1'],
      next: undefined,
    });
    for (const query of ['?limit=0', '?limit=201', '?cursor=x', '?nmae=acme']) {
      await operator.get(`${TENANTS}${query}`).expect(400).expect('content-type', PROBLEM);
    }
  });

  it('is changed from the version that was read, and only where the request says so', async () => {
    const settings = { anonymousLifetimeSeconds: 1200, vtex: { crossSiteCookies: null } };
    const change = { settings, metadata: { version: 1 } };
    const { body } = await operator.patch(`${TENANTS}/newshop`, change).expect(200);
    expect(body).toMatchObject({
      settings: { anonymousLifetimeSeconds: 1200, vtex: {} },
      metadata: { version: 2 },
      kept: [],
    });
    const { body: conflict } = await operator.patch(`${TENANTS}/newshop`, change).expect(409);
    expect(conflict).toMatchObject({ status: 409, metadata: { version: 2 } });
    const { body: next } = await shop.http
      .get('/customerlogin/auth/anonymous/login?tenant=newshop&client_id=newshop-storefront')
      .expect(200);
    expect(next.expires_in).toBe(1199);
    for (const wrong of [
      { settings: { cartAtLogin: 'perhaps' }, metadata: { version: 2 } },
      { enabled: 'no', metadata: { version: 2 } },
      { nmae: 1, metadata: { version: 2 } },
      { enabled: true },
    ]) {
      await operator.patch(`${TENANTS}/newshop`, wrong).expect(400).expect('content-type', PROBLEM);
    }
    await operator.patch(`${TENANTS}/nobody`, { metadata: { version: 1 } }).expect(404);
  });

  it('gets parts that it lacks, and keeps those that it has', async () => {
    const clients = [
      { clientId: 'newshop-storefront', kind: 'storefront' },
      {
        clientId: 'newshop-backend',
        kind: 'backend',
        secret: 'another secret of it',
        scopes: ['site.site_read'],
      },
      { clientId: 'newshop-app', kind: 'storefront' },
    ];
    const { body } = await operator
      .patch(`${TENANTS}/newshop`, { clients, metadata: { version: 2 } })
      .expect(200);
    expect(body.kept).toEqual([{ field: 'clients[1]', message: 'differs from the store in scopes, secret' }]);
    expect(body.clients).toHaveLength(3);
    await shop.visitor({ tenant: 'newshop', client: 'newshop-app' });
    await shop.service('newshop-backend');
  });

  it('is refused everywhere while it is switched off, and its sessions go on afterwards', async () => {
    const context = '/session-context/newshop/me/context';
    visitor = await shop.visitor({ tenant: 'newshop' });
    await visitor.post('/cart/newshop/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    const backend = await shop.service('newshop-backend');
    const carla = await (
      await shop.visitor({ tenant: 'newshop' })
    ).logIn('carla@newshop.test', 'carla-Password-2026');
    const { headers } = await shop.http.post('/api/sessions?an=newshop', {}).expect(201);
    const cookies = [headers['set-cookie']]
      .flat()
      .map((cookie) => String(cookie).split(';', 1)[0])
      .join('; ');

    await operator
      .patch(`${TENANTS}/newshop`, { enabled: false, metadata: { version: 3 } })
      .set('x-reason', 'unpaid')
      .expect(200);
    await visitor.get(context).expect(401);
    await visitor.refresh().expect(401);
    await carla.get('/customer/newshop/me').expect(401);
    await carla.refresh().expect(401);
    await backend.get('/site/newshop/sites').expect(401);
    const login = '/customerlogin/auth/anonymous/login?tenant=newshop&client_id=newshop-storefront';
    await shop.http.get(login).expect(401);
    await shop.http
      .post('/oauth/token')
      .type('form')
      .send({
        grant_type: 'client_credentials',
        client_id: 'newshop-backend',
        client_secret: 'newshop-backend-secret',
      })
      .expect(401);
    await shop.http.post('/api/sessions?an=newshop', {}).expect(404);
    await shop.http.get('/api/sessions?an=newshop&items=*').set('cookie', cookies).expect(404);
    await shop.http.get('/api/segments?an=newshop').set('cookie', cookies).expect(404);
    expect((await operator.get(`${TENANTS}/newshop`).expect(200)).body.enabled).toBe(false);
    // Others go on.
    await shop.visitor();

    await operator.patch(`${TENANTS}/newshop`, { enabled: true, metadata: { version: 4 } }).expect(200);
    await visitor.get(context).expect(200);
    await carla.get('/customer/newshop/me').expect(200);
    await backend.get('/site/newshop/sites').expect(200);
    await shop.http.get('/api/sessions?an=newshop&items=*').set('cookie', cookies).expect(200);
    await visitor.refreshed();
  });
});

describe('A change of a tenant', () => {
  let first: Shop;
  let second: Shop;
  let operator: ServiceUser;
  beforeAll(async () => {
    first = await openShop();
    second = await first.secondInstance();
    operator = await first.operator();
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });

  it('is in force on every other instance within five seconds', async () => {
    await operator.post(TENANTS, aNewTenant('newshop')).expect(201);
    const login = '/customerlogin/auth/anonymous/login?tenant=newshop&client_id=newshop-storefront';
    const { body } = await second.http.get(login).expect(200);
    expect(body.expires_in).toBe(599);
    const backend = await second.service('newshop-backend');
    const onSecond = new HttpUser(second.url, backend.accessToken);
    await onSecond.get('/site/newshop/sites').expect(200);
    await second.http.post('/api/sessions?an=newshop', {}).expect(201);

    const settings = { anonymousLifetimeSeconds: 900 };
    await operator.patch(`${TENANTS}/newshop`, { settings, metadata: { version: 1 } }).expect(200);
    first.clock.advanceSeconds(5);
    expect((await second.http.get(login).expect(200)).body.expires_in).toBe(899);

    await operator.patch(`${TENANTS}/newshop`, { enabled: false, metadata: { version: 2 } }).expect(200);
    first.clock.advanceSeconds(5);
    await second.http.get(login).expect(401);
    await onSecond.get('/site/newshop/sites').expect(401);
    await second.http.post('/api/sessions?an=newshop', {}).expect(404);

    await operator.patch(`${TENANTS}/newshop`, { enabled: true, metadata: { version: 3 } }).expect(200);
    first.clock.advanceSeconds(5);
    await second.http.get(login).expect(200);
    await onSecond.get('/site/newshop/sites').expect(200);
    await second.http.post('/api/sessions?an=newshop', {}).expect(201);
  });

  it('can be made on any of them, from one version only once', async () => {
    const version = { version: 4 };
    const answers = await Promise.all(
      [first, second].map(({ url }, i) =>
        new HttpUser(url, operator.accessToken).patch(`${TENANTS}/newshop`, {
          settings: { anonymousLifetimeSeconds: 100 + i },
          metadata: version,
        }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });
});
