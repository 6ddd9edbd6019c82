import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser, HttpUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';
const mine = '/session-context/acme/me/context';
const onMain = { siteCode: 'main', currency: 'EUR' };
const ben = ['ben@acme.test', 'demo-Ben-2026'] as const;

const contextOf = async (shopper: HttpUser) => (await shopper.get(mine).expect(200)).body;
const newCart = async (shopper: HttpUser, wish: object = onMain): Promise<string> =>
  (await shopper.post(carts, wish).expect(201)).body.cartId;

async function goTo(shopper: HttpUser, siteCode: string): Promise<void> {
  const { metadata } = await contextOf(shopper);
  await shopper.patch(mine, { siteCode, metadata }).expect(204);
}

describe('The cart that a context names', () => {
  let shop: Shop;
  let staff: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  it('is that of its site, once it is made or found there; the other stays open [F-06]', async () => {
    const shopper = await shop.visitor();
    const first = await newCart(shopper);
    await goTo(shopper, 'us');
    expect((await contextOf(shopper)).cartId).toBe(first);
    const { body: second } = await shopper.get(`${carts}?siteCode=us&create=true`).expect(200);
    expect(await contextOf(shopper)).toMatchObject({
      siteCode: 'us',
      cartId: second.id,
      metadata: { version: 3 },
    });
    const { body: found } = await shopper.get(`${carts}?siteCode=main`).expect(200);
    expect(found).toMatchObject({ id: first, status: 'OPEN' });
    expect((await contextOf(shopper)).cartId).toBe(second.id);
    await goTo(shopper, 'main');
    await shopper.get(`${carts}?siteCode=main`).expect(200);
    expect((await contextOf(shopper)).cartId).toBe(first);
    await goTo(shopper, 'us');
    await shopper.get(`${carts}/${second.id}`).expect(200);
    expect((await contextOf(shopper)).cartId).toBe(second.id);
  });

  it('does not depend on who makes the cart, and works for a customer too [F-06]', async () => {
    const guest = await shop.visitor();
    await newCart(guest);
    await goTo(guest, 'us');
    const wish = { siteCode: 'us', currency: 'USD' };
    const { body } = await staff.post(carts, wish).set('session-id', guest.sessionId).expect(201);
    expect((await contextOf(guest)).cartId).toBe(body.cartId);
    const customer = await (await shop.visitor()).logIn(...ben);
    await newCart(customer);
    await goTo(customer, 'us');
    const cartId = await newCart(customer, wish);
    expect((await contextOf(customer)).cartId).toBe(cartId);
  });

  it('stays that of its site if another one is made elsewhere or of another type [E-40, F-06]', async () => {
    const shopper = await shop.visitor();
    const first = await newCart(shopper);
    await newCart(shopper, { siteCode: 'us', currency: 'USD' });
    await newCart(shopper, { ...onMain, type: 'wishlist' });
    expect((await contextOf(shopper)).cartId).toBe(first);
  });
});

describe('An employee changes the currency or the site of a cart', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let customer: CustomerUser;
  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    customer = await (await shop.visitor()).logIn(...ben);
  });
  afterAll(() => shop.close());

  const explained = async (sessionId: string) =>
    (await staff.get(`/admin/acme/sessions/${sessionId}/explain`).expect(200)).body;

  it('and the context of an anonymous session follows [F-05, W-54]', async () => {
    const guest = await shop.visitor();
    const cartId = await newCart(guest);
    await staff.post(`${carts}/${cartId}/changeCurrency`, { currency: 'USD' }).expect(200);
    expect(await contextOf(guest)).toMatchObject({ siteCode: 'main', currency: 'USD' });
    await staff.post(`${carts}/${cartId}/changeSite`, { siteCode: 'us' }).expect(200);
    expect(await contextOf(guest)).toMatchObject({ siteCode: 'us', currency: 'USD', cartId });
  });

  it('and so does that of a customer, on each device that has the cart [F-05, W-54]', async () => {
    const cartId = await newCart(customer);
    const laptop = await (await shop.visitor()).logIn(...ben);
    await laptop.get(`${carts}/${cartId}`).expect(200);
    await staff.post(`${carts}/${cartId}/changeCurrency`, { currency: 'GBP' }).expect(200);
    for (const device of [customer, laptop]) {
      expect(await contextOf(device)).toMatchObject({ siteCode: 'main', currency: 'GBP', cartId });
    }
    await staff
      .post(`${carts}/${cartId}/changeSite`, { siteCode: 'us' })
      .set('saas-token', customer.saasToken)
      .expect(200);
    for (const device of [customer, laptop]) {
      expect(await contextOf(device)).toMatchObject({ siteCode: 'us', currency: 'USD', cartId });
    }
  });

  it('but a context that names another cart stays as it is [F-05]', async () => {
    const guest = await shop.visitor();
    await newCart(guest);
    const before = await contextOf(guest);
    const other = await newCart(guest, { ...onMain, type: 'wishlist' });
    await staff.post(`${carts}/${other}/changeCurrency`, { currency: 'USD' }).expect(200);
    expect(await contextOf(guest)).toEqual(before);
  });

  it('and explain shows the site and currency of the cart beside those of the context [F-05]', async () => {
    const guest = await shop.visitor();
    expect(await explained(guest.sessionId)).not.toHaveProperty('cart');
    const cartId = await newCart(guest);
    const { metadata } = await contextOf(guest);
    await guest.patch(mine, { siteCode: 'us', metadata }).expect(204);
    const { cart, values } = await explained(guest.sessionId);
    expect(cart).toEqual({ id: cartId, siteCode: 'main', currency: 'EUR' });
    expect(values).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ contextName: 'siteCode', value: 'us' }),
        expect.objectContaining({ contextName: 'currency', value: 'USD' }),
      ]),
    );
  });
});

describe('An employee names the cart of a context', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let shopper: Visitor;
  let path: string;
  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    shopper = await shop.visitor();
    await newCart(shopper);
    path = `/session-context/acme/context/${shopper.sessionId}`;
  });
  afterAll(() => shop.close());

  const put = async (cartId: string) => {
    const { metadata } = await contextOf(shopper);
    return staff.put(path, { cartId, metadata });
  };

  it('which must exist, belong to this tenant and be open [F-12]', async () => {
    const { body: before } = await staff.get(path).expect(200);
    const closed = await newCart(shopper, { ...onMain, type: 'closed' });
    await shopper.put(`${carts}/${closed}`, { status: 'CLOSED' }).expect(204);
    const stranger = await shop.visitor({ tenant: 'globex' });
    const globex = { siteCode: 'main', currency: 'GBP' };
    const { cartId: others } = (await stranger.post('/cart/globex/carts', globex).expect(201)).body;
    for (const id of ['no-such-cart', closed, others, '']) {
      const { status, body } = await put(id);
      expect(status).toBe(400);
      expect(body.details).toEqual([
        { field: 'cartId', message: `no open cart of this tenant has the id ${id}` },
      ]);
    }
    expect((await staff.get(path).expect(200)).body).toEqual(before);
    const open = await newCart(shopper, { ...onMain, type: 'wishlist' });
    expect((await put(open)).status).toBe(204);
    expect((await contextOf(shopper)).cartId).toBe(open);
  });

  it('even if the context is only being made [F-12]', async () => {
    const metadata = { version: 1 };
    for (const id of [(await shop.visitor()).sessionId, 'id-of-a-backend']) {
      const made = `/session-context/acme/context/${id}`;
      await staff.put(`${made}?upsert=true`, { cartId: 'no-such-cart', metadata }).expect(400);
      await staff.get(made).expect(404);
      const { cartId } = await contextOf(shopper);
      await staff.put(`${made}?upsert=true`, { cartId, metadata }).expect(204);
    }
  });

  it('but not one whose session is over, as it no longer exists [F-12, D-02]', async () => {
    const guest = await shop.visitor();
    const cartId = await newCart(guest);
    shop.clock.advanceSeconds(3601);
    shopper = await shopper.refreshed();
    staff = await shop.service();
    expect((await put(cartId)).status).toBe(400);
  });

  it('and may send back the one that is there, whatever has become of it [F-12]', async () => {
    const { cartId } = await contextOf(shopper);
    await shop.storage.carts.remove('acme', cartId);
    expect((await put(cartId)).status).toBe(204);
  });
});
