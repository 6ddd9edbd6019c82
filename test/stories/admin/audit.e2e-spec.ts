import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigningKeys } from '../../../src/auth/index.js';
import { Sweeps } from '../../../src/shared/sweeps.js';
import { Device } from '../../support/people/device.js';
import { openStorage } from '../../support/store/drivers.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

interface Line {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string };
  readonly reason?: string;
  readonly result: string;
  readonly requestId: string;
}

const AUDIT = '/admin/acme/audit';

describe('The audit log of a tenant', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let support: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    support = await shop.service('acme-support');
  });
  afterAll(() => shop.close());

  const pageOf = async (query = ''): Promise<{ items: Line[]; next?: string }> =>
    (await support.get(`${AUDIT}${query}`).expect(200)).body;
  const newest = async (query = '?limit=1'): Promise<Line | undefined> => (await pageOf(query)).items[0];

  it('says who changed what, when, from where and why [P-41]', async () => {
    const client = { clientId: 'audited', kind: 'backend', scopes: ['site.site_read'] };
    const { headers } = await staff
      .post('/admin/acme/clients', client)
      .set('X-Reason', 'new warehouse')
      .expect(201);
    expect(await newest()).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      at: shop.clock.now().toISOString(),
      actor: { kind: 'service', id: 'acme-backend' },
      action: 'client.create',
      target: { kind: 'client', id: 'audited' },
      network: '127.0.0.0/24',
      reason: 'new warehouse',
      result: 'ok',
      requestId: headers['x-request-id'],
    });
  });

  it('has each change before it is answered, on every instance', async () => {
    const other = await shop.secondInstance();
    try {
      await staff.patch('/admin/acme/clients/audited', { name: 'W', metadata: { version: 1 } }).expect(200);
      const { body } = await other.as(support.accessToken ?? '').get(`${AUDIT}?target=audited&limit=1`);
      expect(body.items[0]).toMatchObject({ action: 'client.change', result: 'ok' });
    } finally {
      await other.app.close();
    }
  });

  it('has changes of settings by other routes as well', async () => {
    await staff.patch('/site/acme/sites/us', { name: 'States' }).expect(200);
    expect(await newest()).toMatchObject({ action: 'site.change', target: { kind: 'site', id: 'us' } });
    await staff.put('/admin/acme/campaigns/summer', { rules: [{ utm_source: 'x' }] }).expect(200);
    expect(await newest()).toMatchObject({
      action: 'campaign.save',
      target: { kind: 'campaign', id: 'summer' },
    });
  });

  it('has each read, its own included', async () => {
    await staff.get('/admin/acme/clients').expect(200);
    expect((await pageOf('?limit=3')).items).toMatchObject([
      { action: 'client.list', target: { kind: 'client', id: '*' } },
      { action: 'audit.list', actor: { id: 'acme-support' } },
      { action: 'campaign.save' },
    ]);
  });

  it('has each refused request, with the reason of the refusal [P-41]', async () => {
    const path = '/admin/acme/clients/audited';
    const readonly = await shop.service('acme-readonly');
    const foreign = await shop.service('globex-backend');
    const visitor = await shop.visitor();
    const anna = await visitor.logIn('anna@acme.test', 'demo-Anna-2026');
    await shop.http.get(path).expect(401);
    await shop.as('nonsense').delete(path).expect(401);
    await readonly.delete(path).expect(403);
    await foreign.get(path).expect(403);
    await anna.get(path).expect(403);
    await (await shop.visitor()).get(path).expect(403);
    await staff.get('/admin/acme/clients/nobody').expect(404);
    await staff.post('/admin/acme/clients', { clientId: 'audited', kind: 'storefront' }).expect(409);
    await staff.patch(path, { metadata: { version: 99 } }).expect(409);
    await staff.post('/admin/acme/clients', { clientId: 'odd', kind: 'neither' }).expect(400);
    const { items } = await pageOf('?limit=10');
    expect(items.map(({ actor, action, target, result }) => [actor.kind, action, target.id, result])).toEqual(
      [
        ['service', 'client.create', 'odd', 'invalid'],
        ['service', 'client.change', 'audited', 'conflict'],
        ['service', 'client.create', 'audited', 'conflict'],
        ['service', 'client.read', 'nobody', 'not-found'],
        ['anonymous', 'client.read', 'audited', 'forbidden'],
        ['customer', 'client.read', 'audited', 'forbidden'],
        ['foreign', 'client.read', 'audited', 'forbidden'],
        ['service', 'client.remove', 'audited', 'forbidden'],
        ['unknown', 'client.remove', 'audited', 'unauthenticated'],
        ['unknown', 'client.read', 'audited', 'unauthenticated'],
      ],
    );
    expect(items.map(({ actor }) => actor.id)).toEqual([
      'acme-backend',
      'acme-backend',
      'acme-backend',
      'acme-backend',
      'acme-storefront',
      expect.any(String),
      'globex',
      'acme-readonly',
      'unknown',
      'unknown',
    ]);
  });

  it('has nothing of tenants that do not exist, and nothing of shoppers', async () => {
    await shop.http.get('/admin/nowhere/clients').expect(401);
    const visitor = await shop.visitor();
    await visitor.get('/session-context/acme/me/context').expect(404);
    await pageOf();
    expect((await shop.storage.audit.list('nowhere', { limit: 10 })).lines).toEqual([]);
    expect(await newest('?limit=2')).toMatchObject({ action: 'audit.list' });
    expect((await pageOf('?actor=acme-storefront')).items).toHaveLength(1);
  });

  it('keeps no token and no secret, even where one was sent in the place of an id [P-20]', async () => {
    const token = staff.accessToken ?? '';
    await staff.get(`/admin/acme/clients/${token}`).expect(404);
    expect((await newest())?.target).toEqual({ kind: 'client', id: 'unreadable' });
    const { body } = await staff
      .post('/admin/acme/clients/audited/secret', { overlapSeconds: 0, metadata: { version: 2 } })
      .expect(200);
    const all = JSON.stringify(await pageOf('?limit=200'));
    expect(all).not.toContain(body.secret);
    expect(all).not.toContain(token);
    expect(all).toContain('client.renew-secret');
  });

  it('is searched by actor, action, target and result', async () => {
    const actions = async (query: string) => (await pageOf(query)).items.map(({ action }) => action);
    expect(await actions('?actor=acme-readonly')).toEqual(['client.remove']);
    expect(await actions('?action=client.renew-secret')).toEqual(['client.renew-secret']);
    expect(await actions('?target=us')).toEqual(['site.change']);
    expect(await actions('?result=conflict')).toEqual(['client.change', 'client.create']);
    expect(await actions('?target=audited&result=ok')).toEqual([
      'client.renew-secret',
      'client.change',
      'client.create',
    ]);
    expect(await actions('?actor=acme-readonly&result=ok')).toEqual([]);
  });

  it('is searched by time', async () => {
    shop.clock.advanceSeconds(60);
    const from = shop.clock.now().toISOString();
    await staff.get('/admin/acme/regions').expect(200);
    shop.clock.advanceSeconds(60);
    const to = shop.clock.now().toISOString();
    await staff.get('/admin/acme/discounts').expect(200);
    expect((await pageOf(`?from=${from}&to=${to}`)).items.map(({ action }) => action)).toEqual([
      'region.list',
    ]);
    expect((await pageOf(`?to=${from}&limit=1`)).items[0]?.action).toBe('audit.list');
  });

  it('is read in pages that stay as they are while it grows', async () => {
    const all = (await pageOf('?limit=200')).items.map(({ id }) => id);
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const page = await pageOf(`?limit=7${next === undefined ? '' : `&cursor=${next}`}`);
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next !== undefined);
    expect(seen.filter((id) => all.includes(id))).toEqual(all);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each(['actr=x', 'limit=0', 'limit=201', 'from=yesterday', 'result=good', 'cursor=x', 'limit=1&cursor='])(
    'does not guess what is meant: %s',
    async (query) => {
      const { body, headers } = await support.get(`${AUDIT}?${query}`).expect(400);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(body).toMatchObject({ status: 400, errors: [expect.anything()] });
    },
  );

  it('refuses a reason that can not be kept, before anything is done', async () => {
    await staff.delete('/admin/acme/clients/audited').set('X-Reason', 'x'.repeat(501)).expect(400);
    await staff.get('/admin/acme/clients/audited').expect(200);
  });

  it('is for those with the scope, of this tenant', async () => {
    await (await shop.service('acme-readonly')).get(AUDIT).expect(403);
    await (await shop.service('globex-backend')).get(AUDIT).expect(403);
    await shop.http.get(AUDIT).expect(401);
    const { headers } = await support.get(AUDIT).expect(200);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('has a new signing key and one that was dropped, for each tenant', async () => {
    const keys = shop.app.get(SigningKeys);
    const [before] = await keys.list();
    await keys.rotate();
    const [signing] = await keys.list();
    await keys.drop(before?.kid ?? '');
    const globex = await shop.storage.audit.list('globex', { action: 'signing-key.drop', limit: 9 });
    expect(globex.lines).toMatchObject([{ actor: { kind: 'system' }, target: { id: before?.kid } }]);
    staff = await shop.service();
    support = await shop.service('acme-support');
    expect(await newest('?action=signing-key.rotate')).toMatchObject({
      actor: { kind: 'system', id: 'signing-keys' },
      target: { kind: 'signing-key', id: signing?.kid },
    });
  });

  it('has who acted as which customer, and why [P-38]', async () => {
    await staff.put('/admin/acme/session-apps/impersonate').expect(204);
    const device = new Device(shop.url, 'acme');
    device.cookies.set('VtexIdclientAutCookie', staff.accessToken ?? '');
    await device.begin().expect(201);
    const asked = {
      'vtex-impersonated-customer-email': 'anna@acme.test',
      'vtex-impersonation-reason': 'orders by telephone',
    };
    await device.change(asked).expect(200);
    expect(await newest('?action=customer.impersonate')).toMatchObject({
      actor: { kind: 'service', id: 'acme-backend' },
      target: { kind: 'customer' },
      reason: 'orders by telephone',
      network: '127.0.0.0/24',
      result: 'ok',
    });
  });

  it('forgets a person who is erased, and keeps that an erasure happened [P-72]', async () => {
    const visitor = await shop.visitor();
    const person = { email: 'gone@acme.test', password: 'gone-Password-2026' };
    const { body: made } = await visitor.post('/customer/acme/signup', person).expect(201);
    const customer = await visitor.logIn(person.email, person.password);
    await staff
      .get(`/admin/acme/sessions/${customer.sessionId}/explain`)
      .set('X-Reason', 'Gone Girl called')
      .expect(200);
    await staff.get(`/admin/acme/customers/${made.id}/export`).expect(200);
    await customer.get('/admin/acme/clients').expect(403);
    const { body } = await staff.delete(`/admin/acme/customers/${made.id}`).expect(200);
    expect(body.erased.auditAnonymised).toBe(3);
    await staff.get(`/admin/acme/customers/${made.id}/export`).expect(404);
    const all = JSON.stringify(await pageOf('?limit=200'));
    for (const trace of [made.id, customer.sessionId, 'Gone Girl']) expect(all).not.toContain(trace);
    expect((await pageOf('?target=unknown')).items[0]).toMatchObject({
      action: 'customer.export',
      result: 'not-found',
    });
    expect((await pageOf('?target=erased')).items.map(({ action }) => action)).toEqual([
      'customer.erase',
      'customer.export',
      'session.explain',
    ]);
  });

  it('ends after its days, whether or not it was swept', async () => {
    shop.clock.advanceDays(366);
    staff = await shop.service();
    support = await shop.service('acme-support');
    await staff.get('/admin/acme/regions').expect(200);
    expect((await pageOf()).items.map(({ action }) => action)).toEqual(['region.list']);
    await shop.app.get(Sweeps).run();
    if (shop.storage.driver === 'embedded') {
      expect((await shop.storage.audit.list('acme', { limit: 200 })).lines.length).toBeLessThan(5);
      expect((await shop.storage.audit.list('acme', { limit: 200, target: 'audited' })).lines).toEqual([]);
    }
  });
});

describe('An instance that stops', () => {
  it('writes the lines of all requests that it has answered, before the store is closed', async () => {
    const opened = await openStorage();
    const shop = await openShop({ opened });
    const staff = await shop.service();
    const { audit } = opened.storage;
    const append = audit.append.bind(audit);
    const written: string[] = [];
    audit.append = async (lines) => {
      // Slower than the requests are answered.
      await pause(100);
      await append(lines);
      written.push(...lines.map(({ action }) => action));
    };
    const asked = Array.from({ length: 30 }, () => staff.get('/admin/acme/clients/nobody').expect(404));
    await Promise.all(asked);
    expect(written.length).toBeLessThan(30);
    await shop.app.close();
    expect(written).toEqual(asked.map(() => 'client.read'));
    await opened.drop();
  });
});
