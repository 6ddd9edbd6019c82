import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const PRICES = '/price/acme/prices';

const kettle = {
  id: 'kettle-eur',
  itemId: { itemType: 'PRODUCT', id: 'kettle' },
  itemYrn: 'urn:yaas:saasag:caasproduct:product:acme;kettle',
  currency: 'EUR',
  location: { countryCode: 'DE' },
  salePrice: { discountRate: 10, description: 'Sale' },
  restrictions: {
    siteCodes: ['main'],
    principals: [{ type: 'GROUP', id: 'gold' }],
    validity: { from: '2026-01-01T00:00:00.000Z', to: '2099-01-01T00:00:00.000Z' },
  },
  tierValues: [{ priceValue: 15.99 }],
  mixins: { shelf: { row: 4 } },
  metadata: { mixins: { shelf: 'https://schemas.test/shelf' } },
};

const aTeapot = (over: object = {}) => ({
  itemId: { itemType: 'PRODUCT', id: 'teapot' },
  currency: 'EUR',
  location: { countryCode: 'DE' },
  tierValues: [{ priceValue: 30 }],
  ...over,
});

describe('An employee manages prices', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let visitor: Visitor;
  const read = async (id = 'kettle-eur') => (await staff.get(`${PRICES}/${id}`).expect(200)).body;

  beforeAll(async () => {
    shop = await openShop();
    [staff, visitor] = [await shop.service(), await shop.visitor()];
  });
  afterAll(() => shop.close());

  it('creates one, and is told where it is', async () => {
    const answer = await staff.post(PRICES, kettle).expect(201);
    expect(answer.body).toEqual({ id: 'kettle-eur' });
    expect(answer.headers['location']).toBe(`${PRICES}/kettle-eur`);
  });

  it('reads it as it was sent, without a price model, as it is a simple price [C-07]', async () => {
    const now = shop.clock.now().toISOString();
    expect(await read()).toEqual({
      ...kettle,
      metadata: { ...kettle.metadata, version: 1, createdAt: now, modifiedAt: now },
    });
    const { body } = await staff.get(`${PRICES}/kettle-eur?extendWithPriceModel=true`).expect(200);
    expect(body).not.toHaveProperty('priceModel');
  });

  it('may omit the id, send amounts as strings, and send unknown fields [C-02]', async () => {
    const sent = aTeapot({ tierValues: [{ priceValue: '629.00' }], vendorId: 'v', origin: 'import' });
    const { body: created } = await staff.post(PRICES, sent).expect(201);
    expect(created.id).toMatch(/^[0-9a-f]{24}$/);
    const price = await read(created.id);
    expect(price.tierValues).toEqual([{ priceValue: 629 }]);
    expect(Object.keys(price).toSorted()).toEqual([
      'currency',
      'id',
      'itemId',
      'location',
      'metadata',
      'tierValues',
    ]);
  });

  it('is told if an id is taken', async () => {
    const { body } = await staff.post(PRICES, kettle).expect(409);
    expect(body).toMatchObject({ code: 409, status: 'Conflict', message: expect.stringMatching(/^id: /) });
  });

  it.each([
    ['itemId', { itemId: undefined }],
    ['itemId', { itemId: [] }],
    ['itemId.itemType', { itemId: { itemType: 'BUNDLE', id: 'x' } }],
    ['itemId.id', { itemId: { itemType: 'PRODUCT', id: '' } }],
    ['currency', { currency: 'EURO' }],
    ['currency', { currency: undefined }],
    ['location', { location: undefined }],
    ['location.countryCode', { location: { countryCode: 'ZZ' } }],
    ['tierValues', { tierValues: [] }],
    ['tierValues', { tierValues: undefined }],
    ['tierValues', { tierValues: [{ priceValue: 1 }, { priceValue: 2 }] }],
    ['tierValues.0.priceValue', { tierValues: [{ priceValue: -1 }] }],
    ['tierValues.0.priceValue', { tierValues: [{ priceValue: 'cheap' }] }],
    ['tierValues.0.priceValue', { tierValues: [{}] }],
    ['salePrice.discountRate', { salePrice: { discountRate: 101 } }],
    ['restrictions.siteCodes', { restrictions: { siteCodes: ['nowhere'] } }],
    ['restrictions.siteCodes', { restrictions: {} }],
    [
      'restrictions.principals.0.type',
      { restrictions: { siteCodes: [], principals: [{ type: 'X', id: 'y' }] } },
    ],
    ['restrictions.validity.from', { restrictions: { siteCodes: [], validity: { from: 'tomorrow' } } }],
    [
      'restrictions.validity',
      { restrictions: { siteCodes: [], validity: { from: '2026-02-01', to: '2026-01-01' } } },
    ],
    ['priceModelId', { priceModelId: 'none' }],
    ['id', { id: 'x'.repeat(129) }],
  ])('is refused a price with a wrong %s: %j [W-45, W-59]', async (field, over) => {
    const { body } = await staff.post(PRICES, aTeapot(over)).expect(400);
    expect(body).toMatchObject({ code: 400, status: 'Bad Request' });
    expect(body.details).toContainEqual(expect.objectContaining({ field }));
  });

  it('changes parts of it without touching the rest', async () => {
    const before = await read();
    shop.clock.advanceSeconds(60);
    await staff.put(`${PRICES}/kettle-eur?partial=true`, { tierValues: [{ priceValue: 12.5 }] }).expect(204);
    expect(await read()).toEqual({
      ...before,
      tierValues: [{ priceValue: 12.5 }],
      metadata: { ...before.metadata, version: 2, modifiedAt: shop.clock.now().toISOString() },
    });
  });

  it('lifts limits with new restrictions, which replace the old ones as a whole', async () => {
    await staff.put(`${PRICES}/kettle-eur?partial=true`, { restrictions: { siteCodes: ['us'] } }).expect(204);
    expect((await read()).restrictions).toEqual({ siteCodes: ['us'] });
    await staff.put(`${PRICES}/kettle-eur?partial=true`, { restrictions: { siteCodes: [] } }).expect(204);
    expect(await read()).not.toHaveProperty('restrictions');
  });

  it('replaces it as it was read, version included [C-02]', async () => {
    const before = await read();
    await staff.put(`${PRICES}/kettle-eur`, { ...before, currency: 'USD' }).expect(204);
    const { metadata, ...after } = await read();
    expect(after).toEqual({ ...before, currency: 'USD', metadata: undefined });
    expect(metadata.version).toBe(before.metadata.version + 1);
  });

  it('is told if somebody was faster, and which version is current [W-46, D-08]', async () => {
    const { metadata, ...price } = await read();
    const stale = { ...price, metadata: { version: metadata.version - 1 } };
    const { body } = await staff.put(`${PRICES}/kettle-eur`, stale).expect(409);
    expect(body).toMatchObject({ code: 409, status: 'Conflict', metadata: { version: metadata.version } });
  });

  it('creates a price under an id of her own, but not part of one or with a version', async () => {
    const mine = `${PRICES}/my%20price`;
    expect((await staff.put(`${mine}?partial=true`, { currency: 'EUR' }).expect(404)).body.code).toBe(404);
    await staff.put(mine, aTeapot({ metadata: { version: 3 } })).expect(404);
    const { body } = await staff.put(mine, { currency: 'EUR' }).expect(400);
    expect(body.message).toMatch(/itemId: .*tierValues: /);
    const answer = await staff.put(mine, aTeapot()).expect(201);
    expect(answer.body).toEqual({ id: 'my price' });
    await staff.get(answer.headers['location'] ?? '').expect(200);
    await staff.put(mine, aTeapot()).expect(204);
    await staff.put(`${mine}?partial=perhaps`, aTeapot()).expect(400);
  });

  it('deletes a price only once', async () => {
    await staff.delete(`${PRICES}/my%20price`).expect(204);
    const { body } = await staff.delete(`${PRICES}/my%20price`).expect(404);
    expect(body).toMatchObject({ code: 404, status: 'Not Found' });
    await staff.get(`${PRICES}/my%20price`).expect(404);
  });

  describe('sends many at once', () => {
    const BULK = `${PRICES}/bulk`;
    const cup = (over: object = {}) => aTeapot({ itemId: { itemType: 'SKU', id: 'cup' }, ...over });

    it('and gets an answer for each in its place', async () => {
      const sent = [
        cup({ id: 'cup-1' }),
        cup({ currency: '?' }),
        'cup',
        cup({ id: 'cup-1' }),
        cup({ id: 'cup-2' }),
      ];
      const { body } = await staff.post(BULK, sent).expect(207);
      expect(
        body.map(({ index, id, code, status }: Record<string, unknown>) => [index, id, code, status]),
      ).toEqual([
        [0, 'cup-1', 201, 'CREATED'],
        [1, undefined, 400, 'BAD_REQUEST'],
        [2, undefined, 400, 'BAD_REQUEST'],
        [3, undefined, 409, 'CONFLICT'],
        [4, 'cup-2', 201, 'CREATED'],
      ]);
      expect(body[1].message).toMatch(/^currency: /);
    });

    it('and updates or creates each', async () => {
      const sent = [
        cup({ id: 'cup-1', tierValues: [{ priceValue: 4 }], metadata: { version: 1 } }),
        cup({ id: 'cup-2', restrictions: { siteCodes: ['abcd'] } }),
        cup({ id: 'cup-2', metadata: { version: 9 } }),
        cup({ id: 'cup-3' }),
        cup(),
      ];
      const { body } = await staff.put(BULK, sent).expect(207);
      expect(body.map(({ code }: { code: number }) => code)).toEqual([204, 400, 409, 201, 201]);
      expect(body[0]).toEqual({ index: 0, id: 'cup-1', code: 204, status: 'NO_CONTENT' });
      expect(body[1].message).toContain('abcd');
      expect((await read('cup-1')).tierValues).toEqual([{ priceValue: 4 }]);
    });

    it('but no more than 200, and only as a list', async () => {
      const many = Array.from({ length: 201 }, () => cup());
      for (const body of [many, cup()]) {
        await staff.post(BULK, body).expect(400);
        await staff.put(BULK, body).expect(400);
      }
      expect((await staff.post(BULK, []).expect(207)).body).toEqual([]);
      const { body } = await staff.put(BULK, many.slice(1)).expect(207);
      expect(body).toHaveLength(200);
    });
  });

  it('and is told if a body is too large or not JSON', async () => {
    const large = aTeapot({ mixins: { text: 'x'.repeat(300_000) } });
    await staff.post(PRICES, large).expect(413);
    await staff.put(`${PRICES}/kettle-eur`, large).expect(413);
    await staff.post(`${PRICES}/bulk`, [aTeapot({ mixins: { text: 'x'.repeat(1_100_000) } })]).expect(413);
    await staff.post(PRICES).set('content-type', 'text/plain').send('{}').expect(415);
  });

  it('needs the scope for all this [W-43, W-44, C-05]', async () => {
    const readonly = await shop.service('acme-readonly');
    const asking: ((user: HttpUser) => ReturnType<HttpUser['get']>)[] = [
      (user) => user.post(PRICES, aTeapot()),
      (user) => user.post(`${PRICES}/bulk`, []),
      (user) => user.put(`${PRICES}/bulk`, []),
      (user) => user.put(`${PRICES}/kettle-eur`, aTeapot()),
      (user) => user.delete(`${PRICES}/kettle-eur`),
    ];
    for (const ask of asking) {
      await ask(shop.http).expect(401);
      await ask(visitor).expect(403);
      const { body } = await ask(readonly).expect(403);
      expect(body).toMatchObject({ code: 403, details: ['missing scope: price.price_manage'] });
    }
    await shop.http.get(PRICES).expect(401);
    await shop.http.get(`${PRICES}/kettle-eur`).expect(401);
    await staff.get('/price/globex/prices').expect(403);
  });
});
