import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser, HttpUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const BY_CONTEXT = '/price/acme/match-prices-by-context';
const MATCH = '/price/acme/match-prices';
const PRICES = '/price/acme/prices';
const MINE = '/session-context/acme/me/context';

const item = (id: string, quantity = 1, itemType = 'PRODUCT') => ({
  itemId: { itemType, id },
  quantity: { quantity },
});

interface Row {
  readonly priceId: string;
  readonly totalValue: number;
}

/** Returns `umbrella-eur 19.9` for each row. */
const told = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ priceId, totalValue }) => `${priceId} ${totalValue}`);

const matched = async (
  user: HttpUser,
  items: readonly object[],
  more: object = {},
): Promise<readonly string[]> => told((await user.post(BY_CONTEXT, { items, ...more }).expect(200)).body);

describe('A shopper asks for prices', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let visitor: Visitor;
  let anna: CustomerUser;

  beforeAll(async () => {
    shop = await openShop();
    [staff, visitor] = [await shop.service(), await shop.visitor()];
    anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
  });
  afterAll(() => shop.close());

  it('long before a cart, for what the context would contain, and no context is made [W-62]', async () => {
    expect(await matched(visitor, [item('umbrella'), item('raincoat', 2)])).toEqual([
      'umbrella-eur 19.9',
      'raincoat-eur 158',
    ]);
    await visitor.get(MINE).expect(404);
    const american = await shop.visitor({ siteCode: 'us', currency: 'USD', targetLocation: 'US' });
    expect(await matched(american, [item('umbrella')])).toEqual(['umbrella-usd 24.9']);
    await american.get(MINE).expect(404);
    expect(await matched(anna, [item('umbrella')])).toEqual(['umbrella-usd 24.9']);
    await anna.get(MINE).expect(404);
  });

  it('and gets rows with the item, the price and the amount [C-07]', async () => {
    const { body } = await visitor.post(BY_CONTEXT, { items: [item('umbrella', 3)] }).expect(200);
    const itemRef = { itemType: 'PRODUCT', id: 'umbrella' };
    expect(body).toEqual([
      {
        priceId: 'umbrella-eur',
        itemId: itemRef,
        itemRef,
        site: { code: 'main' },
        currency: 'EUR',
        location: { countryCode: 'DE' },
        originalValue: 19.9,
        effectiveValue: 19.9,
        totalValue: 59.7,
        quantity: { quantity: 3, unitCode: 'pc' },
        includesTax: true,
        tierValues: [{ priceValue: 19.9 }],
        metadata: { version: '1', createdAt: expect.any(String), modifiedAt: expect.any(String) },
      },
    ]);
  });

  it('and gets them in the requested order, repeated if asked twice, without items that have no price [C-07]', async () => {
    const asked = [
      item('raincoat'),
      item('nothing'),
      item('umbrella', 10),
      item('raincoat', 3),
      item('umbrella'),
    ];
    expect(await matched(visitor, asked)).toEqual([
      'raincoat-eur 79',
      'umbrella-eur 199',
      'raincoat-eur 237',
      'umbrella-eur 19.9',
    ]);
    expect(await matched(visitor, [item('nothing')])).toEqual([]);
    expect(await matched(visitor, [])).toEqual([]);
  });

  it('by the id of one price, if it applies to her', async () => {
    expect(await matched(visitor, [item('umbrella-eur', 1, 'PRICE')])).toEqual(['umbrella-eur 19.9']);
    expect(await matched(visitor, [item('umbrella-usd', 1, 'PRICE')])).toEqual([]);
  });

  it('for one piece, if she names no quantity', async () => {
    expect(await matched(visitor, [{ itemId: item('umbrella').itemId }])).toEqual(['umbrella-eur 19.9']);
  });

  it('by tiers, each of which prices its part of the quantity', async () => {
    const { body } = await visitor.post(BY_CONTEXT, { items: [item('postcard', 60)] }).expect(200);
    // 10 at 1.50, 40 at 1.20, 10 at 0.90
    expect(body).toMatchObject([
      { priceId: 'postcard-eur', originalValue: 1.2, totalValue: 72, priceModel: { id: 'by-quantity' } },
    ]);
    expect(body[0].priceModel.tierDefinition.tierType).toBe('TIERED');
    expect(await matched(visitor, [item('postcard', 7)])).toEqual(['postcard-eur 10.5']);
  });

  it("by the context of the caller's token, whatever the body says [W-62, E-05]", async () => {
    const contradiction = {
      siteCode: 'us',
      targetCurrency: 'USD',
      targetLocation: { countryCode: 'US' },
      principal: { type: 'GROUP', id: 'gold' },
    };
    expect(await matched(visitor, [item('umbrella')], contradiction)).toEqual(['umbrella-eur 19.9']);
  });

  it('and the present context decides: site, currency and country [E-05, W-62]', async () => {
    await visitor.post('/cart/acme/carts', { currency: 'EUR' }).expect(201);
    const change = async (changes: object): Promise<void> => {
      const { body } = await visitor.get(MINE).expect(200);
      await visitor.patch(MINE, { ...changes, metadata: body.metadata }).expect(204);
    };
    const asked = [item('umbrella'), item('raincoat'), item('postcard')];
    expect(await matched(visitor, asked)).toEqual([
      'umbrella-eur 19.9',
      'raincoat-eur 79',
      'postcard-eur 1.5',
    ]);
    await change({ targetLocation: 'FR' });
    expect(await matched(visitor, asked)).toEqual(['umbrella-eur 19.9', 'raincoat-eur 79']);
    await change({ currency: 'USD' });
    expect(await matched(visitor, asked)).toEqual(['raincoat-usd 89']);
    await change({ siteCode: 'us' });
    expect(await matched(visitor, asked)).toEqual(['umbrella-usd 24.9', 'raincoat-usd 89']);
    const { body: before } = await visitor.get(MINE).expect(200);
    await matched(visitor, asked);
    expect((await visitor.get(MINE).expect(200)).body).toEqual(before);
  });

  it('and sees the lowest of those that apply to her and her group now', async () => {
    const { body: me } = await anna.get('/customer/acme/me').expect(200);
    const raincoat = (id: string, priceValue: number, restrictions: object) =>
      staff
        .put(`${PRICES}/${id}`, {
          itemId: { itemType: 'PRODUCT', id: 'raincoat' },
          currency: 'USD',
          tierValues: [{ priceValue }],
          restrictions: { siteCodes: ['us'], ...restrictions },
        })
        .expect(201);
    const now = shop.clock.now().getTime();
    const validity = {
      from: new Date(now + 3_600_000).toISOString(),
      to: new Date(now + 7_200_000).toISOString(),
    };
    await raincoat('of-gold', 80, { principals: [{ type: 'GROUP', id: 'gold' }] });
    await raincoat('of-others', 10, { principals: [{ type: 'CUSTOMER', id: 'somebody' }] });
    await raincoat('of-later', 60, { validity });
    const american = await shop.visitor({ siteCode: 'us', currency: 'USD' });
    const both = async () => [
      ...(await matched(american, [item('raincoat')])),
      ...(await matched(anna, [item('raincoat')])),
    ];
    expect(await both()).toEqual(['raincoat-usd 89', 'of-gold 80']);
    await raincoat('of-anna', 75, { principals: [{ type: 'CUSTOMER', id: me.id }] });
    expect(await both()).toEqual(['raincoat-usd 89', 'of-anna 75']);
    shop.clock.advanceSeconds(3_599);
    expect(await both()).toEqual(['raincoat-usd 89', 'of-anna 75']);
    shop.clock.advanceSeconds(1);
    expect(await matched(anna, [item('raincoat')])).toEqual(['of-later 60']);
    shop.clock.advanceSeconds(3_600);
    expect(await matched(anna, [item('raincoat')])).toEqual(['of-anna 75']);
  });

  it('and sees what applies to everybody from the moment of the change', async () => {
    const [newcomer, backend] = [await shop.visitor(), await shop.service()];
    await backend
      .put(`${PRICES}/umbrella-eur?partial=true`, { salePrice: { discountRate: 15, discountAmount: 0.5 } })
      .expect(204);
    const { body } = await newcomer.post(BY_CONTEXT, { items: [item('umbrella', 3)] }).expect(200);
    expect(body).toMatchObject([
      { originalValue: 19.9, effectiveValue: 16.415, totalValue: 49.25, salePrice: { discountRate: 15 } },
    ]);
    await backend.put(`${PRICES}/umbrella-eur?partial=true`, { salePrice: {} }).expect(204);
  });

  it('and is refused a body that is not a list of items, and told if her site is closed [W-45]', async () => {
    const newcomer = await shop.visitor({ siteCode: 'us' });
    const wrong = [
      {},
      { items: {} },
      { items: [{}] },
      { items: [null] },
      { items: [{ itemId: { itemType: 'PRODUCT' } }] },
      { items: [item('umbrella', -1)] },
      { items: [item('umbrella', 1, 'THING')] },
      { items: Array.from({ length: 501 }, () => item('umbrella')) },
    ];
    for (const body of wrong) await newcomer.post(BY_CONTEXT, body).expect(400);
    await newcomer.post(BY_CONTEXT).set('content-type', 'text/plain').send('{}').expect(415);
    await newcomer.post(BY_CONTEXT, { items: [], text: 'x'.repeat(1_100_000) }).expect(413);
    const backend = await shop.service();
    await newcomer.post('/cart/acme/carts', { siteCode: 'us', currency: 'USD' }).expect(201);
    await backend.patch('/site/acme/sites/us', { active: false }).expect(200);
    const { body } = await newcomer.post(BY_CONTEXT, { items: [] }).expect(404);
    expect(body).toMatchObject({ code: 404, status: 'Not Found', message: expect.stringContaining('us') });
    await backend.patch('/site/acme/sites/us', { active: true }).expect(200);
  });

  it('for which she needs a token of a session [W-43, W-44]', async () => {
    await shop.http.post(BY_CONTEXT, { items: [] }).expect(401);
    await (await shop.service()).post(BY_CONTEXT, { items: [] }).expect(403);
    await (await shop.visitor()).post('/price/globex/match-prices-by-context', { items: [] }).expect(403);
  });
});

describe('A backend asks for prices', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const request = { targetCurrency: 'EUR', siteCode: 'main', targetLocation: { countryCode: 'DE' } };
  const match = async (over: object, ...items: object[]): Promise<readonly string[]> =>
    told((await staff.post(MATCH, { ...request, items, ...over }).expect(200)).body);

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  it('for the site, currency and country that it names [C-07]', async () => {
    const asked = [item('raincoat'), item('umbrella', 2), item('postcard', 20)];
    expect(await match({}, ...asked)).toEqual(['raincoat-eur 79', 'umbrella-eur 39.8', 'postcard-eur 27']);
    expect(await match({ targetCurrency: 'USD', siteCode: 'us' }, ...asked)).toEqual([
      'raincoat-usd 89',
      'umbrella-usd 49.8',
    ]);
    expect(await match({ targetLocation: { countryCode: 'FR' } }, item('postcard'))).toEqual([]);
    expect(await match({ targetCurrency: 'GBP' }, ...asked)).toEqual([]);
  });

  it('for a customer with their groups, or for a group', async () => {
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    const { body: me } = await anna.get('/customer/acme/me').expect(200);
    const principals = [{ type: 'GROUP', id: 'gold' }];
    await staff
      .put(`${PRICES}/gold-umbrella`, {
        itemId: { itemType: 'PRODUCT', id: 'umbrella' },
        currency: 'EUR',
        tierValues: [{ priceValue: 15 }],
        restrictions: { siteCodes: ['main'], principals },
      })
      .expect(201);
    expect(await match({}, item('umbrella'))).toEqual(['umbrella-eur 19.9']);
    expect(await match({ principal: { type: 'GROUP', id: 'gold' } }, item('umbrella'))).toEqual([
      'gold-umbrella 15',
    ]);
    expect(await match({ principal: { type: 'CUSTOMER', id: me.id } }, item('umbrella'))).toEqual([
      'gold-umbrella 15',
    ]);
    expect(await match({ principal: { type: 'CUSTOMER', id: 'gold' } }, item('umbrella'))).toEqual([
      'umbrella-eur 19.9',
    ]);
    await staff.delete(`${PRICES}/gold-umbrella`).expect(204);
  });

  it('at the default site on request, if the site has none', async () => {
    const atUs = { siteCode: 'us' };
    expect(await match(atUs, item('umbrella'), item('raincoat'))).toEqual(['raincoat-eur 79']);
    const { body } = await staff
      .post(MATCH, { ...request, ...atUs, useFallback: true, items: [item('umbrella'), item('raincoat')] })
      .expect(200);
    expect(body).toMatchObject([
      { priceId: 'umbrella-eur', site: { code: 'main' } },
      { priceId: 'raincoat-eur', site: { code: 'us' } },
    ]);
  });

  it('gross or net as the site shows them, if there are both', async () => {
    const model = { measurementUnit: { quantity: 1, unitCode: 'pc' }, tierDefinition: { tierType: 'BASIC' } };
    for (const [id, includesTax, priceValue] of [
      ['gross', true, 119],
      ['net', false, 100],
    ] as const) {
      await staff.put(`/price/acme/priceModels/${id}`, { ...model, name: id, includesTax }).expect(201);
      const lamp = {
        itemId: { itemType: 'PRODUCT', id: 'lamp' },
        currency: 'EUR',
        tierValues: [{ priceValue }],
      };
      await staff.put(`${PRICES}/lamp-${id}`, { ...lamp, priceModelId: id }).expect(201);
    }
    expect(await match({}, item('lamp'))).toEqual(['lamp-net 100']);
    await staff.patch('/site/acme/sites/main', { includesTax: true }).expect(200);
    const { body } = await staff.post(MATCH, { ...request, items: [item('lamp')] }).expect(200);
    expect(body).toMatchObject([{ priceId: 'lamp-gross', includesTax: true }]);
  });

  it('as they were changed, even if declared otherwise: a start creates only what is missing', async () => {
    await staff.put(`${PRICES}/umbrella-eur?partial=true`, { tierValues: [{ priceValue: 18 }] }).expect(204);
    await staff.delete(`${PRICES}/raincoat-eur`).expect(204);
    const other = await shop.secondInstance();
    await other.close();
    expect(await match({}, item('umbrella'), item('raincoat'))).toEqual([
      'umbrella-eur 18',
      'raincoat-eur 79',
    ]);
  });

  it.each([
    ['targetCurrency', { targetCurrency: undefined }],
    ['targetCurrency', { targetCurrency: 'eur' }],
    ['siteCode', { siteCode: '' }],
    ['targetLocation', { targetLocation: undefined }],
    ['targetLocation.countryCode', { targetLocation: { countryCode: 'Germany' } }],
    ['items', { items: undefined }],
    ['items.0.quantity', { items: [{ itemId: item('umbrella').itemId }] }],
    ['items.0.itemId', { items: [{ quantity: { quantity: 1 } }] }],
    ['principal.type', { principal: { type: 'EVERYBODY', id: 'x' } }],
    ['useFallback', { useFallback: 'yes' }],
  ])('but not with a wrong %s: %j [W-45, W-59]', async (field, over) => {
    const { body } = await staff.post(MATCH, { ...request, items: [], ...over }).expect(400);
    expect(body).toMatchObject({ code: 400, status: 'Bad Request' });
    expect(body.details).toContainEqual(expect.objectContaining({ field }));
  });

  it('but not at a site that does not exist, or without a scope [W-43, W-44, C-05]', async () => {
    const asking = { ...request, items: [item('umbrella')] };
    const { body } = await staff.post(MATCH, { ...asking, siteCode: 'moon' }).expect(404);
    expect(body).toMatchObject({ code: 404, status: 'Not Found', message: expect.stringContaining('moon') });
    await shop.http.post(MATCH, asking).expect(401);
    await (await shop.visitor()).post(MATCH, asking).expect(403);
    const refused = await (await shop.service('acme-readonly')).post(MATCH, asking).expect(403);
    expect(refused.body.details).toEqual(['missing scope: price.price_read or price.price_manage']);
    await staff.post(MATCH).set('content-type', 'text/plain').send('{}').expect(415);
    await staff.post(MATCH, { ...asking, text: 'x'.repeat(1_100_000) }).expect(413);
    const reader = await shop.service('acme-backend', 'acme-backend-secret', 'price.price_read');
    await reader.post(MATCH, asking).expect(200);
  });
});
