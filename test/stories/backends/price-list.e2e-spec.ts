import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpUser, ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const PRICES = '/price/acme/prices';

describe('A backend looks through prices', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const idsOf = async (query: string, user: HttpUser = staff): Promise<readonly string[]> => {
    const { body } = await user.get(`${PRICES}?${query}`).expect(200);
    return body.map(({ id }: { id: string }) => id);
  };
  const price = (id: string, over: object = {}) => ({
    id,
    itemId: { itemType: 'SKU', id: 'mug' },
    currency: 'GBP',
    location: { countryCode: 'GB' },
    tierValues: [{ priceValue: 5 }],
    ...over,
  });

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    const limited = (restrictions: object) => ({ restrictions: { siteCodes: [], ...restrictions } });
    await staff
      .post(`${PRICES}/bulk`, [
        price('mug-all'),
        price('mug-us', limited({ siteCodes: ['us'] })),
        price('mug-2027', limited({ validity: { from: '2027-01-01', to: '2028-01-01T00:00:00' } })),
        price('mug-ben', limited({ principals: [{ type: 'CUSTOMER', id: 'ben' }] })),
        price('mug-gold', limited({ principals: [{ type: 'GROUP', id: 'gold' }] })),
        price('mug-model', {
          priceModelId: 'by-quantity',
          tierValues: [3, 2, 1].map((priceValue) => ({ priceValue })),
        }),
      ])
      .expect(207);
  });
  afterAll(() => shop.close());

  const MUGS = ['mug-2027', 'mug-all', 'mug-ben', 'mug-gold', 'mug-model', 'mug-us'];

  it('page by page, 60 per page by default, with a total on request [W-60]', async () => {
    const spoon = { itemId: { itemType: 'SKU', id: 'spoon' }, currency: 'JPY' };
    const extra = Array.from({ length: 70 }, (_, i) => price(`extra-${String(i).padStart(2, '0')}`, spoon));
    await staff.post(`${PRICES}/bulk`, extra).expect(207);
    const answer = await staff.get(`${PRICES}?currency=JPY`).set('X-Total-Count', 'true').expect(200);
    expect(answer.body).toHaveLength(60);
    expect(answer.headers['x-total-count']).toBe('70');
    expect((await staff.get(PRICES).expect(200)).headers).not.toHaveProperty('x-total-count');
    expect(await idsOf('currency=JPY&pageNumber=4&pageSize=20')).toEqual(extra.slice(60).map(({ id }) => id));
    expect(await idsOf('currency=JPY&sort=id:desc&pageSize=1')).toEqual(['extra-69']);
    for (const wrong of ['pageSize=0', 'pageNumber=x', 'sort=currency', 'sort=id:up']) {
      await staff.get(`${PRICES}?${wrong}`).expect(400);
    }
  });

  it.each([
    ['itemId=mug', MUGS],
    ['itemId=mug,umbrella&currency=GBP,EUR&country=DE,GB', [...MUGS, 'umbrella-eur']],
    ['itemId=mug&itemType=PRODUCT', []],
    ['itemId=mug&siteCode=main', MUGS.filter((id) => id !== 'mug-us')],
    ['itemId=mug&country=DE', []],
    ['itemId=raincoat&country=DE', ['raincoat-eur', 'raincoat-usd']],
    ['priceModelId=by-quantity', ['mug-model', 'postcard-eur']],
    ['itemId=mug&principalId=ben', MUGS.filter((id) => id !== 'mug-gold')],
    ['itemId=mug&effectiveDate=2026-12-31T23:59:59Z', MUGS.slice(1)],
    ['itemId=mug&effectiveDate=2027-01-01T00:00:00Z', MUGS],
    ['itemId=mug&effectiveDate=2028-01-01T00:00:00Z', MUGS.slice(1)],
  ])('narrowed by %s', async (query, ids) => {
    expect(await idsOf(query)).toEqual(ids);
  });

  it.each([
    ['itemId.id:mug currency:GBP', MUGS],
    ['id:(mug-us,umbrella-eur)', ['mug-us', 'umbrella-eur']],
    ['tierValues.priceValue:(>=19 AND <25)', ['umbrella-eur', 'umbrella-usd']],
    ['priceModelId:exists itemId.id:mug', ['mug-model']],
  ])('searched by q=%s [W-61]', async (q, ids) => {
    expect(await idsOf(`q=${encodeURIComponent(q)}`)).toEqual(ids);
  });

  it('with only the requested fields, ignoring unknown ones [W-60, C-02]', async () => {
    const { body } = await staff
      .get(`${PRICES}?q=id:mug-us&fields=id,metadata.version&colour=red`)
      .expect(200);
    expect(body).toEqual([{ id: 'mug-us', metadata: { version: 1 } }]);
  });

  it("is refused what can't be asked for [W-45]", async () => {
    for (const wrong of ['q=mixins:x', 'q=(', 'effectiveDate=soon', 'itemType=BUNDLE', 'currency=']) {
      const { body } = await staff.get(`${PRICES}?${wrong}`).expect(400);
      expect(body).toMatchObject({ code: 400, status: 'Bad Request' });
    }
    await staff.get(`${PRICES}/mug-all?extendWithPriceModel=perhaps`).expect(400);
  });

  it('as shoppers can, each of whom sees the prices for everybody and for themselves', async () => {
    const visitor = await shop.visitor();
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    const common = MUGS.filter((id) => id !== 'mug-ben' && id !== 'mug-gold');
    expect(await idsOf('itemId=mug', visitor)).toEqual(common);
    expect(await idsOf('itemId=mug', anna)).toEqual(MUGS.filter((id) => id !== 'mug-ben'));
    expect(await idsOf('itemId=mug&principalId=ben', visitor)).toEqual(common);
    await visitor.get(`${PRICES}/mug-all`).expect(200);
    await visitor.get(`${PRICES}/mug-gold`).expect(404);
    await anna.get(`${PRICES}/mug-gold`).expect(200);
    await anna.get(`${PRICES}/mug-ben`).expect(404);
  });

  it('with the price model, in the language of the reader', async () => {
    const read = async (language?: string) => {
      const path = `${PRICES}/postcard-eur?extendWithPriceModel=true`;
      const asking = staff.get(path).expect(200);
      return (await (language === undefined ? asking : asking.set('Accept-Language', language))).body
        .priceModel;
    };
    expect(await read()).toMatchObject({ id: 'by-quantity', name: 'Cheaper from 10 and from 50' });
    expect(await read('de')).toMatchObject({ name: 'Ab 10 und ab 50 günstiger' });
    expect((await read('*')).name).toEqual({
      en: 'Cheaper from 10 and from 50',
      de: 'Ab 10 und ab 50 günstiger',
    });
  });

  describe('of several items at once', () => {
    const SEARCH = `${PRICES}/search`;
    const search = async (body: object, query = ''): Promise<readonly string[]> => {
      const answer = await staff.post(`${SEARCH}${query}`, body).expect(200);
      return answer.body.map(({ itemId, prices }: { itemId: string; prices: readonly { id: string }[] }) =>
        [itemId, ...prices.map(({ id }) => id)].join(' '),
      );
    };

    it('in the requested order, without any left out', async () => {
      expect(await search({ itemIds: ['raincoat', 'nothing', 'umbrella'] })).toEqual([
        'raincoat raincoat-eur raincoat-usd',
        'nothing',
        'umbrella umbrella-eur umbrella-usd',
      ]);
    });

    it.each([
      [{ currency: 'USD' }, 'umbrella umbrella-usd'],
      [{ siteCode: 'us' }, 'umbrella umbrella-usd'],
      [{ siteCodes: ['us', 'main'] }, 'umbrella umbrella-eur umbrella-usd'],
      [{ siteCode: 'b2b', siteCodes: ['us'] }, 'umbrella'],
      [{ siteCode: 'b2b', useFallback: true }, 'umbrella umbrella-eur'],
    ])('of umbrellas, narrowed by %j', async (limits, found) => {
      expect(await search({ itemIds: ['umbrella'], ...limits })).toEqual([found]);
    });

    it.each([
      [{}, MUGS],
      [{ searchMode: 'COMMON_PRICES' }, ['mug-2027', 'mug-all', 'mug-model', 'mug-us']],
      [{ searchMode: 'USER_SPECIFIC_PRICES', principalId: 'ben' }, ['mug-ben']],
      [{ effectiveDate: '2027-06-01T00:00:00Z', siteCode: 'main' }, MUGS.slice(0, 5)],
      [{ includesTax: false, searchMode: 'COMMON_PRICES' }, ['mug-2027', 'mug-all', 'mug-us']],
    ])('of mugs, narrowed by %j', async (limits, ids) => {
      expect(await search({ itemIds: ['mug'], ...limits })).toEqual([['mug', ...ids].join(' ')]);
    });

    it('with their price models on request', async () => {
      const { body } = await staff.post(`${SEARCH}?expand=priceModel`, { itemIds: ['postcard'] }).expect(200);
      expect(body[0].prices[0].priceModel).toMatchObject({ id: 'by-quantity' });
      const plain = await staff.post(SEARCH, { itemIds: ['postcard'] }).expect(200);
      expect(plain.body[0].prices[0]).not.toHaveProperty('priceModel');
    });

    it('is refused if it makes no sense, or to those who may not [W-43, W-45, C-05]', async () => {
      const wrong = [
        {},
        { itemIds: [] },
        { itemIds: Array.from({ length: 101 }, () => 'x') },
        { itemIds: ['x'], currency: 'euro' },
        { itemIds: ['x'], searchMode: 'SOME' },
        { itemIds: ['x'], searchMode: 'USER_SPECIFIC_PRICES' },
        { itemIds: ['x'], effectiveDate: '2026-13-01' },
      ];
      for (const body of wrong) await staff.post(SEARCH, body).expect(400);
      await staff.post(`${SEARCH}?expand=everything`, { itemIds: ['x'] }).expect(400);
      await shop.http.post(SEARCH, { itemIds: ['x'] }).expect(401);
      await (await shop.visitor()).post(SEARCH, { itemIds: ['x'] }).expect(403);
      await (await shop.service('acme-readonly')).post(SEARCH, { itemIds: ['x'] }).expect(403);
    });
  });
});
