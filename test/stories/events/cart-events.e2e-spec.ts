import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../support/shop.js';
import { Subscriber, typesOf } from '../../support/events/subscriber.js';

const CARTS = '/cart/acme/carts';
const ON_MAIN = { siteCode: 'main', currency: 'EUR' };
const line = (quantity: number) => ({
  itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella',
  quantity,
  price: { priceId: 'umbrella-eur', originalAmount: 19.9, effectiveAmount: 19.9, currency: 'EUR' },
});

describe('A subscriber is told of carts and customers', () => {
  let shop: Shop;
  let subscriber: Subscriber;
  beforeAll(async () => {
    shop = await openShop({ settings: { cartAtLogin: 'merge', cartPrices: 'given' } });
    subscriber = await Subscriber.of(shop);
  });
  afterAll(() => shop.close());

  it('that a cart was made, changed and closed, with its lines and total, and in which session [D-40]', async () => {
    const visitor = await shop.visitor();
    const { body: cart } = await visitor.post(CARTS, ON_MAIN).expect(201);
    await visitor.post(`${CARTS}/${cart.cartId}/items`, line(2)).expect(201);
    await visitor.delete(`${CARTS}/${cart.cartId}`).expect(204);
    const events = await subscriber.awaited(cart.cartId, 'created', 'changed', 'closed');
    expect(typesOf(events)).toEqual(['cart.created', 'cart.changed', 'cart.closed']);
    const content = { cartId: cart.cartId, siteCode: 'main', currency: 'EUR' };
    expect(events.map(({ data }) => data)).toEqual([
      { ...content, items: 0, total: 0 },
      { ...content, items: 1, total: 39.8 },
      { ...content, items: 1, total: 39.8 },
    ]);
    expect(new Set(events.map(({ sessionId }) => sessionId))).toEqual(new Set([visitor.sessionId]));
  });

  it('that a cart was merged into that of the customer [D-40]', async () => {
    const credentials = ['ben@acme.test', 'demo-Ben-2026'] as const;
    const first = await shop.visitor();
    const { body: older } = await first.post(CARTS, ON_MAIN).expect(201);
    await first.logIn(...credentials);
    const second = await shop.visitor();
    const { body: guests } = await second.post(CARTS, ON_MAIN).expect(201);
    await second.post(`${CARTS}/${guests.cartId}/items`, line(1)).expect(201);
    await second.logIn(...credentials);
    const told = typesOf(await subscriber.awaited(guests.cartId, 'created', 'changed', 'merged'));
    expect(told).toEqual(['cart.created', 'cart.changed', 'cart.merged']);
    expect(typesOf(await subscriber.awaited(older.cartId, 'created', 'changed'))).toContain('cart.changed');
  });

  it('that a customer signed up and changed the profile, by id alone [D-40, D-43]', async () => {
    const visitor = await shop.visitor();
    const account = { email: 'carla@acme.test', password: 'carla-Password-2026' };
    await visitor.post('/customer/acme/signup', account).expect(201);
    const customer = await visitor.logIn(account.email, account.password);
    const { body } = await customer.get('/customer/acme/me').expect(200);
    await customer
      .patch('/customer/acme/me', { firstName: 'Carla', metadata: { version: body.metadata.version } })
      .expect(({ status }) => expect(status).toBeLessThan(300));
    const events = await subscriber.awaited(body.id, 'created', 'changed');
    expect(typesOf(events)).toEqual(['customer.created', 'customer.changed']);
    expect(events.map(({ data }) => data)).toEqual([{ customerId: body.id }, { customerId: body.id }]);
    expect(JSON.stringify(await subscriber.all())).not.toMatch(/carla/i);
  });
});
