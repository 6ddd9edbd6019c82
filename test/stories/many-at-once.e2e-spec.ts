import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser, Visitor } from '../support/http-user.js';
import { openShop, type Shop } from '../support/shop.js';

const mine = '/session-context/acme/me/context';
const cartOfMain = { siteCode: 'main', currency: 'EUR' };

const statusesOf = async (count: number, call: (i: number) => PromiseLike<{ status: number }>) => {
  const answers = await Promise.all(Array.from({ length: count }, (_, i) => call(i)));
  const tally = new Map<number, number>();
  for (const { status } of answers) tally.set(status, (tally.get(status) ?? 0) + 1);
  return Object.fromEntries(tally);
};

describe('Many requests at once', () => {
  let shop: Shop;
  let visitor: Visitor;
  let staff: ServiceUser;
  const byId = () => `/session-context/acme/context/${visitor.sessionId}`;

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    visitor = await shop.visitor();
  });
  afterAll(() => shop.close());

  it('200 first carts in one session: one context, one open cart [E-40, W-50]', async () => {
    const tally = await statusesOf(200, () => visitor.post('/cart/acme/carts', cartOfMain));
    expect(tally).toEqual({ 201: 1, 409: 199 });
    const { body } = await visitor.get(mine).expect(200);
    const { body: cart } = await visitor.get('/cart/acme/carts?siteCode=main').expect(200);
    expect(body).toMatchObject({ cartId: cart.id, metadata: { version: 1 } });
  });

  it('200 PUTs of one version: one is taken, 199 are conflicts [W-27]', async () => {
    const tally = await statusesOf(200, (i) =>
      staff.put(byId(), { context: { winner: String(i) }, metadata: { version: 1 } }),
    );
    expect(tally).toEqual({ 204: 1, 409: 199 });
    const { body } = await visitor.get(mine).expect(200);
    expect(body.metadata.version).toBe(2);
  });

  it('100 attributes of different names: all there, the version grown by 100 [W-39]', async () => {
    const { body: before } = await visitor.get(mine).expect(200);
    const tally = await statusesOf(100, (i) =>
      visitor.post(`${mine}/attributes`, { key: `name ${i}`, value: String(i) }),
    );
    expect(tally).toEqual({ 201: 100 });
    const { body } = await visitor.get(mine).expect(200);
    const expected = Array.from({ length: 100 }, (_, i) => [`name ${i}`, String(i)]);
    expect(body.context).toEqual({ ...before.context, ...Object.fromEntries(expected) });
    expect(body.metadata.version).toBe(before.metadata.version + 100);
  });

  it('20 logins with one anonymous token: one takes the session over', async () => {
    const credentials = { email: 'ben@acme.test', password: 'demo-Ben-2026' };
    const tally = await statusesOf(20, () => visitor.post('/customer/acme/login', credentials));
    expect(tally).toEqual({ 200: 1, 401: 19 });
  });
});
