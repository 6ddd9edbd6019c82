import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExpiredCartSweep } from '../../../src/cart/index.js';
import type { CustomerUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';
const mine = '/session-context/acme/me/context';
const onMain = { siteCode: 'main', currency: 'EUR' };
const item = {
  quantity: 1,
  price: { priceId: 'umbrella-eur', originalAmount: 19.9, effectiveAmount: 19.9, currency: 'EUR' },
};

const anna = ['anna@acme.test', 'demo-Anna-2026'] as const;
const ben = ['ben@acme.test', 'demo-Ben-2026'] as const;

describe('A shopper logs in with carts', () => {
  let shop: Shop;
  let visitor: Visitor;
  let customer: CustomerUser;
  let cartId: string;
  let wishlistId: string;
  beforeAll(async () => {
    shop = await openShop();
    visitor = await shop.visitor();
    cartId = (await visitor.post(carts, { ...onMain, sessionValidated: true }).expect(201)).body.cartId;
    wishlistId = (await visitor.post(carts, { ...onMain, type: 'wishlist' }).expect(201)).body.cartId;
    await visitor.post(`${carts}/${cartId}/items`, item).expect(201);
    customer = await visitor.logIn(...ben);
  });
  afterAll(() => shop.close());

  it('and still has them as a customer, with all their content [E-25]', async () => {
    const { body: context } = await customer.get(mine).expect(200);
    expect(context.cartId).toBe(cartId);
    const { body } = await customer.get(`${carts}/${cartId}`).expect(200);
    expect(body).toMatchObject({
      customerId: context.customerId,
      sessionId: visitor.sessionId,
      totalUnitsCount: 1,
    });
    expect((await customer.get(`${carts}?siteCode=main`).expect(200)).body.id).toBe(cartId);
    expect((await customer.get(`${carts}?siteCode=main&type=wishlist`).expect(200)).body.id).toBe(wishlistId);
  });

  it("and can't reach them with the earlier tokens [E-19, P-12]", async () => {
    await visitor.get(`${carts}/${cartId}`).expect(401);
    await visitor.post(`${carts}/${cartId}/items`, item).expect(401);
    await visitor.get(`${carts}?siteCode=main`).expect(401);
  });

  it('and does not lose them when the session ends [D-05]', async () => {
    await customer.logOut().expect(204);
    await customer.get(`${carts}/${cartId}`).expect(401);
    shop.clock.advanceDays(400);
    expect(await shop.app.get(ExpiredCartSweep).sweep(shop.clock.now())).toBe(0);
    const next = await (await shop.visitor()).logIn(...ben);
    await next.get(mine).expect(404);
    expect((await next.get(`${carts}?siteCode=main`).expect(200)).body).toMatchObject({
      id: cartId,
      totalUnitsCount: 1,
    });
    expect((await next.get(mine).expect(200)).body.cartId).toBe(cartId);
    await next.get(`${carts}/${wishlistId}`).expect(200);
  });

  it('and can still read an older cart by id after a newer one took its place', async () => {
    const second = await shop.visitor();
    const { body } = await second.post(carts, onMain).expect(201);
    const again = await second.logIn(...ben);
    expect((await again.get(`${carts}?siteCode=main`).expect(200)).body.id).toBe(body.cartId);
    expect((await again.get(`${carts}/${cartId}`).expect(200)).body.totalUnitsCount).toBe(1);
    expect((await again.get(mine).expect(200)).body.cartId).toBe(body.cartId);
  });
});

describe('A customer shops on two devices', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('with one cart on both, and no context names it once it is gone [D-05, W-55]', async () => {
    const phone = await (await shop.visitor()).logIn(...anna);
    const laptop = await (await shop.visitor()).logIn(...anna);
    const { body } = await phone.post(carts, onMain).expect(201);
    const { body: conflict } = await laptop.post(carts, onMain).expect(409);
    expect(conflict.cartId).toBe(body.cartId);
    for (const device of [phone, laptop]) {
      expect((await device.get(mine).expect(200)).body.cartId).toBe(body.cartId);
    }
    await laptop.delete(`${carts}/${body.cartId}`).expect(204);
    for (const device of [phone, laptop]) {
      expect((await device.get(mine).expect(200)).body).not.toHaveProperty('cartId');
    }
  });

  it('and gets a new cart in the preferred currency [E-26, E-28, E-37]', async () => {
    const device = await (await shop.visitor()).logIn(...anna);
    const { body } = await device.get(`${carts}?siteCode=us&create=true`).expect(200);
    expect(body.currency).toBe('USD');
    expect((await device.get(mine).expect(200)).body).toMatchObject({ cartId: body.id, currency: 'USD' });
  });
});

describe('A login that was interrupted before the carts', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  /** Acts as if the process died after the session became the customer's and before its cart did. */
  async function leftBehind(): Promise<{ customer: CustomerUser; cartId: string }> {
    const visitor = await shop.visitor();
    const { body } = await visitor.post(carts, onMain).expect(201);
    const before = await shop.storage.carts.find('acme', body.cartId);
    const customer = await visitor.logIn(...ben);
    await shop.storage.carts.change('acme', body.cartId, (cart) => before ?? cart);
    return { customer, cartId: body.cartId };
  }

  const uses: [string, (customer: CustomerUser, cartId: string) => Promise<unknown>][] = [
    ['reading the cart', (customer, cartId) => customer.get(`${carts}/${cartId}`).expect(200)],
    ['looking for the cart', (customer) => customer.get(`${carts}?siteCode=main`).expect(200)],
    ['making a cart', (customer) => customer.post(carts, onMain).expect(409)],
    [
      'the reaper',
      () => shop.app.get(ExpiredCartSweep).sweep(new Date(shop.clock.now().getTime() + 86_400_000)),
    ],
  ];

  it.each(uses)('is repaired by %s [E-25]', async (_name, use) => {
    const { customer, cartId } = await leftBehind();
    await use(customer, cartId);
    const cart = await shop.storage.carts.find('acme', cartId);
    expect(cart?.owner.kind).toBe('customer');
    expect(cart).not.toHaveProperty('reviewAt');
    const { body } = await customer.get(`${carts}?siteCode=main`).expect(200);
    expect(body.id).toBe(cartId);
  });
});

describe('A login and a first cart at the same time', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('result in one cart of the customer that the context names, or in none [E-25, E-40]', async () => {
    for (let round = 0; round < 10; round += 1) {
      const visitor = await shop.visitor();
      const type = `round${round}`;
      const [made, customer] = await Promise.all([
        visitor.post(carts, { ...onMain, type }),
        visitor.logIn(...ben),
      ]);
      expect([201, 401]).toContain(made.status);
      const found = await customer.get(`${carts}?siteCode=main&type=${type}`);
      expect(found.status).toBe(made.status === 201 ? 200 : 404);
      if (made.status !== 201) continue;
      const { body: context } = await customer.get(mine).expect(200);
      expect(context).toMatchObject({ cartId: made.body.cartId, customerId: found.body.customerId });
    }
  });
});

describe('Carts of sessions that are gone', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('are deleted, even closed ones, while those of alive and dormant sessions stay [D-02]', async () => {
    const visitors = [await shop.visitor(), await shop.visitor()];
    const [stays, leaves] = visitors;
    if (!stays || !leaves) throw new Error('no visitors');
    const kept = (await stays.post(carts, onMain).expect(201)).body.cartId;
    const lost = (await leaves.post(carts, onMain).expect(201)).body.cartId;
    const closed = (await leaves.post(carts, { ...onMain, type: 'old' }).expect(201)).body.cartId;
    await leaves.put(`${carts}/${closed}`, { status: 'CLOSED' }).expect(204);
    const reaper = shop.app.get(ExpiredCartSweep);
    shop.clock.advanceSeconds(82_800);
    expect(await reaper.sweep(shop.clock.now())).toBe(0);
    const awake = await stays.refreshed();
    shop.clock.advanceSeconds(3600);
    expect(await reaper.sweep(shop.clock.now())).toBe(2);
    for (const id of [lost, closed]) expect(await shop.storage.carts.find('acme', id)).toBeUndefined();
    await awake.refreshed().then((again) => again.get(`${carts}/${kept}`).expect(200));
    shop.clock.advanceDays(2);
    expect(await reaper.sweep(shop.clock.now())).toBe(1);
    expect(await shop.storage.carts.dueForReview(shop.clock.now(), 10)).toEqual([]);
  });

  it('are deleted however many there are', async () => {
    const { carts: stored } = shop.storage;
    const visitor = await shop.visitor();
    const { body } = await visitor.post(carts, onMain).expect(201);
    const like = await stored.find('acme', body.cartId);
    if (!like) throw new Error('no cart');
    const copies = Array.from({ length: 250 }, (_, i) => ({ ...like, id: `copy${i}`, type: `t${i}` }));
    await Promise.all(copies.map((copy) => stored.create(copy)));
    shop.clock.advanceDays(1);
    expect(await shop.app.get(ExpiredCartSweep).sweep(shop.clock.now())).toBe(251);
  });
});
