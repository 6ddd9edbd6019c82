import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpUser, ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const MODELS = '/price/acme/priceModels';
const PRICES = '/price/acme/prices';

const tier = (quantity: number, unitCode = 'kg') => ({ minQuantity: { quantity, unitCode } });

const perKilogram = {
  id: 'per-kg',
  name: { en: 'Per kilogram', de: 'Je Kilogramm' },
  description: { en: 'For what is weighed' },
  includesTax: true,
  includesMarkup: true,
  measurementUnit: { quantity: 1, unitCode: 'kg' },
  tierDefinition: { tierType: 'TIERED', tiers: [tier(0), tier(5), tier(10)] },
};

const perPiece = {
  name: 'Per piece',
  includesTax: false,
  measurementUnit: { quantity: 0, unitCode: 'pc' },
  tierDefinition: { tierType: 'BASIC' },
};

const apples = (priceModelId: string, ...values: number[]) => ({
  itemId: { itemType: 'PRODUCT', id: 'apples' },
  currency: 'EUR',
  location: { countryCode: 'DE' },
  priceModelId,
  tierValues: values.map((priceValue) => ({ priceValue })),
});

describe('An employee manages price models', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const read = async (id: string, language = '*') =>
    (await staff.get(`${MODELS}/${id}`).set('Accept-Language', language).expect(200)).body;

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  it('creates one with tiers, which get ids', async () => {
    const answer = await staff.post(MODELS, perKilogram).set('Content-Language', '*').expect(201);
    expect(answer.body).toEqual({ id: 'per-kg' });
    expect(answer.headers['location']).toBe(`${MODELS}/per-kg`);
    const now = shop.clock.now().toISOString();
    const id = expect.stringMatching(/^[0-9a-f]{24}$/);
    expect(await read('per-kg')).toEqual({
      ...perKilogram,
      default: false,
      tierDefinition: {
        tierType: 'TIERED',
        tiers: [tier(0), tier(5), tier(10)].map((one) => ({ id, ...one })),
      },
      metadata: { version: 1, createdAt: now, modifiedAt: now },
    });
  });

  it('names one in a language, and reads it in another if that one is missing', async () => {
    const { body } = await staff.post(MODELS, perPiece).expect(201);
    expect((await read(body.id)).name).toEqual({ en: 'Per piece' });
    const german = { ...perPiece, name: 'Je Stück', description: 'Stückpreis' };
    const { body: other } = await staff.post(MODELS, german).set('Content-Language', 'de').expect(201);
    expect(await read(other.id)).toMatchObject({
      name: { de: 'Je Stück' },
      description: { de: 'Stückpreis' },
    });
    expect((await read(other.id, 'fr')).name).toBe('Je Stück');
    expect((await read('per-kg', 'de')).name).toBe('Je Kilogramm');
    expect((await read('per-kg', 'fr')).name).toBe('Per kilogram');
  });

  it('may omit the tier of a basic one', async () => {
    const { body } = await staff.get(`${MODELS}?name=Per%20piece`).expect(200);
    expect(body).toMatchObject([
      { name: 'Per piece', tierDefinition: { tierType: 'BASIC', tiers: [tier(0, 'pc')] } },
    ]);
  });

  it.each([
    ['name', { name: '' }],
    ['name', { name: {} }],
    ['name', { name: { 'not a language': 'x' } }],
    ['name', { name: ['x'] }],
    ['includesTax', { includesTax: 'yes' }],
    ['measurementUnit', { measurementUnit: undefined }],
    ['measurementUnit.quantity', { measurementUnit: { quantity: -1, unitCode: 'kg' } }],
    ['measurementUnit.unitCode', { measurementUnit: { quantity: 1 } }],
    ['tierDefinition', { tierDefinition: undefined }],
    ['tierDefinition.tierType', { tierDefinition: { tierType: 'CHEAP' } }],
    ['tierDefinition.tiers', { tierDefinition: { tierType: 'VOLUME', tiers: [tier(0), tier(5), tier(5)] } }],
    ['tierDefinition.tiers', { tierDefinition: { tierType: 'VOLUME', tiers: [tier(1)] } }],
    ['tierDefinition.tiers', { tierDefinition: { tierType: 'VOLUME', tiers: [tier(0), tier(5, 'g')] } }],
    ['tierDefinition.tiers.0.minQuantity', { tierDefinition: { tierType: 'VOLUME', tiers: [{}] } }],
  ])('is refused one with a wrong %s: %j [W-45]', async (field, over) => {
    const { body } = await staff.post(MODELS, { ...perKilogram, id: 'wrong', ...over }).expect(400);
    expect(body).toMatchObject({ code: 400, status: 'Bad Request' });
    expect(body.details).toContainEqual(expect.objectContaining({ field }));
  });

  it('is told of an unknown language, of text in place of a map, and of a taken id', async () => {
    await staff.post(MODELS, perPiece).set('Content-Language', 'no language').expect(400);
    await staff.post(MODELS, perPiece).set('Content-Language', '*').expect(400);
    const { body } = await staff.post(MODELS, perKilogram).expect(409);
    expect(body).toMatchObject({ code: 409, status: 'Conflict' });
  });

  it('lists them as they were created, or filtered, sorted, and page by page [W-60]', async () => {
    const namesOf = async (query: string) =>
      (await staff.get(`${MODELS}?${query}`).expect(200)).body.map(({ name }: { name: string }) => name);
    const all = ['Cheaper from 10 and from 50', 'Per kilogram', 'Per piece', 'Je Stück'];
    expect((await namesOf('')).toSorted()).toEqual(all.toSorted());
    expect(await namesOf('tierType=TIERED&sort=id')).toEqual(all.slice(0, 2));
    expect(await namesOf('tierType=TIERED&sort=id:desc')).toEqual(all.slice(0, 2).toReversed());
    expect((await namesOf('includesTax=false')).toSorted()).toEqual(['Je Stück', 'Per piece']);
    expect(await namesOf('includesMarkup=true')).toEqual(['Per kilogram']);
    expect(await namesOf('unitcode=kg')).toEqual(['Per kilogram']);
    expect(await namesOf('description=St%C3%BCckpreis')).toEqual(['Je Stück']);
    const page = await staff
      .get(`${MODELS}?pageSize=1&pageNumber=2`)
      .set('X-Total-Count', 'true')
      .expect(200);
    expect(page.body).toHaveLength(1);
    expect(page.headers['x-total-count']).toBe('4');
    for (const wrong of ['tierType=X', 'includesTax=perhaps', 'sort=name', 'pageSize=0']) {
      await staff.get(`${MODELS}?${wrong}`).expect(400);
    }
  });

  it('sets a price with it: a value for each tier, by order or by id', async () => {
    const { tierDefinition } = await read('per-kg');
    const ids: string[] = tierDefinition.tiers.map(({ id }: { id: string }) => id);
    await staff.put(`${PRICES}/apples-1`, apples('per-kg', 3, 2, 1)).expect(201);
    const byId = {
      ...apples('per-kg'),
      tierValues: ids.map((id, i) => ({ id, priceValue: 3 - i })).toReversed(),
    };
    await staff.put(`${PRICES}/apples-2`, byId).expect(201);
    for (const id of ['apples-1', 'apples-2']) {
      const { body } = await staff.get(`${PRICES}/${id}`).expect(200);
      expect(body.tierValues).toEqual(ids.map((tierId, i) => ({ id: tierId, priceValue: 3 - i })));
    }
    const { body } = await staff.put(`${PRICES}/apples-1`, apples('per-kg', 3, 2)).expect(400);
    expect(body.message).toMatch(/^tierValues: .*3 tiers/);
  });

  it('replaces it, and prices keep the values of the tiers that stay', async () => {
    const before = await read('per-kg');
    const next = { ...perKilogram, tierDefinition: { tierType: 'VOLUME', tiers: [tier(0), tier(10)] } };
    await staff.put(`${MODELS}/per-kg`, { ...next, metadata: { version: 1 } }).expect(204);
    const after = await read('per-kg');
    const [first, , last] = before.tierDefinition.tiers;
    expect(after.tierDefinition).toEqual({ tierType: 'VOLUME', tiers: [first, last] });
    expect(after.metadata.version).toBe(2);
    const { body } = await staff.put(`${MODELS}/per-kg`, { ...next, metadata: { version: 1 } }).expect(409);
    expect(body).toMatchObject({ code: 409, metadata: { version: 2 } });
  });

  it('creates one with its id, but not with a version', async () => {
    await staff.put(`${MODELS}/mine`, { ...perPiece, metadata: { version: 1 } }).expect(404);
    const answer = await staff.put(`${MODELS}/mine`, perPiece).expect(201);
    expect(answer.body).toEqual({ id: 'mine' });
    await staff.get(answer.headers['location'] ?? '').expect(200);
    await staff.put(`${MODELS}/mine`, { ...perPiece, name: undefined }).expect(400);
  });

  it('makes it the default for new prices that name none; there is at most one default', async () => {
    await staff.put(`${MODELS}/per-kg`, { ...perKilogram, default: true }).expect(204);
    await staff.put(`${MODELS}/mine`, { ...perPiece, default: true }).expect(204);
    expect(await read('per-kg')).toMatchObject({ default: false });
    const { priceModelId: _none, ...sent } = apples('', 7);
    await staff.put(`${PRICES}/apples-3`, sent).expect(201);
    expect((await staff.get(`${PRICES}/apples-3`).expect(200)).body).toMatchObject({ priceModelId: 'mine' });
  });

  it("can't delete one that prices use, unless she deletes them too, which needs a scope [C-05]", async () => {
    const manager = await shop.service('acme-backend', 'acme-backend-secret', 'price.pricemodel_manage');
    const { body } = await manager.delete(`${MODELS}/per-kg`).expect(400);
    expect(body.details).toEqual([{ field: 'forceDelete', message: expect.stringContaining('per-kg') }]);
    const refused = await manager.delete(`${MODELS}/per-kg?forceDelete=true`).expect(403);
    expect(refused.body.details).toEqual(['missing scope: price.pricemodel_manage_admin']);
    await staff.get(`${PRICES}/apples-1`).expect(200);
    await staff.delete(`${MODELS}/per-kg?forceDelete=true`).expect(204);
    await staff.get(`${MODELS}/per-kg`).expect(404);
    await staff.get(`${PRICES}/apples-1`).expect(404);
    await staff.get(`${PRICES}/apples-3`).expect(200);
  });

  it('deletes one that no price uses, and may repeat that', async () => {
    await staff.delete(`${PRICES}/apples-3`).expect(204);
    await staff.delete(`${MODELS}/mine`).expect(204);
    await staff.delete(`${MODELS}/mine`).expect(204);
    await staff.get(`${MODELS}/mine`).expect(404);
  });

  it('needs scopes for all this [W-43, W-44, C-05]', async () => {
    const reader = await shop.service('acme-backend', 'acme-backend-secret', 'price.pricemodel_read');
    await reader.get(MODELS).expect(200);
    await reader.get(`${MODELS}/by-quantity`).expect(200);
    const reading: ((user: HttpUser) => ReturnType<HttpUser['get']>)[] = [
      (user) => user.get(MODELS),
      (user) => user.get(`${MODELS}/by-quantity`),
    ];
    const writing: typeof reading = [
      (user) => user.post(MODELS, perPiece),
      (user) => user.put(`${MODELS}/by-quantity`, perPiece),
      (user) => user.delete(`${MODELS}/by-quantity`),
    ];
    const [visitor, readonly] = [await shop.visitor(), await shop.service('acme-readonly')];
    for (const ask of [...reading, ...writing]) {
      await ask(shop.http).expect(401);
      await ask(visitor).expect(403);
      await ask(readonly).expect(403);
    }
    for (const ask of writing) {
      const { body } = await ask(reader).expect(403);
      expect(body.details).toEqual([expect.stringMatching(/^missing scope: price\.pricemodel_manage\b/)]);
    }
    await staff.post(MODELS).set('content-type', 'text/plain').send('{}').expect(415);
    await staff.post(MODELS, { ...perPiece, name: 'x'.repeat(1_100_000) }).expect(413);
  });
});
