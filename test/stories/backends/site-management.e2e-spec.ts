import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const SITES = '/site/acme/sites';

const france = {
  code: 'fr',
  name: 'Acme France',
  active: true,
  default: false,
  defaultLanguage: 'fr',
  languages: ['fr', 'en'],
  currency: 'EUR',
  availableCurrencies: ['USD'],
  homeBase: { address: { country: 'FR', zipCode: '75001', city: 'Paris' }, timezone: 'Europe/Paris' },
  shipToCountries: ['FR', 'BE'],
  taxDeterminationBasedOn: 'SHIPPING_ADDRESS',
  includesTax: true,
  cartCalculationScale: 3,
  mixins: { fees: { active: true } },
  metadata: { mixins: { fees: 'https://schemas.test/fees' } },
  payment: [
    { id: 'card', configuration: { public: { key: 'pk' }, restricted: { key: 'only for staff' } } },
    { id: 'cash', active: false },
  ],
  assistedBuying: { storefrontUrl: 'https://shop.test' },
};

describe('An employee sets up a site', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let visitor: Visitor;
  const read = async (path = `${SITES}/fr?expand=payment:all,mixin:*`) =>
    (await staff.get(path).expect(200)).body;

  beforeAll(async () => {
    shop = await openShop();
    [staff, visitor] = [await shop.service(), await shop.visitor()];
  });
  afterAll(() => shop.close());

  it('creates it, and is told where it is', async () => {
    const answer = await staff.post(SITES, france).expect(201);
    expect(answer.body).toEqual({ id: 'fr' });
    expect(answer.headers['location']).toBe('/site/acme/sites/fr');
    await staff.get(answer.headers['location'] ?? '').expect(200);
  });

  it('reads it as it was sent, with its currency among the available ones [W-56]', async () => {
    expect(await read()).toEqual({
      ...france,
      availableCurrencies: ['EUR', 'USD'],
      metadata: { ...france.metadata, version: 1 },
    });
  });

  it('is told that the code is taken, by field and in the service’s error body [W-45]', async () => {
    const { body } = await staff.post(SITES, france).expect(409);
    expect(body).toMatchObject({ type: 'conflict_resource', status: 409 });
    expect(body.message).toMatch(/^code: .*'fr'/);
  });

  it('changes parts of it without touching the rest', async () => {
    const before = await read();
    const answer = await staff
      .patch(`${SITES}/fr`, { name: 'France', homeBase: { address: { city: 'Lyon' } }, includesTax: null })
      .expect(200);
    expect(answer.text).toBe('');
    expect(await read()).toEqual({
      ...before,
      name: 'France',
      homeBase: { ...france.homeBase, address: { ...france.homeBase.address, city: 'Lyon' } },
      metadata: { ...before.metadata, version: 2 },
    });
  });

  it('merges mixins into it', async () => {
    const patch = {
      mixins: { fees: { rate: 3 }, images: { size: 'L' } },
      metadata: { mixins: { images: 'https://schemas.test/images' }, version: 2 },
    };
    await staff.patch(`${SITES}/fr`, patch).expect(200);
    const { mixins, metadata } = await read();
    expect(mixins).toEqual({ fees: { active: true, rate: 3 }, images: { size: 'L' } });
    expect(Object.keys(metadata.mixins)).toEqual(['fees', 'images']);
  });

  it('is told that somebody else was faster, and nothing changes [W-46]', async () => {
    const before = await read();
    for (const change of [staff.patch, staff.put]) {
      const { body } = await change(`${SITES}/fr`, {
        ...france,
        name: 'Late',
        metadata: { version: 2 },
      }).expect(409);
      expect(body).toMatchObject({ type: 'conflict_resource', status: 409, metadata: { version: 3 } });
      expect(body.message).toContain('metadata.version 2');
    }
    expect(await read()).toEqual(before);
  });

  it('replaces it from what a read returned, without losing mixins or inactive services', async () => {
    const shown = (await staff.get(`${SITES}/fr`).expect(200)).body;
    expect(shown).not.toHaveProperty('mixins');
    const { includesTax: _gone, ...sent } = shown;
    const answer = await staff.put(`${SITES}/fr`, { ...sent, payment: [{ id: 'card' }] }).expect(200);
    expect(answer.text).toBe('');
    const after = await read();
    expect(after).not.toHaveProperty('includesTax');
    expect(Object.keys(after.mixins)).toEqual(['fees', 'images']);
    expect(after.payment).toEqual([{ id: 'card' }, { id: 'cash', active: false }]);
  });

  it('replaces inactive services too, if they were requested', async () => {
    await staff.put(`${SITES}/fr?expand=payment:all`, { ...france, metadata: {}, payment: [] }).expect(200);
    expect((await read()).payment).toEqual([]);
  });

  it("can't rename it", async () => {
    const { body } = await staff.put(`${SITES}/fr`, { ...france, code: 'de', metadata: {} }).expect(400);
    expect(body.details).toEqual([{ field: 'code', message: expect.stringContaining("'fr'") }]);
    const { code: _left, ...rest } = france;
    await staff.put(`${SITES}/fr`, { ...rest, metadata: {} }).expect(200);
  });

  it('makes it the default, of which there is exactly one [W-56]', async () => {
    await staff.patch(`${SITES}/fr`, { default: true }).expect(200);
    const { body } = await staff.get(SITES).expect(200);
    expect(body.filter((site: { default: boolean }) => site.default)).toMatchObject([{ code: 'fr' }]);
  });

  it('sees new sessions start with its values [E-15, E-16, E-17, W-58]', async () => {
    const shopper = await shop.visitor();
    await shopper.post('/cart/acme/carts', { currency: 'EUR', siteCode: 'fr' }).expect(201);
    const { body } = await shopper.get('/session-context/acme/me/context').expect(200);
    expect(body).toMatchObject({ siteCode: 'fr', currency: 'EUR', targetLocation: 'FR', language: 'fr' });
  });

  it("can't delete or deactivate the default or take that role from it, and is told why [W-56, W-45]", async () => {
    const refused = async (answer: ReturnType<ServiceUser['get']>, field: string) => {
      const { body } = await answer.expect(400);
      expect(body).toMatchObject({ type: 'bad_request', status: 400, details: [{ field }] });
    };
    await refused(staff.delete(`${SITES}/fr`), 'default');
    await refused(staff.patch(`${SITES}/fr`, { default: false }), 'default');
    await refused(staff.patch(`${SITES}/fr`, { active: false }), 'active');
    await refused(staff.put(`${SITES}/fr`, { ...france, metadata: {} }), 'default');
  });

  it('deletes it once another one is the default [W-56]', async () => {
    await staff.patch(`${SITES}/main`, { default: true }).expect(200);
    await staff.delete(`${SITES}/fr`).expect(204);
    await staff.delete(`${SITES}/fr`).expect(404);
    const { body } = await staff.get(`${SITES}/fr`).expect(404);
    expect(body).toMatchObject({ type: 'resource_not_found', status: 404, message: 'Site not found' });
    await staff.patch(`${SITES}/fr`, { name: 'x' }).expect(404);
    await staff.put(`${SITES}/fr`, france).expect(404);
  });

  it('needs the scope for all of this, and is told which [W-57, W-44, C-05]', async () => {
    const readOnly = await shop.service('acme-readonly');
    for (const user of [readOnly, visitor]) {
      for (const answer of [
        user.post(SITES, france),
        user.put(`${SITES}/main`, france),
        user.patch(`${SITES}/main`, { name: 'Mine' }),
        user.delete(`${SITES}/us`),
      ]) {
        expect((await answer.expect(403)).body).toMatchObject({ type: 'forbidden', status: 403 });
      }
    }
    const { body } = await readOnly.post(SITES, france).expect(403);
    expect(body.details).toEqual(['missing scope: site.site_manage']);
    await shop.http.post(SITES, france).expect(401);
    expect((await read(`${SITES}/main`)).name).toBe('Acme');
  });

  it("can't reach into another tenant", async () => {
    const others = await shop.service('globex-backend');
    await others.get(`${SITES}/main`).expect(403);
    await others.patch(`${SITES}/main`, { name: 'Taken' }).expect(403);
    await staff.get('/site/Acme!/sites').expect(400);
    const { body } = await others.get('/site/globex/sites').expect(200);
    expect(body).toMatchObject([{ code: 'main', currency: 'GBP', default: true }]);
  });

  it('finds a site whose code needs escaping', async () => {
    const code = 'a/b?ü%';
    const { headers } = await staff.post(SITES, { ...france, code }).expect(201);
    expect((await read(headers['location'] ?? '')).code).toBe(code);
    await staff.delete(headers['location'] ?? '').expect(204);
  });
});
