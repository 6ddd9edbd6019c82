import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser, ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';
const mine = '/session-context/acme/me/context';
const onMain = { siteCode: 'main', currency: 'EUR' };
const external = {
  itemType: 'EXTERNAL',
  product: { id: 'gift', name: 'Gift' },
  quantity: 2,
  price: { originalAmount: 2, effectiveAmount: 2, currency: 'EUR' },
  lineTax: { rate: 10, grossValue: 4, netValue: 3.64 },
};

describe('A backend makes carts for shoppers', () => {
  let shop: Shop;
  let backend: ServiceUser;
  let anna: CustomerUser;
  let annasId: string;
  beforeAll(async () => {
    shop = await openShop();
    backend = await shop.service();
    anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
  });
  afterAll(() => shop.close());

  it('for an anonymous session by its id, and the shopper’s context names it [W-47, W-48, E-39]', async () => {
    const shopper = await shop.visitor();
    const { body } = await backend.post(carts, onMain).set('session-id', shopper.sessionId).expect(201);
    const { body: context } = await shopper.get(mine).expect(200);
    expect(context.cartId).toBe(body.cartId);
    const { body: cart } = await shopper.get(`${carts}/${body.cartId}`).expect(200);
    expect(cart.sessionId).toBe(shopper.sessionId);
    expect(cart).not.toHaveProperty('customerId');
    await backend.post(carts, onMain).set('session-id', shopper.sessionId).expect(409);
  });

  it('for a customer by the saas-token, and the customer’s context names it [W-48]', async () => {
    const { body } = await backend.post(carts, onMain).set('saas-token', anna.saasToken).expect(201);
    const { body: context } = await anna.get(mine).expect(200);
    expect(context.cartId).toBe(body.cartId);
    annasId = context.customerId;
    const { body: cart } = await anna.get(`${carts}/${body.cartId}`).expect(200);
    expect(cart).toMatchObject({ customerId: annasId, sessionId: anna.sessionId });
  });

  it('for a customer by id, without a session and so without a context [W-47]', async () => {
    const { body } = await backend.post(carts, { ...onMain, customerId: 'nobody-here' }).expect(201);
    const { body: cart } = await backend.get(`${carts}/${body.cartId}`).expect(200);
    expect(cart.customerId).toBe('nobody-here');
    expect(cart).not.toHaveProperty('sessionId');
  });

  it('and must say for whom [W-45]', async () => {
    const { body } = await backend.post(carts, onMain).expect(400);
    for (const name of ['saas-token', 'session-id', 'customerId']) expect(body.message).toContain(name);
    const { body: found } = await backend.get(`${carts}?siteCode=main`).expect(400);
    for (const name of ['sessionId', 'customerId']) expect(found.message).toContain(name);
  });

  it('but not for an unknown session, or for a customer’s without the saas-token [W-48]', async () => {
    const { body } = await backend.post(carts, onMain).set('session-id', 'unknown').expect(400);
    expect(body.message).toContain('session-id');
    const refused = await backend.post(carts, onMain).set('session-id', anna.sessionId).expect(403);
    expect(refused.body.message).toContain('saas-token');
    const globex = await shop.visitor({ tenant: 'globex' });
    await backend.post(carts, onMain).set('session-id', globex.sessionId).expect(400);
  });

  it('but not if saas-token, session-id and customerId name different people [W-48, P-36]', async () => {
    const saas = { 'saas-token': anna.saasToken };
    const other = await shop.visitor();
    await backend
      .post(carts, { ...onMain, type: 'a', customerId: 'somebody' })
      .set(saas)
      .expect(403);
    await backend
      .post(carts, { ...onMain, type: 'a' })
      .set({ ...saas, 'session-id': other.sessionId })
      .expect(403);
    await backend
      .post(carts, { ...onMain, type: 'a' })
      .set('saas-token', 'rubbish')
      .expect(403);
    const headers = { ...saas, 'session-id': anna.sessionId };
    await backend
      .post(carts, { ...onMain, type: 'a', customerId: annasId })
      .set(headers)
      .expect(201);
  });

  it('but not with the saas-token of a session that has ended [E-35, P-26]', async () => {
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    await ben.logOut().expect(204);
    await backend.post(carts, onMain).set('saas-token', ben.saasToken).expect(403);
  });

  it('and finds or makes them by criteria, in the currency of the site or the session [W-51]', async () => {
    const { body: annas } = await backend.get(`${carts}?siteCode=main&customerId=${annasId}`).expect(200);
    expect(annas.customerId).toBe(annasId);
    const { body: also } = await backend
      .get(`${carts}?siteCode=main&sessionId=${anna.sessionId}`)
      .expect(200);
    expect(also.id).toBe(annas.id);
    const { body: saas } = await backend
      .get(`${carts}?siteCode=main`)
      .set('saas-token', anna.saasToken)
      .expect(200);
    expect(saas.id).toBe(annas.id);
    await backend.get(`${carts}?siteCode=us&customerId=${annasId}`).expect(404);
    const { body: made } = await backend.get(`${carts}?siteCode=us&customerId=ben&create=true`).expect(200);
    expect(made).toMatchObject({ customerId: 'ben', currency: 'USD' });
    const shopper = await shop.visitor({ currency: 'GBP' });
    const query = `siteCode=main&sessionId=${shopper.sessionId}&create=true`;
    expect((await backend.get(`${carts}?${query}`).expect(200)).body.currency).toBe('GBP');
    await backend.get(`${carts}?siteCode=main&sessionId=unknown`).expect(404);
    await backend.get(`${carts}?siteCode=main&sessionId=unknown&create=true`).expect(404);
  });

  it('and gives a shopper’s cart to a customer, which removes it from the shopper’s context [W-52, W-55]', async () => {
    const shopper = await shop.visitor();
    const { body } = await shopper.post(carts, onMain).expect(201);
    const cart = `${carts}/${body.cartId}`;
    const conflict = await backend.put(cart, { customerId: annasId }).expect(409);
    expect(conflict.body.cartId).toEqual(expect.any(String));
    await backend.put(cart, { customerId: 'carla' }).expect(204);
    await shopper.get(cart).expect(404);
    expect((await shopper.get(mine).expect(200)).body).not.toHaveProperty('cartId');
    const { body: given } = await backend.get(`${carts}?siteCode=main&customerId=carla`).expect(200);
    expect(given).toMatchObject({ id: body.cartId, customerId: 'carla', sessionId: shopper.sessionId });
  });

  it('and closes a shopper’s cart, which removes it from the shopper’s context [W-55]', async () => {
    const shopper = await shop.visitor();
    const { body } = await shopper.post(carts, onMain).expect(201);
    await backend.put(`${carts}/${body.cartId}`, { status: 'CLOSED' }).expect(204);
    await backend.get(`${carts}/${body.cartId}`).expect(404);
    expect((await shopper.get(mine).expect(200)).body).not.toHaveProperty('cartId');
  });

  it('and adds items with outside prices, if it may, whose quantity the shopper can change', async () => {
    const shopper = await shop.visitor();
    const { body } = await shopper.post(carts, onMain).expect(201);
    const items = `${carts}/${body.cartId}/items`;
    const limited = await shop.service('acme-backend', 'acme-backend-secret', 'cart.cart_manage');
    await limited.post(items, external).expect(403);
    await backend.post(items, external).expect(201);
    const { body: read } = await shopper.get(`${items}/0`).expect(200);
    const { itemType: _type, lineTax, ...kept } = external;
    expect(read).toMatchObject({ ...kept, type: 'EXTERNAL', lineTax: { ...lineTax, quantity: 2 } });
    await shopper.put(`${items}/0?partial=true`, { quantity: 3 }).expect(204);
    await shopper.put(`${items}/0`, { quantity: 4 }).expect(204);
    await shopper.put(`${items}/0`, { price: { ...external.price, effectiveAmount: 0 } }).expect(403);
    const { body: after } = await shopper.get(`${items}/0`).expect(200);
    expect(after).toMatchObject({ ...kept, quantity: 4, price: external.price });
  });
});

describe('A cart that requires its session id', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('is open to the shopper, and only to a backend that names the same session [W-49, P-37]', async () => {
    const backend = await shop.service();
    const shopper = await shop.visitor();
    const { body } = await shopper.post(carts, { ...onMain, sessionValidated: true }).expect(201);
    const cart = `${carts}/${body.cartId}`;
    await shopper.get(cart).expect(200);
    await backend.get(cart).expect(403);
    await backend.put(cart, { zipCode: '1' }).expect(403);
    await backend.delete(`${cart}/items`).expect(403);
    await backend.delete(cart).expect(403);
    const other = await shop.visitor();
    await backend.get(cart).set('session-id', other.sessionId).expect(403);
    await backend.get(cart).set('session-id', shopper.sessionId).expect(200);
    await backend.get(`${carts}?siteCode=main&sessionId=${shopper.sessionId}`).expect(200);
    await backend.put(cart, { zipCode: '1' }).set('session-id', shopper.sessionId).expect(204);
  });
});

describe('The cart of an anonymous session that is over', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('is gone while the session is dormant, and comes back after a refresh [D-02, E-03]', async () => {
    const shopper = await shop.visitor();
    const { body } = await shopper.post(carts, onMain).expect(201);
    const cart = `${carts}/${body.cartId}`;
    shop.clock.advanceSeconds(3600);
    const backend = await shop.service();
    await shopper.get(cart).expect(401);
    await backend.get(cart).expect(404);
    await backend.put(cart, { zipCode: '1' }).expect(404);
    await backend.delete(cart).expect(404);
    await backend.get(`${cart}/items`).expect(404);
    await backend.get(`${carts}?siteCode=main&sessionId=${shopper.sessionId}`).expect(404);
    await backend.post(carts, onMain).set('session-id', shopper.sessionId).expect(400);
    const awake = await shopper.refreshed();
    await awake.get(cart).expect(200);
    await backend.get(cart).expect(200);
    expect((await awake.get(mine).expect(200)).body.cartId).toBe(body.cartId);
  });
});
