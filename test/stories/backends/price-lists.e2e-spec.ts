import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const LISTS = '/price/acme/price-lists';
const ON_MAIN = { targetCurrency: 'EUR', siteCode: 'main', targetLocation: { countryCode: 'DE' } };
const UMBRELLA = { itemType: 'PRODUCT', id: 'umbrella' };
const EVERYBODY = { name: { en: 'Sale', de: 'Ausverkauf' }, siteCode: 'main' };

const priced = (priceValue: number, over: object = {}) => ({
  itemId: UMBRELLA,
  tierValues: [{ priceValue }],
  ...over,
});

describe('A price manager keeps price lists', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let anna: CustomerUser;
  let guest: Visitor;

  const wanted = [{ itemId: UMBRELLA, quantity: { quantity: 1 } }];
  const matched = async (over: object = {}) => {
    const { body } = await staff
      .post('/price/acme/match-prices', { ...ON_MAIN, items: wanted, ...over })
      .expect(200);
    return body[0];
  };
  const list = async (id: string, over: object, price: number): Promise<void> => {
    await staff.put(`${LISTS}/${id}`, { ...EVERYBODY, ...over }).expect(201);
    await staff
      .put(`${LISTS}/${id}/prices/umbrella`, priced(price, { metadata: { version: 1 } }))
      .expect(201);
  };
  const drop = (id: string) => staff.delete(`${LISTS}/${id}`).expect(204);

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    guest = await shop.visitor();
    anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
  });
  afterAll(() => shop.close());

  it('creates one, reads it in a language, finds and replaces it', async () => {
    const whole = {
      ...EVERYBODY,
      id: 'wholesale',
      currency: 'EUR',
      countries: ['DE', 'AT'],
      regions: ['DACH'],
      customerGroups: ['gold'],
      validity: { from: '2026-01-01T00:00:00.000Z' },
      mixins: { erp: { code: 7 } },
      metadata: { mixins: { erp: 'https://schemas.test/erp' } },
    };
    const { body: made } = await staff.post(LISTS, whole).expect(201);
    expect(made).toEqual({ id: 'wholesale' });
    await staff.post(LISTS, whole).expect(409);
    const { body } = await staff.get(`${LISTS}/wholesale`).set('Accept-Language', '*').expect(200);
    expect(body).toMatchObject({ ...whole, metadata: { version: 1, mixins: whole.metadata.mixins } });
    const { body: german } = await staff.get(`${LISTS}/wholesale`).set('Accept-Language', 'de').expect(200);
    expect(german.name).toEqual({ de: 'Ausverkauf' });
    await staff.put(`${LISTS}/wholesale`, { ...EVERYBODY, metadata: { version: 1 } }).expect(204);
    const { body: replaced } = await staff.get(`${LISTS}/wholesale`).expect(200);
    expect(replaced).not.toHaveProperty('customerGroups');
    expect(replaced.metadata.version).toBe(2);
  });

  it('is told by 404 that a version is not the current one, as the wire has it', async () => {
    for (const [id, version] of Object.entries({ wholesale: 1, none: 1 })) {
      const { body } = await staff.put(`${LISTS}/${id}`, { ...EVERYBODY, metadata: { version } }).expect(404);
      expect(body).toMatchObject({ priceListId: id, code: 404, status: 'Not Found' });
    }
    const { body } = await staff.get(`${LISTS}/none`).expect(404);
    expect(body.priceListId).toBe('none');
    await drop('none');
  });

  it.each<[string, object, string]>([
    ['a site that does not exist', { siteCode: 'nowhere' }, 'siteCode'],
    ['a legal entity that does not exist', { legalEntityId: 'nowhere' }, 'legalEntityId'],
    ['an end before its beginning', { validity: { from: '2026-02-01', to: '2026-01-01' } }, 'validity'],
    ['no name', { name: {} }, 'name'],
    ['a country that does not exist', { countries: ['XX'] }, 'countries'],
  ])('is refused %s [W-45]', async (_, wrong, field) => {
    const { body } = await staff.post(LISTS, { ...EVERYBODY, ...wrong }).expect(400);
    expect(body.message).toContain(field);
  });

  it('is refused customer groups together with a legal entity', async () => {
    await staff.post('/customer-management/acme/legal-entities', { id: 'works', name: 'Works' }).expect(201);
    const both = { ...EVERYBODY, legalEntityId: 'works', customerGroups: ['gold'] };
    expect((await staff.post(LISTS, both).expect(400)).body.message).toContain('customerGroups');
  });

  it('filters lists, and a list without a restriction passes', async () => {
    await list('french', { countries: ['FR'], customerGroups: ['vip'], currency: 'USD' }, 1);
    const idsOf = async (query: string) => {
      const { body } = await staff.get(`${LISTS}?${query}`).expect(200);
      return body.map(({ id }: { id: string }) => id);
    };
    expect(await idsOf('country=DE')).toEqual(['wholesale']);
    expect(await idsOf('country=FR&customerGroups=a,vip')).toEqual(['french', 'wholesale']);
    expect(await idsOf('customerGroups=a')).toEqual(['wholesale']);
    await list('for-works', { legalEntityId: 'works' }, 1);
    expect(await idsOf('legalEntityId=works')).toEqual(['for-works', 'wholesale']);
    expect(await idsOf('legalEntityId=other')).toEqual(['wholesale']);
    expect(await idsOf('legalEntityId=works&customerGroups=vip')).toEqual([
      'for-works',
      'french',
      'wholesale',
    ]);
    await drop('for-works');
    expect(await idsOf('currency=USD&siteCode=main')).toEqual(['french']);
    expect(await idsOf('name=Ausverkauf&region=DACH&effectiveDate=2026-05-01')).toEqual([
      'french',
      'wholesale',
    ]);
    const { body, headers } = await staff
      .post(`${LISTS}/search`, { q: 'id:french' })
      .set('X-Total-Count', 'true')
      .expect(200);
    expect(body).toHaveLength(1);
    expect(headers['x-total-count']).toBe('1');
    await drop('french');
  });

  it('adds prices to it, one by one and many at once, and changes and removes them', async () => {
    const prices = `${LISTS}/wholesale/prices`;
    const { body } = await staff.post(prices, priced(18)).expect(201);
    await staff.post(prices, priced(18, { id: body.id })).expect(409);
    expect((await staff.get(`${prices}/${body.id}`).expect(200)).body).toMatchObject(priced(18));
    await staff.put(`${prices}/${body.id}`, priced(17, { metadata: { version: 1 } })).expect(204);
    const stale = await staff
      .put(`${prices}/${body.id}`, priced(16, { metadata: { version: 1 } }))
      .expect(404);
    expect(stale.body).toMatchObject({ priceId: body.id, code: 404 });
    const many = [priced(15, { id: 'one' }), { id: 'wrong' }, priced(14, { id: 'two' })];
    const { body: rows } = await staff.post(`${prices}/bulk`, many).expect(207);
    expect(rows).toMatchObject([
      { index: 0, id: 'one', code: 201, status: 'Created' },
      { index: 1, code: 400, status: 'Bad Request' },
      { index: 2, id: 'two', code: 201 },
    ]);
    const changes = [
      priced(13, { id: 'one', metadata: { version: 1 } }),
      priced(13, { id: 'two', metadata: { version: 7 } }),
    ];
    const { body: changed } = await staff.put(`${prices}/bulk`, changes).expect(207);
    expect(changed).toMatchObject([{ id: 'one', code: 204, status: 'No Content' }, { code: 404 }]);
    const { body: found } = await staff.post(`${prices}/search`, { q: 'id:(one,two)' }).expect(200);
    expect(found.map(({ id }: { id: string }) => id)).toEqual(['one', 'two']);
    await staff.delete(`${prices}/bulk`, ['one', 'two', 'none']).expect(204);
    await staff.delete(`${prices}/bulk`, [7]).expect(400);
    await staff.get(`${prices}/one`).expect(404);
    expect((await staff.get(`${prices}?itemId=umbrella&itemType=PRODUCT`).expect(200)).body).toHaveLength(1);
    await staff.delete(`${prices}/${body.id}`).expect(204);
    await staff.delete(`${prices}/${body.id}`).expect(204);
  });

  it('is told by a code why a price is refused', async () => {
    const refused = async (path: string, over: object) =>
      (await staff.post(`${LISTS}/${path}/prices`, priced(1, over)).expect(400)).body.errorCode;
    expect(await refused('none', {})).toBe('PRICE-LIST-PRICE-CREATION-1');
    expect(await refused('wholesale', { priceModelId: 'none' })).toBe('PRICE-LIST-PRICE-CREATION-2');
    const two = [{ priceValue: 1 }, { priceValue: 2 }];
    expect(await refused('wholesale', { tierValues: two })).toBe('PRICE-LIST-PRICE-CREATION-3');
    const { body } = await staff.post(`${LISTS}/none/prices/bulk`, [priced(1)]).expect(207);
    expect(body).toMatchObject([{ index: 0, code: 400 }]);
    await staff.put(`${LISTS}/none/prices/x`, priced(1, { metadata: { version: 1 } })).expect(404);
    expect((await staff.get(`${LISTS}/none/prices`).expect(200)).body).toEqual([]);
    await drop('wholesale');
  });

  it('has the lowest of all prices win, whether from a list or not, and names the list', async () => {
    expect((await matched()).effectiveValue).toBe(19.9);
    await list('dear', {}, 30);
    expect(await matched()).not.toHaveProperty('priceListId');
    await list('cheap', {}, 9);
    expect(await matched()).toMatchObject({ effectiveValue: 9, priceListId: 'cheap', priceId: 'umbrella' });
    const byId = [{ itemId: { itemType: 'PRICE', id: 'umbrella' }, quantity: { quantity: 2 } }];
    expect(await matched({ items: byId })).toMatchObject({ totalValue: 18, priceListId: 'cheap' });
    await drop('cheap');
    expect((await matched()).effectiveValue).toBe(19.9);
    await drop('dear');
  });

  it.each<[string, object, object]>([
    ['another site', { siteCode: 'us' }, {}],
    ['another currency', { currency: 'USD' }, {}],
    ['another country', { countries: ['FR'] }, {}],
    ['a region, whose countries nobody knows', { regions: ['DACH'] }, {}],
    ['a group', { customerGroups: ['gold'] }, {}],
    ['a legal entity', { legalEntityId: 'works' }, {}],
    ['a time that is over', { validity: { to: '2020-01-01' } }, {}],
    ['a time to come', { validity: { from: '2999-01-01' } }, {}],
  ])('is not given by a list for %s', async (_, over) => {
    await list('other', over, 2);
    expect((await matched()).effectiveValue).toBe(19.9);
    await drop('other');
  });

  it('is given by a list that says who, where and when', async () => {
    const here = { currency: 'EUR', countries: ['FR', 'DE'], customerGroups: ['gold'] };
    await list('here', { ...here, validity: { from: '2020-01-01', to: '2999-01-01' } }, 3);
    const gold = { principal: { type: 'GROUP', id: 'gold' } };
    expect((await matched(gold)).effectiveValue).toBe(3);
    expect((await matched({ principal: { type: 'GROUP', id: 'silver' } })).effectiveValue).toBe(19.9);
    await drop('here');
  });

  it('takes the currency of the site for a list without one, and the default site as a fallback', async () => {
    await list('american', { siteCode: 'us' }, 4);
    const there = { siteCode: 'us', targetLocation: { countryCode: 'US' } };
    expect((await matched({ ...there, targetCurrency: 'USD' })).effectiveValue).toBe(4);
    expect(await matched({ ...there, targetCurrency: 'EUR' })).toBeUndefined();
    await staff.put(`${LISTS}/local/prices/x`, priced(1, { metadata: { version: 1 } })).expect(404);
    await list('local', { currency: 'EUR' }, 5);
    const { body } = await staff
      .post('/price/acme/match-prices', { ...ON_MAIN, ...there, items: wanted, useFallback: true })
      .expect(200);
    expect(body[0]).toMatchObject({ effectiveValue: 5, site: { code: 'main' }, priceListId: 'local' });
    await drop('american');
    await drop('local');
  });

  it('names a legal entity, whose lists and those of the ones above it then match', async () => {
    const entities = '/customer-management/acme/legal-entities';
    await staff
      .put(`${entities}/branch`, { name: 'Branch', type: 'SUBSIDIARY', parentId: 'works' })
      .expect(201);
    await list('of-works', { legalEntityId: 'works' }, 6);
    expect((await matched({ legalEntityId: 'branch' })).effectiveValue).toBe(6);
    await list('of-branch', { legalEntityId: 'branch' }, 5);
    expect((await matched({ legalEntityId: 'branch' })).effectiveValue).toBe(5);
    expect((await matched({ legalEntityId: 'works' })).effectiveValue).toBe(6);
    expect((await matched({ legalEntityId: 'nowhere' })).effectiveValue).toBe(19.9);
    expect((await matched()).effectiveValue).toBe(19.9);
    await drop('of-works');
    await drop('of-branch');
  });

  it('shows shoppers no lists, but the prices of those that are for them', async () => {
    await list('gold', { customerGroups: ['gold'], siteCode: 'us', currency: 'USD' }, 7);
    const own = async (who: CustomerUser | Visitor) =>
      (await who.post('/price/acme/match-prices-by-context', { items: wanted }).expect(200)).body[0];
    expect(await own(anna)).toMatchObject({ effectiveValue: 7, priceListId: 'gold' });
    expect((await own(guest)).effectiveValue).toBe(19.9);
    for (const path of [LISTS, `${LISTS}/gold`, `${LISTS}/gold/prices`, `${LISTS}/gold/prices/umbrella`]) {
      await anna.get(path).expect(403);
      await guest.get(path).expect(403);
    }
    const { body } = await anna.get('/price/acme/prices?itemId=umbrella').expect(200);
    expect(JSON.stringify(body)).not.toContain('gold');
    await drop('gold');
  });

  it('may not delete a price model that only prices of lists use, unless by force', async () => {
    const model = {
      id: 'boxes',
      name: 'Boxes',
      includesTax: true,
      measurementUnit: { quantity: 1, unitCode: 'pc' },
      tierDefinition: {
        tierType: 'VOLUME',
        tiers: [0, 10].map((quantity) => ({ minQuantity: { quantity, unitCode: 'pc' } })),
      },
    };
    await staff.post('/price/acme/priceModels', model).expect(201);
    await staff.put(`${LISTS}/boxed`, EVERYBODY).expect(201);
    const tierValues = [{ priceValue: 8 }, { priceValue: 6 }];
    const { body } = await staff
      .post(`${LISTS}/boxed/prices`, priced(0, { priceModelId: 'boxes', tierValues }))
      .expect(201);
    const ten = [{ itemId: UMBRELLA, quantity: { quantity: 10 } }];
    expect(await matched({ items: ten })).toMatchObject({ totalValue: 60, priceModel: { id: 'boxes' } });
    await staff.delete('/price/acme/priceModels/boxes').expect(400);
    await staff.delete('/price/acme/priceModels/boxes?forceDelete=true').expect(204);
    await staff.get(`${LISTS}/boxed/prices/${body.id}`).expect(404);
    await drop('boxed');
  });
});
