import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser, HttpUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const SITES = '/site/acme/sites';
const CODES = '/site/acme/siteslist';

const hidden = {
  code: 'hidden',
  name: 'Opens soon',
  active: false,
  defaultLanguage: 'de',
  languages: ['de'],
  currency: 'CHF',
  homeBase: { address: { country: 'CH', zipCode: '8001' } },
  shipToCountries: ['CH'],
};

describe('A storefront lists the sites of its tenant', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let reader: ServiceUser;
  let visitor: Visitor;
  let anna: CustomerUser;
  const codes = async (user: HttpUser, query = '', path = SITES): Promise<string[]> => {
    const { body } = await user.get(`${path}${query}`).expect(200);
    return body.map((site: { code: string } | string) => (typeof site === 'string' ? site : site.code));
  };

  beforeAll(async () => {
    shop = await openShop();
    [staff, reader, visitor] = [
      await shop.service(),
      await shop.service('acme-readonly'),
      await shop.visitor(),
    ];
    anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    await staff.post(SITES, hidden).expect(201);
    await staff
      .patch(`${SITES}/us`, {
        payment: [
          { id: 'card', configuration: { public: { key: 'pk' }, restricted: { key: 'only for staff' } } },
          { id: 'cash', active: false },
        ],
        mixins: { fees: { rate: 1 }, images: { size: 'L' } },
      })
      .expect(200);
  });
  afterAll(() => shop.close());

  it('with the token of a shopper, a customer or a backend alike [W-56]', async () => {
    for (const user of [visitor, anna, reader, staff]) {
      expect(await codes(user)).toEqual(['b2b', 'main', 'us']);
      expect(await codes(user, '', CODES)).toEqual(['b2b', 'main', 'us']);
    }
    const { body } = await visitor.get(`${SITES}/main`).expect(200);
    expect(body).toEqual({
      code: 'main',
      name: 'Acme',
      active: true,
      default: true,
      defaultLanguage: 'en',
      languages: ['en', 'de'],
      currency: 'EUR',
      availableCurrencies: ['EUR', 'USD', 'GBP'],
      homeBase: { address: expect.objectContaining({ country: 'DE' }) },
      shipToCountries: ['DE', 'FR', 'AT'],
      taxDeterminationBasedOn: 'BILLING_ADDRESS',
      metadata: { mixins: {}, version: 1 },
    });
  });

  it('but not without a token, nor with one of another tenant', async () => {
    await shop.http.get(SITES).expect(401);
    const stranger = await shop.visitor({ tenant: 'globex' });
    await stranger.get(SITES).expect(403);
    await stranger.get(CODES).expect(403);
  });

  it('and a backend needs a scope for sites to see the codes [C-05]', async () => {
    const other = await shop.service('acme-backend', 'acme-backend-secret', 'cart.cart_manage');
    expect((await other.get(CODES).expect(403)).body.details).toEqual([
      'missing scope: site.site_read or site.site_manage',
    ]);
  });

  it('without inactive ones, which only those see who manage sites and ask for them [W-57]', async () => {
    const everything = '?includeInactive=true';
    expect(await codes(staff, everything)).toEqual(['b2b', 'hidden', 'main', 'us']);
    expect(await codes(staff, everything, CODES)).toEqual(['b2b', 'hidden', 'main', 'us']);
    expect(await codes(staff, '?includeInactive=false')).not.toContain('hidden');
    for (const user of [visitor, anna, reader]) {
      expect(await codes(user, everything)).not.toContain('hidden');
      expect(await codes(user, everything, CODES)).not.toContain('hidden');
      await user.get(`${SITES}/hidden`).expect(404);
    }
    await staff.get(`${SITES}/hidden`).expect(200);
  });

  it("and can't tell an inactive site from one that does not exist [W-57]", async () => {
    const inactive = (await visitor.get(`${SITES}/hidden`).expect(404)).body;
    const unknown = (await visitor.get(`${SITES}/nowhere`).expect(404)).body;
    expect(JSON.stringify(inactive).replaceAll('hidden', 'nowhere')).toBe(JSON.stringify(unknown));
  });

  it('page by page, starting with page 1 [W-60]', async () => {
    expect(await codes(visitor, '?pageSize=2')).toEqual(['b2b', 'main']);
    expect(await codes(visitor, '?pageNumber=2&pageSize=2')).toEqual(['us']);
    expect(await codes(visitor, '?pageNumber=3&pageSize=2')).toEqual([]);
    expect(await codes(visitor, '?pageNumber=2&pageSize=2', CODES)).toEqual(['us']);
  });

  it('in the order that it asks for [W-60]', async () => {
    expect(await codes(visitor, '?sort=code:desc')).toEqual(['us', 'main', 'b2b']);
    expect(await codes(visitor, '?sort=name')).toEqual(['main', 'us', 'b2b']);
    expect(await codes(visitor, '?sort=currency:desc', CODES)).toEqual(['us', 'main', 'b2b']);
    expect(await codes(staff, '?sort=active&includeInactive=true')).toEqual(['hidden', 'b2b', 'main', 'us']);
    expect(await codes(visitor, '?sort=default:desc&pageSize=1')).toEqual(['main']);
  });

  it.each([
    ['currency:EUR', ['b2b', 'main']],
    ['name:~^Acme languages:de', ['b2b', 'main']],
    ['shipToCountries:(FR,AT)', ['main']],
    ['default:true', ['main']],
    ['code:(us,b2b)', ['b2b', 'us']],
    ['includesTax:exists', []],
    ['metadata.version:(>=1 AND <=100) homeBase.address.country:US', ['us']],
  ])('and finds those that match q=%s [W-61]', async (q, found) => {
    expect(await codes(visitor, `?q=${encodeURIComponent(q)}`)).toEqual(found);
    expect(await codes(visitor, `?q=${encodeURIComponent(q)}`, CODES)).toEqual(found);
  });

  it("and can't find an inactive one with a filter [W-57, W-61]", async () => {
    expect(await codes(visitor, '?q=active:false&includeInactive=true')).toEqual([]);
    expect(await codes(staff, '?q=active:false&includeInactive=true')).toEqual(['hidden']);
  });

  it('with the total in X-Count on request, over all pages that it may see [W-60]', async () => {
    const answer = await visitor.get(`${SITES}?totalCount=true&pageSize=1&includeInactive=true`).expect(200);
    expect(answer.headers['x-count']).toBe('3');
    expect((await staff.get(`${CODES}?totalCount=true&includeInactive=true`)).headers['x-count']).toBe('4');
    expect((await visitor.get(SITES)).headers).not.toHaveProperty('x-count');
    expect((await visitor.get(`${SITES}?totalCount=false`)).headers).not.toHaveProperty('x-count');
  });

  it.each([
    ['pageNumber', 'pageNumber=0'],
    ['pageSize', 'pageSize=201'],
    ['q', 'q=name'],
    ['q', 'q=mixins:exists'],
    ['q', 'q=active:maybe'],
    ['sort', 'sort=mixins'],
    ['sort', 'sort=name:up'],
    ['includeInactive', 'includeInactive=maybe'],
    ['totalCount', 'totalCount=1'],
    ['expand', 'expand=payment:some'],
    ['expand', 'expand=mixin:*&expand=tax:all'],
  ])('and is told when its %s is not valid: %s [W-45]', async (field, query) => {
    const { body } = await visitor.get(`${SITES}?${query}`).expect(400);
    expect(body).toMatchObject({ type: 'bad_request', status: 400, details: [{ field }] });
  });

  it('and unknown parameters are ignored [C-02]', async () => {
    expect(await codes(visitor, '?brand=x&fields=code')).toHaveLength(3);
  });

  it('with mixins and services on request', async () => {
    const us = async (user: HttpUser, expand: string) =>
      (await user.get(`${SITES}/us?expand=${expand}`)).body;
    expect(await us(visitor, '')).not.toHaveProperty('payment');
    expect(await us(visitor, 'mixin:fees')).toMatchObject({ mixins: { fees: { rate: 1 } } });
    expect((await us(visitor, 'mixin:fees,mixin:none')).mixins).toEqual({ fees: { rate: 1 } });
    expect(Object.keys((await us(visitor, 'mixin:*')).mixins)).toEqual(['fees', 'images']);
    expect((await us(visitor, 'payment:active')).payment).toHaveLength(1);
    expect((await us(visitor, 'payment:all,tax:all')).payment).toHaveLength(2);
    expect(await us(visitor, 'payment:none,tax:all')).not.toHaveProperty('tax');
    const { body } = await visitor.get(`${SITES}?expand=mixin:*`).expect(200);
    expect(body.map((site: { mixins: object }) => Object.keys(site.mixins).length)).toEqual([0, 0, 2]);
  });

  it('but never with a service’s restricted data, which is for those who manage sites [W-57]', async () => {
    for (const user of [visitor, anna, reader]) {
      const { body, text } = await user.get(`${SITES}/us?expand=payment:all`).expect(200);
      expect(body.payment[0]).toEqual({ id: 'card', configuration: { public: { key: 'pk' } } });
      expect(text).not.toContain('only for staff');
    }
    const { body } = await staff.get(`${SITES}?expand=payment:all`).expect(200);
    expect(JSON.stringify(body)).toContain('only for staff');
  });
});
