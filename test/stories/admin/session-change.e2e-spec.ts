import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoItem } from '../../support/data/demo-items.js';
import type { CustomerUser, HttpUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const MINE = '/session-context/acme/me/context';
const CARTS = '/cart/acme/carts';
const ON_MAIN = { siteCode: 'main', currency: 'EUR' };

describe('Support changes the context of a session', () => {
  let shop: Shop;
  let support: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    support = await shop.service('acme-support');
  });
  afterAll(() => shop.close());

  const pathOf = ({ sessionId }: { readonly sessionId: string }) =>
    `/admin/acme/sessions/${sessionId}/context`;
  const cartOf = async (user: HttpUser, body: object = ON_MAIN): Promise<string> =>
    (await user.post(CARTS, body).expect(201)).body.cartId;
  const withCart = async (): Promise<{ visitor: Visitor; cartId: string }> => {
    const visitor = await shop.visitor();
    const cartId = await cartOf(visitor);
    await visitor.post(`${CARTS}/${cartId}/items`, demoItem('umbrella-eur')).expect(201);
    return { visitor, cartId };
  };
  const placeOf = async (user: HttpUser, cartId: string) => {
    const { body } = await user.get(`${CARTS}/${cartId}`).expect(200);
    return [body.siteCode, body.currency];
  };
  const ben = async (): Promise<CustomerUser> =>
    (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');

  it('and the shopper sees it with the next read, the employee and the reason are in the history [E-52]', async () => {
    const { visitor } = await withCart();
    await visitor.post(`${MINE}/attributes`, { key: 'colour', value: 'red' }).expect(201);
    const change = {
      language: 'de',
      targetLocation: 'FR',
      context: { colour: null, tier: { level: 3 } },
      metadata: { version: 2 },
    };
    const { body } = await support
      .patch(pathOf(visitor), change)
      .set('X-Reason', 'She called: wrong language')
      .expect(200)
      .expect('cache-control', 'no-store');
    expect(body).toMatchObject({
      sessionId: visitor.sessionId,
      kind: 'anonymous',
      language: 'de',
      targetLocation: 'FR',
      context: { context: { tier: { level: 3 } }, metadata: { version: 3 } },
      version: 3,
    });
    const { body: seen } = await visitor.get(MINE).expect(200);
    expect(seen).toMatchObject({ language: 'de', targetLocation: 'FR', context: { tier: { level: 3 } } });
    const { body: history } = await support
      .get(`/admin/acme/sessions/${visitor.sessionId}/history`)
      .expect(200);
    expect(history.items[0]).toMatchObject({
      version: 3,
      by: { kind: 'employee', id: 'acme-support' },
      source: 'employee',
      reason: 'She called: wrong language',
    });
  });

  it('and the cart goes along to the currency, with its prices [F-03, F-05]', async () => {
    const { visitor, cartId } = await withCart();
    await support.patch(pathOf(visitor), { currency: 'USD', metadata: { version: 1 } }).expect(400);
    expect(await placeOf(visitor, cartId)).toEqual(['main', 'EUR']);
    await visitor.delete(`${CARTS}/${cartId}/items/0`).expect((r) => expect(r.status).toBeLessThan(300));
    const { body } = await support
      .patch(pathOf(visitor), { currency: 'USD', metadata: { version: 1 } })
      .expect(200);
    expect(body).toMatchObject({ currency: 'USD', cartId, version: 2 });
    expect(await placeOf(visitor, cartId)).toEqual(['main', 'USD']);
    expect((await visitor.get(MINE)).body).toMatchObject({ currency: 'USD', metadata: { version: 2 } });
  });

  it('and the cart goes along to another site, whose currency it takes [F-03, F-04, F-05]', async () => {
    const { visitor, cartId } = await withCart();
    const { body } = await support
      .patch(pathOf(visitor), { siteCode: 'us', metadata: { version: 1 } })
      .expect(200);
    expect(body).toMatchObject({ siteCode: 'us', currency: 'USD', cartId });
    const { body: cart } = await visitor.get(`${CARTS}/${cartId}`).expect(200);
    expect(cart).toMatchObject({ siteCode: 'us', currency: 'USD' });
    expect(cart.items[0].price.effectiveAmount).toBe(24.9);
  });

  it('and a cart that the shopper has at that site becomes the active one [F-06]', async () => {
    const { visitor, cartId } = await withCart();
    const other = await cartOf(visitor, { siteCode: 'us', currency: 'USD' });
    const { body: context } = await visitor.get(MINE).expect(200);
    expect(context.cartId).toBe(cartId);
    const { body } = await support
      .patch(pathOf(visitor), { siteCode: 'us', metadata: context.metadata })
      .expect(200);
    expect(body).toMatchObject({ siteCode: 'us', cartId: other });
    expect(await placeOf(visitor, cartId)).toEqual(['main', 'EUR']);
  });

  it('also of a customer without their saas-token, and their other devices follow the cart [F-05]', async () => {
    const [phone, desk] = [await ben(), await ben()];
    const cartId = await cartOf(phone);
    await desk.get(`${CARTS}/${cartId}`).expect(200);
    const { body: context } = await phone.get(MINE).expect(200);
    await support.patch(pathOf(phone), { currency: 'USD', metadata: context.metadata }).expect(200);
    expect(await placeOf(desk, cartId)).toEqual(['main', 'USD']);
    for (const device of [phone, desk]) expect((await device.get(MINE)).body.currency).toBe('USD');
  });

  it('and one without a cart, or whose cart was closed, changes too', async () => {
    const { visitor, cartId } = await withCart();
    await visitor.delete(`${CARTS}/${cartId}`).expect(204);
    const { body: context } = await visitor.get(MINE).expect(200);
    await support.patch(pathOf(visitor), { siteCode: 'us', metadata: context.metadata }).expect(200);
  });

  it('only from the version that was read, and is told the current one', async () => {
    const { visitor, cartId } = await withCart();
    await visitor.post(`${MINE}/attributes`, { key: 'colour', value: 'red' }).expect(201);
    const { body } = await support
      .patch(pathOf(visitor), { siteCode: 'us', metadata: { version: 1 } })
      .expect(409)
      .expect('content-type', /^application\/problem\+json/);
    expect(body).toMatchObject({ status: 409, title: 'Conflict', currentVersion: 2 });
    expect(await placeOf(visitor, cartId)).toEqual(['main', 'EUR']);
  });

  it('and a shopper who was faster keeps cart and context as they were [F-05]', async () => {
    const { visitor, cartId } = await withCart();
    const { carts } = shop.storage;
    const change = carts.change.bind(carts);
    // The shopper changes the context after the cart has moved.
    const slow = vi.spyOn(carts, 'change').mockImplementationOnce(async (...call) => {
      const moved = await change(...call);
      await visitor.post(`${MINE}/attributes`, { key: 'colour', value: 'red' }).expect(201);
      return moved;
    });
    const { body } = await support
      .patch(pathOf(visitor), { siteCode: 'us', metadata: { version: 1 } })
      .expect(409);
    slow.mockRestore();
    expect(body.currentVersion).toBe(2);
    expect(await placeOf(visitor, cartId)).toEqual(['main', 'EUR']);
    expect((await visitor.get(MINE)).body).toMatchObject({ siteCode: 'main', currency: 'EUR' });
  });

  it('and is told what is wrong, before anything changes [F-03]', async () => {
    const { visitor, cartId } = await withCart();
    const wrong: readonly [object, string][] = [
      [{ currency: 'CHF' }, 'currency'],
      [{ siteCode: 'nowhere' }, 'siteCode'],
      [{ siteCode: 'b2b' }, 'siteCode'],
      [{ siteCode: 'us', context: { '': 1 } }, 'key'],
      [{ language: 'x y' }, 'language'],
    ];
    for (const [values, field] of wrong) {
      const { body } = await support
        .patch(pathOf(visitor), { ...values, metadata: { version: 1 } })
        .expect(400);
      expect(body.errors).toEqual([expect.objectContaining({ field: expect.stringContaining(field) })]);
    }
    await support.patch(pathOf(visitor), { currency: 'EUR' }).expect(400);
    await support
      .patch(pathOf(visitor), { metadata: { version: 1 } })
      .set('X-Reason', 'x'.repeat(501))
      .expect(400);
    expect(await placeOf(visitor, cartId)).toEqual(['main', 'EUR']);
    expect((await visitor.get(MINE)).body.metadata.version).toBe(1);
  });

  it('only of their tenant, with the scope, and if there is a context [P-30]', async () => {
    const { visitor } = await withCart();
    const change = { language: 'de', metadata: { version: 1 } };
    const reader = await shop.service('acme-support', 'acme-support-secret', 'session.session_read');
    await reader.patch(pathOf(visitor), change).expect(403);
    await visitor.patch(pathOf(visitor), change).expect(403);
    await shop.http.patch(pathOf(visitor), change).expect(401);
    const others = await shop.service('globex-backend');
    await others.patch(pathOf(visitor), change).expect(403);
    await others.patch(pathOf(visitor).replace('acme', 'globex'), change).expect(404);
    await support.patch(pathOf(await shop.visitor()), change).expect(404);
    await support.patch(pathOf({ sessionId: 'missing' }), change).expect(404);
  });
});
