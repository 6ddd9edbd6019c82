import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';
const search = `${carts}/search`;

const item = (currency: string) => ({
  itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella',
  quantity: 2,
  price: { priceId: 'p', originalAmount: 20, effectiveAmount: 20, currency },
});

describe('A backend searches for carts', () => {
  let shop: Shop;
  let backend: ServiceUser;
  let visitor: Visitor;
  let anna: CustomerUser;
  let visitors: string;
  let annas: string;
  let closed: string;
  beforeAll(async () => {
    shop = await openShop({ settings: { cartPrices: 'given' } });
    backend = await shop.service();
    visitor = await shop.visitor();
    anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    const make = async (user: Visitor | CustomerUser, wish: object): Promise<string> => {
      shop.clock.advanceSeconds(1);
      return (await user.post(carts, wish).expect(201)).body.cartId;
    };
    visitors = await make(visitor, { siteCode: 'main', currency: 'EUR', type: 'shopping' });
    annas = await make(anna, { siteCode: 'us', currency: 'USD' });
    closed = await make(anna, { siteCode: 'main', currency: 'EUR', type: 'wishlist' });
    shop.clock.advanceSeconds(1);
    await backend.post(`${carts}/${visitors}/items`, item('EUR')).expect(201);
    await anna.put(`${carts}/${closed}`, { status: 'CLOSED' }).expect(204);
  });
  afterAll(() => shop.close());

  const idsOf = async (user: ServiceUser | Visitor | CustomerUser, q?: string, query = '') => {
    const { body } = await user.post(`${search}${query}`, q === undefined ? {} : { q }).expect(200);
    return body.map(({ id }: { id: string }) => id);
  };

  it('by their properties, and sees what they cost [W-61]', async () => {
    const { body } = await backend.post(search, { q: `id:${visitors}` }).expect(200);
    expect(body).toEqual([(await visitor.get(`${carts}/${visitors}`).expect(200)).body]);
    expect(body[0]).toMatchObject({ status: 'OPEN', totalPrice: { amount: 40, currency: 'EUR' } });
    const { customerId } = (await anna.get(`${carts}/${annas}`).expect(200)).body;
    const finds: [string, string[]][] = [
      ['status:OPEN', [visitors, annas]],
      ['status:CLOSED', [closed]],
      ['siteCode:us', [annas]],
      ['currency:(USD,GBP)', [annas]],
      [`customerId:${customerId}`, [annas, closed]],
      [`sessionId:${visitor.sessionId}`, [visitors]],
      ['type:missing', [annas]],
      ['type:~list', [closed]],
      ['items.itemYrn:"urn:yaas:hybris:product:product:acme;umbrella"', [visitors]],
      ['metadata.version:>=2 status:OPEN', [visitors]],
      ['status:OPEN siteCode:b2b', []],
    ];
    for (const [q, ids] of finds) expect((await idsOf(backend, q)).toSorted(), q).toEqual(ids.toSorted());
  });

  it('in order, in pages, in parts, and with a total on request [W-60]', async () => {
    expect(await idsOf(backend, undefined, '?sort=metadata.createdAt')).toEqual([visitors, annas, closed]);
    expect(await idsOf(backend, undefined, '?sort=metadata.createdAt:desc&pageSize=2')).toEqual([
      closed,
      annas,
    ]);
    expect(await idsOf(backend, undefined, '?sort=metadata.createdAt&pageSize=2&pageNumber=2')).toEqual([
      closed,
    ]);
    const { body, headers } = await backend
      .post(`${search}?pageSize=1&fields=id,metadata.version&sort=metadata.createdAt`, { q: 'status:OPEN' })
      .set('X-Total-Count', 'true')
      .expect(200);
    expect(body).toEqual([{ id: visitors, metadata: { version: 2 } }]);
    expect(headers['x-total-count']).toBe('2');
    const { headers: uncounted } = await backend.post(search).expect(200);
    expect(uncounted).not.toHaveProperty('x-total-count');
  });

  it("and is told what can't be used as a filter [W-45, W-61, P-51]", async () => {
    const wrong: [string, object][] = [
      ['', { q: 'colour:red' }],
      ['', { q: 'owner.customerId:x' }],
      ['', { q: 'status' }],
      ['', { q: { $ne: 1 } }],
      ['', { q: 'metadata.createdAt:>yesterday' }],
      ['?sort=currency', {}],
      ['?pageNumber=0', {}],
      ['?pageSize=1000', {}],
    ];
    for (const [query, body] of wrong) {
      const refused = await backend.post(`${search}${query}`, body).expect(400);
      expect(refused.body).toMatchObject({ code: 400, status: 'Bad Request', message: expect.any(String) });
    }
  });

  it('but does not find those that require their session id [W-49]', async () => {
    const guest = await shop.visitor();
    const { body } = await guest
      .post(carts, { siteCode: 'main', currency: 'EUR', sessionValidated: true })
      .expect(201);
    expect(await idsOf(backend)).not.toContain(body.cartId);
    expect(await idsOf(guest)).toEqual([body.cartId]);
  });

  it('while a shopper finds only their own open ones, whatever the query asks for [W-52]', async () => {
    expect(await idsOf(visitor)).toEqual([visitors]);
    expect(await idsOf(visitor, `id:${annas}`)).toEqual([]);
    expect(await idsOf(anna)).toEqual([annas]);
    expect(await idsOf(anna, 'status:CLOSED')).toEqual([]);
    expect(await idsOf(await shop.visitor())).toEqual([]);
  });

  it('and nobody finds the cart of a session that is over, or a deleted one [D-02]', async () => {
    const guest = await shop.visitor();
    const { body } = await guest.post(carts, { siteCode: 'main', currency: 'EUR' }).expect(201);
    expect(await idsOf(backend, `id:${body.cartId}`)).toEqual([body.cartId]);
    shop.clock.advanceSeconds(3600);
    expect(await idsOf(backend, `id:${body.cartId}`)).toEqual([]);
    await guest.post(search, {}).expect(401);
    const awake = await guest.refreshed();
    expect(await idsOf(backend, `id:${body.cartId}`)).toEqual([body.cartId]);
    expect(await idsOf(awake)).toEqual([body.cartId]);
    await awake.delete(`${carts}/${body.cartId}`).expect(204);
    expect(await idsOf(backend, `id:${body.cartId}`)).toEqual([]);
  });

  it('while a customer also finds what a login left behind [E-25, W-52]', async () => {
    const guest = await shop.visitor();
    const { body } = await guest.post(carts, { siteCode: 'us', currency: 'USD', type: 'left' }).expect(201);
    const ben = await guest.logIn('ben@acme.test', 'demo-Ben-2026');
    const owner = { kind: 'session', sessionId: guest.sessionId } as const;
    await shop.storage.carts.change('acme', body.cartId, (cart) => ({ ...cart, owner }));
    expect(await idsOf(ben)).toEqual([body.cartId]);
  });

  it('only with the scope, and only in its own tenant [W-41, W-43, W-44]', async () => {
    const { body } = await (await shop.service('acme-readonly')).post(search, {}).expect(403);
    expect(body).toMatchObject({ code: 403, status: 'Forbidden' });
    await shop.http.post(search, {}).expect(401);
    const stranger = await shop.service('globex-backend');
    await stranger.post(search, {}).expect(403);
    expect((await stranger.post('/cart/globex/carts/search', {}).expect(200)).body).toEqual([]);
  });
});
