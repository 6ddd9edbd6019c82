import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CustomerUser, type ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const ENTITIES = '/customer-management/acme/legal-entities';
const CONTACTS = '/customer-management/acme/contact-assignments';
const CARTS = '/cart/acme/carts';
const CONTEXT = '/session-context/acme/me/context';
const ON_MAIN = { siteCode: 'main', currency: 'EUR' };

describe('A buyer of two companies', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let ben: CustomerUser;
  let benId: string;
  const carts: Record<string, string> = {};

  const logIn = async () => (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
  const actFor = (user: CustomerUser, company: string) =>
    user.get(`/customer/acme/refreshauthtoken?refreshToken=${user.refreshToken}&legalEntityId=${company}`);
  const switched = async (company: string): Promise<void> => {
    const { body } = await actFor(ben, company).expect(200);
    ben = new CustomerUser(shop.url, 'acme', { ...body, saas_token: ben.saasToken });
  };
  const umbrella = async (): Promise<number> => {
    const items = [{ itemId: { itemType: 'PRODUCT', id: 'umbrella' }, quantity: { quantity: 1 } }];
    const { body } = await ben.post('/price/acme/match-prices-by-context', { items }).expect(200);
    return body[0].effectiveValue;
  };

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    ben = await logIn();
    benId = (await ben.get('/customer/acme/me').expect(200)).body.id;
    for (const [id, price] of Object.entries({ north: 15, south: 12, third: 1 })) {
      await staff.post(ENTITIES, { id, name: id, customerGroups: [{ id: `at-${id}` }] }).expect(201);
      await staff
        .post('/price/acme/prices', {
          id: `umbrella-${id}`,
          itemId: { itemType: 'PRODUCT', id: 'umbrella' },
          currency: 'EUR',
          location: { countryCode: 'DE' },
          restrictions: { siteCodes: ['main'], principals: [{ type: 'GROUP', id: `at-${id}` }] },
          tierValues: [{ priceValue: price }],
        })
        .expect(201);
    }
    for (const id of ['north', 'south']) {
      const assignment = { id, legalEntity: { id }, customer: { id: benId } };
      await staff.post(CONTACTS, assignment).expect(201);
    }
  });
  afterAll(() => shop.close());

  it('sees which companies these are, and no others', async () => {
    const { body } = await ben.get(`${ENTITIES}?sort=id`).expect(200);
    expect(body.map(({ id }: { id: string }) => id)).toEqual(['north', 'south']);
    const { body: found } = await ben.post(`${ENTITIES}/search`, { q: 'name:~third' }).expect(200);
    expect(found).toEqual([]);
    const { body: profile } = await ben.get('/customer/acme/me').expect(200);
    expect(profile.businessModel).toBe('B2B');
    const companies = ['north', 'south'].map((id) => ({ id, name: id, contactAssignmentId: id }));
    expect(profile.b2b.legalEntities).toHaveLength(2);
    expect(profile.b2b).toEqual({ legalEntities: expect.arrayContaining(companies) });
  });

  it('is shown to an employee with both', async () => {
    const { body } = await staff.get(`/admin/acme/customers/${benId}`).expect(200);
    expect(body.businessModel).toBe('B2B');
    expect(body.b2b.legalEntities.map(({ id }: { id: string }) => id).toSorted()).toEqual(['north', 'south']);
  });

  it('pays the ordinary price before choosing one', async () => {
    expect(await umbrella()).toBe(19.9);
  });

  it('chooses one by a refresh, and the token, the session and its context say so [W-17, W-18]', async () => {
    await ben.post(CARTS, ON_MAIN).expect(201);
    await switched('north');
    const claims = JSON.parse(
      Buffer.from(String(ben.accessToken).split('.')[1] ?? '', 'base64url').toString(),
    );
    expect(claims.legalEntityId).toBe('north');
    const { body: valid } = await ben.get('/customer/acme/validateauthtoken').expect(200);
    expect(valid.legalEntityId).toBe('north');
    expect((await ben.get(CONTEXT).expect(200)).body).toMatchObject({ legalEntityId: 'north' });
  });

  it('is seen by an employee to buy for it, and by themselves on another device', async () => {
    const viewed = async (sessionId: unknown) =>
      (await staff.get(`/admin/acme/sessions/${String(sessionId)}`).expect(200)).body;
    expect((await viewed(ben.sessionId)).legalEntityId).toBe('north');
    const other = await logIn();
    expect(await viewed(other.sessionId)).not.toHaveProperty('legalEntityId');
    await other.get(`/customer/acme/logout?accessToken=${other.accessToken}`).expect(204);
  });

  it('leaves the cart of before, and fills one at the prices of the company', async () => {
    expect((await ben.get(CONTEXT).expect(200)).body).not.toHaveProperty('cartId');
    expect(await umbrella()).toBe(15);
    carts['north'] = (await ben.post(CARTS, ON_MAIN).expect(201)).body.cartId;
    expect((await ben.get(`${CARTS}/${carts['north']}`).expect(200)).body.legalEntityId).toBe('north');
    expect((await ben.get(CONTEXT).expect(200)).body.cartId).toBe(carts['north']);
    const price = { priceId: 'umbrella-north', originalAmount: 15, effectiveAmount: 15, currency: 'EUR' };
    const item = { itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella', quantity: 1, price };
    await ben.post(`${CARTS}/${carts['north']}/items`, item).expect(201);
  });

  it('switches to the other, whose prices and cart are others', async () => {
    await switched('south');
    expect(await umbrella()).toBe(12);
    expect((await ben.get(CONTEXT).expect(200)).body).not.toHaveProperty('cartId');
    const { body } = await ben.get(`${CARTS}?siteCode=main&create=true`).expect(200);
    expect(body).toMatchObject({ legalEntityId: 'south', items: [] });
    carts['south'] = body.id;
    await switched('north');
    expect((await ben.get(CONTEXT).expect(200)).body.cartId).toBe(carts['north']);
  });

  it('pays by the price lists of the company and of the one above it, also in its cart', async () => {
    const lists = '/price/acme/price-lists';
    const list = async (legalEntityId: string, priceValue: number): Promise<void> => {
      await staff
        .put(`${lists}/${legalEntityId}`, { name: { en: 'B2B' }, siteCode: 'main', legalEntityId })
        .expect(201);
      await staff
        .put(`${lists}/${legalEntityId}/prices/umbrella-of-${legalEntityId}`, {
          itemId: { itemType: 'PRODUCT', id: 'umbrella' },
          tierValues: [{ priceValue }],
          metadata: { version: 1 },
        })
        .expect(201);
    };
    await staff.put(`${ENTITIES}/above`, { name: 'Above', type: 'COMPANY' }).expect(201);
    const south = {
      name: 'south',
      type: 'SUBSIDIARY',
      parentId: 'above',
      customerGroups: [{ id: 'at-south' }],
    };
    await staff.put(`${ENTITIES}/south`, south).expect(204);
    for (const [company, price] of Object.entries({ north: 14, above: 11, third: 2 }))
      await list(company, price);
    expect(await umbrella()).toBe(14);
    const itemYrn = 'urn:yaas:hybris:product:product:acme;umbrella';
    const line = (priceId: string, amount: number) => ({
      itemYrn,
      quantity: 2,
      price: { priceId, originalAmount: amount, effectiveAmount: amount, currency: 'EUR' },
    });
    const items = `${CARTS}/${carts['north']}/items`;
    await ben.post(items, line('umbrella-of-north', 14)).expect(201);
    for (const foreign of ['above', 'third'])
      await ben.post(items, line(`umbrella-of-${foreign}`, 1)).expect(400);
    await switched('south');
    expect(await umbrella()).toBe(11);
    await ben.post(`${CARTS}/${carts['south']}/items`, line('umbrella-of-above', 11)).expect(201);
    const { body } = await ben.get(`${CARTS}/${carts['south']}`).expect(200);
    expect(body.items[0]).toMatchObject({ price: { priceId: 'umbrella-of-above', effectiveAmount: 11 } });
    expect(body.subTotalPrice.amount).toBe(22);
    await switched('north');
    await staff
      .put(`${lists}/north/prices/umbrella-of-north`, {
        itemId: { itemType: 'PRODUCT', id: 'umbrella' },
        tierValues: [{ priceValue: 13 }],
        metadata: { version: 1 },
      })
      .expect(204);
    await ben.put(`${CARTS}/${carts['north']}/refresh`).expect(204);
    const { body: repriced } = await ben.get(`${CARTS}/${carts['north']}`).expect(200);
    expect(repriced.items[0].price).toMatchObject({ priceId: 'umbrella-of-north', effectiveAmount: 13 });
    for (const company of ['north', 'above', 'third']) await staff.delete(`${lists}/${company}`).expect(204);
    expect(await umbrella()).toBe(15);
  });

  it('is refused a third, in the words that an unknown one gets, and can still refresh [P-31]', async () => {
    const foreign = await actFor(ben, 'third').expect(403);
    const unknown = await actFor(ben, 'nowhere').expect(403);
    expect(foreign.body).toEqual(unknown.body);
    await ben.post(CARTS, { ...ON_MAIN, legalEntityId: 'third' }).expect(403);
    await ben.put(`${CARTS}/${carts['north']}`, { legalEntityId: 'third' }).expect(403);
    await switched('north');
    expect(await umbrella()).toBe(15);
  });

  it('is not given the prices of a company by a stranger’s refresh token [P-10]', async () => {
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    await anna
      .get(`/customer/acme/refreshauthtoken?refreshToken=${ben.refreshToken}&legalEntityId=north`)
      .expect(401);
    await actFor(anna, 'north').expect(403);
  });

  it('is out at once when the company lets them go, and on other devices goes on for the other', async () => {
    const other = await logIn();
    await actFor(other, 'south').expect(200);
    const unbound = await logIn();
    await staff.delete(`${CONTACTS}/north`).expect(204);
    await ben.get(CONTEXT).expect(401);
    await ben.refresh().expect(401);
    await other.get('/customer/acme/me').expect(200);
    await unbound.get('/customer/acme/me').expect(200);
    await actFor(unbound, 'north').expect(403);
  });

  it('is out of a company that is removed with those below it', async () => {
    const below = { id: 'below', name: 'Below', type: 'SUBSIDIARY', parentId: 'south' };
    await staff.post(ENTITIES, below).expect(201);
    await staff
      .post(CONTACTS, { id: 'below', legalEntity: { id: 'below' }, customer: { id: benId } })
      .expect(201);
    ben = await logIn();
    await switched('below');
    await staff.delete(`${ENTITIES}/south`).expect(204);
    await ben.get('/customer/acme/me').expect(401);
    await staff.get(`${ENTITIES}/below`).expect(404);
    await staff.get(`${CONTACTS}/south`).expect(404);
  });

  it('has their assignments exported, and erased with everything else', async () => {
    const assignment = { id: 'last', legalEntity: { id: 'third' }, customer: { id: benId }, type: 'BILLING' };
    await staff.post(CONTACTS, assignment).expect(201);
    const person = `/admin/acme/customers/${benId}`;
    const { body } = await staff.get(`${person}/export`).expect(200);
    expect(body.contactAssignments).toMatchObject([{ id: 'last', legalEntityId: 'third', type: 'BILLING' }]);
    const { body: gone } = await staff.delete(person).expect(200);
    expect(gone.erased.contactAssignments).toBe(1);
    await staff.get(`${CONTACTS}/last`).expect(404);
  });
});
