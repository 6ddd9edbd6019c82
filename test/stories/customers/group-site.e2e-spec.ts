import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';
const me = '/customer/acme/me';
const toB2b = { siteCode: 'b2b', metadata: { version: 1 } };

describe('A site that is only for customers of group gold', () => {
  let shop: Shop;
  let visitor: Visitor;
  let anna: CustomerUser;
  let ben: CustomerUser;
  let staff: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    visitor = await shop.visitor();
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    // Anna is in group gold, and Ben is in none.
    anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
  });
  afterAll(() => shop.close());

  it("can't be requested by an anonymous login, which is told why [W-45]", async () => {
    const login = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront&siteCode=b2b';
    const { body } = await shop.http.get(login).expect(400);
    expect(body.details).toEqual([
      { field: 'siteCode', message: 'the site b2b is only for customers of certain groups' },
    ]);
  });

  it("can't be chosen by an anonymous shopper, or by a customer of another group", async () => {
    expect((await visitor.patch(mine, toB2b).expect(400)).body.message).toContain('certain groups');
    await ben.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    expect((await ben.patch(mine, toB2b).expect(400)).body.message).toContain('certain groups');
    expect((await ben.get(mine).expect(200)).body).toMatchObject({
      siteCode: 'main',
      metadata: { version: 1 },
    });
  });

  it('accepts carts of nobody else', async () => {
    for (const user of [visitor, ben]) {
      const { body } = await user.post('/cart/acme/carts', { siteCode: 'b2b', currency: 'EUR' }).expect(400);
      expect(body.details).toMatchObject([{ field: 'siteCode' }]);
      const { cartId } = (await user.get(mine).expect(200)).body;
      await user.post(`/cart/acme/carts/${cartId}/changeSite`, { siteCode: 'b2b' }).expect(400);
    }
  });

  it('accepts no cart of theirs made by a backend either [W-48, W-54]', async () => {
    const carts = '/cart/acme/carts';
    const { cartId } = (await visitor.get(mine).expect(200)).body;
    const { body } = await staff.post(`${carts}/${cartId}/changeSite`, { siteCode: 'b2b' }).expect(400);
    expect(body.message).toContain('certain groups');
    expect((await visitor.get(`${carts}/${cartId}`).expect(200)).body.siteCode).toBe('main');
    const { id: customerId } = (await ben.get(me).expect(200)).body;
    await staff.post(carts, { siteCode: 'b2b', currency: 'EUR', customerId }).expect(400);
    const { id: annas } = (await anna.get(me).expect(200)).body;
    const wish = { siteCode: 'main', currency: 'EUR', type: 'moved', customerId: annas };
    const made = await staff.post(carts, wish).expect(201);
    await staff.post(`${carts}/${made.body.cartId}/changeSite`, { siteCode: 'b2b' }).expect(200);
  });

  it('can be chosen by a customer of that group, and sets its currency [F-03, F-04]', async () => {
    await anna.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    const { version } = (await anna.get(mine).expect(200)).body.metadata;
    await anna.patch(mine, { siteCode: 'b2b', metadata: { version } }).expect(204);
    // She prefers USD, in which the site does not sell.
    expect((await anna.get(mine).expect(200)).body).toMatchObject({ siteCode: 'b2b', currency: 'EUR' });
  });

  it('can be the preferred site only of those who may use it', async () => {
    expect((await ben.patch(me, { preferredSite: 'b2b' }).expect(400)).body.details).toEqual([
      { field: 'preferredSite', message: 'the site b2b is only for customers of certain groups' },
    ]);
    await anna.patch(me, { preferredSite: 'b2b' }).expect(200);
  });

  it('can be set by a backend for anybody whom it serves', async () => {
    const { sessionId, metadata } = (await visitor.get(mine).expect(200)).body;
    const path = `/session-context/acme/context/${sessionId}`;
    await staff.put(path, { siteCode: 'b2b', metadata: { version: metadata.version } }).expect(204);
  });

  it('never becomes the default site', async () => {
    const { body } = await staff.patch('/site/acme/sites/b2b', { default: true }).expect(400);
    expect(body.details).toEqual([
      {
        field: 'default',
        message: 'must be false: a site that is restricted to groups cannot be the default',
      },
    ]);
  });
});
