import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser, HttpUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';
const onMain = { siteCode: 'main', currency: 'EUR' };
const item = {
  itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella',
  quantity: 1,
  price: { priceId: 'umbrella-eur', originalAmount: 19.9, effectiveAmount: 19.9, currency: 'EUR' },
};

describe('A stranger', () => {
  let shop: Shop;
  let owner: Visitor;
  let cartId: string;
  let annas: string;
  let anna: CustomerUser;
  let strangers: readonly HttpUser[];
  beforeAll(async () => {
    shop = await openShop();
    owner = await shop.visitor();
    ({
      body: { cartId },
    } = await owner.post(carts, onMain).expect(201));
    await owner.post(`${carts}/${cartId}/items`, item).expect(201);
    anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    ({
      body: { cartId: annas },
    } = await anna.post(carts, onMain).expect(201));
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    strangers = [await shop.visitor(), ben];
  });
  afterAll(() => shop.close());

  it('gets the same answer for every cart of somebody else, whether or not it exists [W-52, P-31]', async () => {
    for (const stranger of strangers) {
      for (const id of [cartId, annas, 'no-such-cart', '__proto__', '%00', '..%2Fcarts']) {
        const cart = `${carts}/${id}`;
        const { body } = await stranger.get(cart).expect(404);
        expect(body).toEqual({
          code: 404,
          status: 'Not Found',
          message: `Cart with code ${decodeURIComponent(id)} not found.`,
        });
        await stranger.put(cart, { zipCode: '1' }).expect(404);
        await stranger.delete(cart).expect(404);
        await stranger.get(`${cart}/items`).expect(404);
        await stranger.post(`${cart}/items`, item).expect(404);
        await stranger.delete(`${cart}/items`).expect(404);
        await stranger.get(`${cart}/items/0`).expect(404);
        await stranger.put(`${cart}/items/0`, { quantity: 1 }).expect(404);
        await stranger.delete(`${cart}/items/0`).expect(404);
      }
    }
    const { body: untouched } = await owner.get(`${carts}/${cartId}`).expect(200);
    expect(untouched).toMatchObject({ totalUnitsCount: 1, metadata: { version: 2 } });
  });

  it('finds only their own carts, whatever customer the query names [W-52, P-31]', async () => {
    for (const stranger of strangers) {
      await stranger.get(`${carts}?siteCode=main`).expect(404);
      await stranger.get(`${carts}?siteCode=main&sessionId=${owner.sessionId}`).expect(403);
    }
    const [visitor, ben] = strangers;
    const { body } = await anna.get(`${carts}/${annas}`).expect(200);
    await visitor?.get(`${carts}?siteCode=main&customerId=${body.customerId}`).expect(404);
    await ben?.get(`${carts}?siteCode=main&customerId=${body.customerId}`).expect(403);
    await anna.get(`${carts}?siteCode=main&customerId=${body.customerId}`).expect(200);
    await anna.get(`${carts}?siteCode=main&sessionId=${anna.sessionId}`).expect(200);
  });

  it("can't claim a session other than the token’s [W-44, W-48, P-37, P-13]", async () => {
    for (const stranger of strangers) {
      const headers = { 'session-id': owner.sessionId };
      await stranger.get(`${carts}/${cartId}`).set(headers).expect(403);
      await stranger.get(`${carts}?siteCode=main`).set(headers).expect(403);
      const { body } = await stranger.post(carts, onMain).set(headers).expect(403);
      expect(body).toMatchObject({ code: 403, status: 'Forbidden', message: expect.any(String) });
    }
    await owner.get(`${carts}/${cartId}`).set('session-id', owner.sessionId).expect(200);
  });

  it("can't make a cart for another person [W-48, P-36]", async () => {
    const [visitor, ben] = strangers;
    const { body } = await anna.get(`${carts}/${annas}`).expect(200);
    await ben?.post(carts, { ...onMain, customerId: body.customerId }).expect(403);
    await ben?.post(carts, onMain).set('saas-token', anna.saasToken).expect(403);
    await visitor?.post(carts, onMain).set('saas-token', anna.saasToken).expect(403);
    await ben?.post(carts, onMain).set('saas-token', 'rubbish').expect(403);
    await visitor?.get(`${carts}?siteCode=main&create=true`).set('saas-token', anna.saasToken).expect(403);
    for (const stranger of strangers) await stranger.get(`${carts}?siteCode=main`).expect(404);
    await anna
      .post(carts, { ...onMain, type: 'other', customerId: body.customerId })
      .set('saas-token', anna.saasToken)
      .expect(201);
  });

  it('of another tenant is refused before anything is read [W-41, C-12, P-30]', async () => {
    const other = await shop.visitor({ tenant: 'globex' });
    const staff = await shop.service('globex-backend');
    for (const foreign of [other, staff]) {
      for (const id of [cartId, 'no-such-cart']) {
        const { body } = await foreign.get(`${carts}/${id}`).expect(403);
        expect(body.message).not.toContain(id);
        await foreign.get(`/cart/globex/carts/${id}`).expect(404);
      }
    }
    await owner.get(`${carts}/${cartId}`).set('emporix-tenant', 'globex').expect(403);
  });

  it('without a token, or with a backend’s that lacks the scope, is refused [W-43, C-05]', async () => {
    await shop.http.get(`${carts}/${cartId}`).expect(401);
    await shop.http.post(carts, onMain).expect(401);
    const readonly = await shop.service('acme-readonly');
    const { body } = await readonly.get(`${carts}/${cartId}`).expect(403);
    expect(body).toMatchObject({ code: 403, details: ['missing scope: cart.cart_manage'] });
  });
});
