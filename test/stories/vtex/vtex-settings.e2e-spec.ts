import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const ADMIN = '/admin/acme';

const banner = {
  url: 'https://apps.acme.test/banner',
  input: { public: ['utm_campaign'] },
  output: { offers: ['banner'] },
  order: 3,
};

/** A valid body for each kind, and one with a wrong field. */
const KINDS = [
  {
    path: 'customer-groups',
    good: { priceTables: ['silver'] },
    bad: { priceTables: ['a,b'] },
    field: 'priceTables',
  },
  {
    path: 'campaigns',
    good: { rules: [{ email: '@acme.test', group: 'gold' }, { postalCode: { from: '05000', to: '05999' } }] },
    bad: { rules: [{}] },
    field: 'rules.0',
  },
  {
    path: 'regions',
    good: { country: 'BRA', postalCodes: [{ from: '01000000', to: '01999999' }], areas: [[[0, 0], [1, 0], [0, 1]]] }, // prettier-ignore
    bad: { country: 'ZZZ' },
    field: 'country',
  },
  { path: 'session-apps', good: banner, bad: { ...banner, url: 'http://127.0.0.1:9' }, field: 'url' },
] as const;

describe('An employee sets up what session apps need', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const list = async (path: string) => (await staff.get(`${ADMIN}/${path}`).expect(200)).body;

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  it('finds the demo data of acme', async () => {
    expect(await list('customer-groups')).toMatchObject([{ id: 'gold', priceTables: ['gold'] }]);
    expect(await list('campaigns')).toMatchObject([
      { id: 'vip', rules: [{ utm_campaign: 'black friday' }] },
      { id: 'west', rules: [{ postalCode: { prefix: '05', country: 'BRA' } }] },
    ]);
    expect(await list('regions')).toMatchObject([
      { id: 'sao-paulo', country: 'BRA', postalCodes: [{ from: '05000000', to: '05999999' }] },
      { id: 'usa', country: 'USA', postalCodes: [], areas: [] },
    ]);
  });

  it('sees which apps take part, with their inputs and outputs, and that impersonate is not installed [M-12, M-53]', async () => {
    const apps: { name: string; installed: boolean; runOnCreate: boolean }[] = await list('session-apps');
    expect(apps.map(({ name }) => name)).toEqual([
      'vtex.store-session',
      'vtex.authentication-session',
      'vtex.profile-session',
      'vtex.rnb-session',
      'vtex.checkout-session',
      'vtex.impersonate-session',
    ]);
    expect(apps.filter(({ installed }) => !installed).map(({ name }) => name)).toEqual([
      'vtex.impersonate-session',
    ]);
    expect(apps.filter(({ runOnCreate }) => runOnCreate).map(({ name }) => name)).toEqual([
      'vtex.store-session',
    ]);
    expect(apps).toContainEqual({
      name: 'vtex.rnb-session',
      builtIn: true,
      installed: true,
      runOnCreate: false,
      input: { profile: ['email'], public: ['utm_source', 'utm_campaign', 'postalCode'] },
      output: { rnb: ['campaigns'] },
    });
  });

  it('installs impersonate only for this tenant, twice if need be, and removes it again [M-53]', async () => {
    const impersonate = `${ADMIN}/session-apps/impersonate`;
    const isInstalled = async (by: ServiceUser, tenant: string): Promise<boolean> =>
      (await by.get(`/admin/${tenant}/session-apps`).expect(200)).body.at(5).installed;
    for (const _ of [1, 2]) await staff.put(impersonate).expect(204);
    expect(await isInstalled(staff, 'acme')).toBe(true);
    expect(await isInstalled(await shop.service('globex-backend'), 'globex')).toBe(false);
    for (const _ of [1, 2]) await staff.delete(impersonate).expect(204);
    expect(await isInstalled(staff, 'acme')).toBe(false);
  });

  it('sees the trade policies: the sites, and who may use them', async () => {
    expect(await list('trade-policies')).toEqual([
      { id: 'b2b', name: 'Acme for business', active: true, default: false, currency: 'EUR', privacy: 'private', onlyForGroups: ['gold'] },
      { id: 'main', name: 'Acme', active: true, default: true, currency: 'EUR', privacy: 'public' },
      { id: 'us', name: 'Acme US', active: true, default: false, currency: 'USD', privacy: 'public' },
    ]); // prettier-ignore
  });

  it('needs the scope, in their own tenant, for trade policies and impersonate [M-53]', async () => {
    const routes = (tenant: string) =>
      [
        ['get', `/admin/${tenant}/trade-policies`],
        ['put', `/admin/${tenant}/session-apps/impersonate`],
        ['delete', `/admin/${tenant}/session-apps/impersonate`],
      ] as const;
    const customer = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    const others = [
      await shop.service('acme-backend', 'acme-backend-secret', 'session_context.context_manage'),
      await shop.service('globex-backend'),
      await shop.visitor(),
      customer,
    ];
    for (const [method, path] of routes('acme')) {
      for (const other of others) {
        expect((await other[method](path).expect(403)).body).toMatchObject({ code: 403 });
      }
      await shop.http[method](path).expect(401);
    }
    for (const [method, path] of routes('ACME')) await staff[method](path).expect(400);
    const apps: { name: string; installed: boolean }[] = await list('session-apps');
    expect(apps.find(({ name }) => name === 'vtex.impersonate-session')?.installed).toBe(false);
  });

  it("can't replace or remove a built-in app by its own name", async () => {
    const store = `${ADMIN}/session-apps/vtex.store-session`;
    expect((await staff.put(store, banner).expect(400)).body.details).toMatchObject([{ field: 'name' }]);
    await staff.delete(store).expect(404);
    expect(await list('session-apps')).toContainEqual(
      expect.objectContaining({ name: 'vtex.store-session', builtIn: true, installed: true }),
    );
  });

  it('sees the default policy change together with the default site', async () => {
    const sites = await shop.service(
      'acme-backend',
      'acme-backend-secret',
      'site.site_read site.site_manage',
    );
    const makeDefault = (code: string) => sites.patch(`/site/acme/sites/${code}`, { default: true });
    await makeDefault('us').expect(200);
    try {
      const policies: { id: string; default: boolean }[] = await list('trade-policies');
      expect(policies.filter((policy) => policy.default).map(({ id }) => id)).toEqual(['us']);
    } finally {
      await makeDefault('main').expect(200);
    }
  });

  it('makes a region of a whole country, even if nulls say so', async () => {
    const region = `${ADMIN}/regions/whole`;
    const sent = { country: 'PRT', postalCodes: null, areas: null, metadata: null };
    const { body } = await staff.put(region, sent).expect(200);
    expect(body).toMatchObject({ country: 'PRT', postalCodes: [], areas: [] });
    await staff.delete(region).expect(204);
  });

  describe.each(KINDS)('$path', ({ path, good, bad, field }) => {
    const one = `${ADMIN}/${path}/mine`;
    let version = 0;

    it('are made, read back as they were sent, and replaced from the version that was read', async () => {
      const { body } = await staff.put(one, { ...good, metadata: { version: 0 } }).expect(200);
      expect(body).toMatchObject(good);
      expect(await list(path)).toContainEqual(body);
      ({ version } = (await staff.put(one, { ...good, metadata: body.metadata }).expect(200)).body.metadata);
      expect(version).toBeGreaterThan(body.metadata.version);
    });

    it('are not replaced from an older version, and the answer names the current one', async () => {
      const { body } = await staff.put(one, { ...good, metadata: { version: version - 1 } }).expect(409);
      expect(body).toMatchObject({ code: 409, metadata: { version } });
    });

    it('are replaced in any version if the caller names none', async () => {
      await staff.put(one, good).expect(200);
    });

    it('are refused with the name of the wrong field, or for a wrong id', async () => {
      const { body } = await staff.put(one, bad).expect(400);
      expect(body).toMatchObject({ code: 400, details: [{ field }] });
      const { body: named } = await staff.put(`${ADMIN}/${path}/a%0Ab`, good).expect(400);
      expect(named.details).toMatchObject([{ field: 'id' }]);
    });

    it('are refused if the body is a form or too large', async () => {
      await staff.put(one).type('form').send({ a: 1 }).expect(415);
      await staff.put(one, { ...good, more: 'x'.repeat(1_100_000) }).expect(413);
    });

    it('are removed once', async () => {
      await staff.delete(one).expect(204);
      await staff.delete(one).expect(404);
      expect(
        (await list(path)).some(
          (entry: { id?: string; name?: string }) => (entry.id ?? entry.name) === 'mine',
        ),
      ).toBe(false);
    });

    it('are only for callers with the scope, in their own tenant', async () => {
      const others = [
        await shop.service('acme-readonly'),
        await shop.service('globex-backend'),
        await shop.visitor(),
      ];
      for (const other of others) {
        await other.get(`${ADMIN}/${path}`).expect(403);
        await other.put(one, good).expect(403);
        await other.delete(one).expect(403);
      }
      await shop.http.get(`${ADMIN}/${path}`).expect(401);
      await shop.http.put(one, good).expect(401);
      await shop.http.delete(one).expect(401);
      await shop
        .as(staff.accessToken ?? '')
        .get(`/admin/ACME/${path}`)
        .expect(400);
    });
  });

  it("can't give one output two owners, unless both are marked as shared [D-18]", async () => {
    await staff.put(`${ADMIN}/session-apps/first`, banner).expect(200);
    const { body } = await staff.put(`${ADMIN}/session-apps/second`, banner).expect(400);
    expect(body.details).toMatchObject([
      { field: 'output.offers.banner', message: expect.stringContaining("'first'") },
    ]);
    await staff.put(`${ADMIN}/session-apps/first`, { ...banner, shared: true }).expect(200);
    await staff.put(`${ADMIN}/session-apps/second`, { ...banner, shared: true }).expect(200);
  });

  it("can't take the place of a built-in app, by its name or by its outputs [D-18]", async () => {
    const reserved = await staff
      .put(`${ADMIN}/session-apps/vtex.banner`, { ...banner, shared: true })
      .expect(400);
    expect(reserved.body.details).toMatchObject([{ field: 'name' }]);
    const output = { store: ['channel'] };
    const taken = await staff.put(`${ADMIN}/session-apps/mine`, { ...banner, output }).expect(400);
    expect(taken.body.details).toMatchObject([{ field: 'output.store' }]);
  });

  it('finds changes as they were made, even after the declared data is loaded again', async () => {
    await staff.delete(`${ADMIN}/campaigns/vip`).expect(204);
    const again = await shop.secondInstance();
    try {
      expect((await list('campaigns')).map(({ id }: { id: string }) => id)).toEqual(['west']);
    } finally {
      await again.close();
    }
  });
});
