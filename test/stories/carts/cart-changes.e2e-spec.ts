import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';
const mine = '/session-context/acme/me/context';
const onMain = { siteCode: 'main', currency: 'EUR' };

describe('A shopper changes a cart', () => {
  let shop: Shop;
  let shopper: Visitor;
  let cart: string;
  beforeAll(async () => {
    shop = await openShop();
    shopper = await shop.visitor();
    const { body } = await shopper.post(carts, onMain).expect(201);
    cart = `${carts}/${body.cartId}`;
  });
  afterAll(() => shop.close());

  it('in the fields that are sent, and the others stay [W-52]', async () => {
    const channel = { name: 'storefront', source: 'https://shop.test/' };
    const createdAt = shop.clock.now().toISOString();
    shop.clock.advanceSeconds(60);
    const modifiedAt = shop.clock.now().toISOString();
    await shopper.put(cart, { zipCode: '10557', countryCode: 'de', channel }).expect(204);
    await shopper.put(cart, { type: 'shopping', legalEntityId: null, mixins: null, zipCode: '' }).expect(204);
    const { body } = await shopper.get(cart).expect(200);
    expect(body).toMatchObject({ type: 'shopping', zipCode: '10557', countryCode: 'DE', channel });
    expect(body.metadata).toMatchObject({ version: 3, createdAt, modifiedAt });
    await shopper.get(`${carts}?siteCode=main&type=shopping`).expect(200);
    await shopper.get(`${carts}?siteCode=main`).expect(404);
  });

  it('and an address in the query counts for the answer if the cart has none yet [W-51, W-52]', async () => {
    const guest = await shop.visitor();
    const place = 'zipCode=75001&countryCode=fr';
    const { body: made } = await guest.get(`${carts}?siteCode=main&create=true&${place}`).expect(200);
    expect(made).toMatchObject({ zipCode: '75001', countryCode: 'FR' });
    const own = `${carts}/${made.id}`;
    expect((await guest.get(`${own}?zipCode=10557&countryCode=DE`).expect(200)).body).toEqual(made);
    const { body: other } = await guest.post(carts, { ...onMain, type: 'shown' }).expect(201);
    const shown = `${carts}/${other.cartId}`;
    await guest.put(shown, { zipCode: '10557' }).expect(204);
    for (const read of [shown, `${shown}?expandCalculation=false`, `${carts}?siteCode=main&type=shown`]) {
      const { body } = await guest.get(`${read}${read.includes('?') ? '&' : '?'}${place}`).expect(200);
      expect(body).toMatchObject({ zipCode: '10557', countryCode: 'FR', metadata: { version: 2 } });
    }
    expect((await guest.get(shown).expect(200)).body).not.toHaveProperty('countryCode');
    for (const alone of [
      'zipCode=1',
      'countryCode=DE',
      'zipCode=1&countryCode=ZZ',
      'zipCode=1234567890&countryCode=DE',
    ]) {
      const { body } = await guest.get(`${shown}?${alone}`).expect(400);
      expect(body.message).toMatch(/zipCode|countryCode/);
      await guest.get(`${carts}?siteCode=main&${alone}`).expect(400);
    }
  });

  it('and replaces all addresses or none [C-10, C-02]', async () => {
    const billing = { type: 'BILLING', city: 'Berlin', country: 'DE', mixins: { 'a.b': { $set: 1 } } };
    const shipping = { type: 'SHIPPING', city: 'Paris', country: 'FR' };
    const others = [{ ...billing, city: 'second' }, { city: 'without type' }];
    await shopper.put(cart, { addresses: [billing, shipping, ...others] }).expect(204);
    await shopper.put(cart, { zipCode: '1' }).expect(204);
    const { body } = await shopper.get(cart).expect(200);
    expect(body.addresses).toEqual([billing, shipping].map((address) => ({ ...address, origin: 'REQUEST' })));
    await shopper.put(cart, { addresses: [body.addresses[1]] }).expect(204);
    const { body: one } = await shopper.get(cart).expect(200);
    expect(one.addresses).toEqual([{ ...shipping, origin: 'REQUEST' }]);
    await shopper.put(cart, { addresses: [] }).expect(204);
    expect((await shopper.get(cart).expect(200)).body.addresses).toEqual([]);
  });

  it('and reads mixins as they were sent, whatever their names', async () => {
    const mixins = '{"__proto__":{"a":1},"constructor":{"prototype":{}},"a.b":{"$set":1},"x":[null,{}]}';
    await shopper
      .put(cart)
      .set('content-type', 'application/json')
      .send(`{"mixins":${mixins},"metadata":{"mixins":{"x":"https://schemas.test/x"}}}`)
      .expect(204);
    const { text, body } = await shopper.get(cart).expect(200);
    expect(text).toContain(`"mixins":${mixins}`);
    expect(body.metadata.mixins).toEqual({ x: 'https://schemas.test/x' });
    expect(Reflect.get({}, 'a')).toBeUndefined();
  });

  it('from the version that was read, if one is named [W-46, D-08, C-02]', async () => {
    const { body } = await shopper.get(cart).expect(200);
    const { version } = body.metadata;
    await shopper.put(cart, { zipCode: '2', metadata: body.metadata }).expect(204);
    const conflict = await shopper.put(cart, { zipCode: '3', metadata: { version } }).expect(409);
    expect(conflict.body).toMatchObject({
      code: 409,
      status: 'Conflict',
      metadata: { version: version + 1 },
    });
    expect((await shopper.get(cart).expect(200)).body.zipCode).toBe('2');
    await shopper.put(cart, { metadata: { version: 'one' } }).expect(400);
  });

  it('in one of 50 parallel writes of a version, and the others are told [W-46]', async () => {
    const { body } = await shopper.get(cart).expect(200);
    const { version } = body.metadata;
    const write = (_: unknown, i: number) => shopper.put(cart, { zipCode: String(i), metadata: { version } });
    const answers = await Promise.all(Array.from({ length: 50 }, write));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
  });

  it('but not into the slot of another open one [W-50]', async () => {
    const { body } = await shopper.post(carts, { ...onMain, type: 'wishlist' }).expect(201);
    const conflict = await shopper.put(cart, { type: 'wishlist' }).expect(409);
    expect(conflict.body.cartId).toBe(body.cartId);
    expect((await shopper.get(cart).expect(200)).body.type).toBe('shopping');
  });

  it('and is told which field is wrong [W-45]', async () => {
    for (const [field, value] of [
      ['currency', 'EURO'],
      ['countryCode', 'ZZ'],
      ['countryCode', { $ne: 1 }],
      ['zipCode', '1234567890'],
      ['status', 'DONE'],
      ['type', ['a']],
      ['addresses', [{ type: 'HOME' }]],
      ['addresses', [{ type: 'BILLING', country: 'ZZ' }]],
      ['addresses', [{ type: 'BILLING', city: { $ne: 1 } }]],
      ['addresses', ['text']],
    ] as const) {
      const { body } = await shopper.put(cart, { [field]: value }).expect(400);
      expect(body.message).toContain(field);
    }
  });

  it("but can't give it to somebody: customerId is ignored [W-52, P-35]", async () => {
    await shopper.put(cart, { customerId: 'somebody' }).expect(204);
    expect((await shopper.get(cart).expect(200)).body).not.toHaveProperty('customerId');
  });
});

describe('A shopper has finished with a cart', () => {
  let shop: Shop;
  let shopper: Visitor;
  beforeAll(async () => {
    shop = await openShop();
    shopper = await shop.visitor();
  });
  afterAll(() => shop.close());

  it('and closes it: it is gone, and the context stays without it [W-55, C-08]', async () => {
    const { body } = await shopper.post(carts, onMain).expect(201);
    await shopper.put(`${carts}/${body.cartId}`, { status: 'CLOSED', metadata: { version: 1 } }).expect(204);
    const { body: gone } = await shopper.get(`${carts}/${body.cartId}`).expect(404);
    expect(gone).toEqual({
      code: 404,
      status: 'Not Found',
      message: `Cart with code ${body.cartId} not found.`,
    });
    await shopper.get(`${carts}?siteCode=main`).expect(404);
    await shopper.put(`${carts}/${body.cartId}`, { status: 'OPEN' }).expect(404);
    await shopper.delete(`${carts}/${body.cartId}`).expect(404);
    const { body: context } = await shopper.get(mine).expect(200);
    expect(context).not.toHaveProperty('cartId');
    expect(context.metadata.version).toBe(2);
  });

  it('and gets the next one in the same context [E-40]', async () => {
    const { body } = await shopper.post(carts, onMain).expect(201);
    const { body: context } = await shopper.get(mine).expect(200);
    expect(context).toMatchObject({ cartId: body.cartId, metadata: { version: 3 } });
  });

  it('and deletes it: it is gone, and the context stays without it [W-52, W-55]', async () => {
    const { body } = await shopper.get(`${carts}?siteCode=main`).expect(200);
    await shopper.delete(`${carts}/${body.id}`).expect(204);
    await shopper.get(`${carts}/${body.id}`).expect(404);
    await shopper.delete(`${carts}/${body.id}`).expect(404);
    const { body: context } = await shopper.get(mine).expect(200);
    expect(context).not.toHaveProperty('cartId');
  });

  it('but does not close it from an older version, and the context keeps it [W-46]', async () => {
    const { body } = await shopper.post(carts, onMain).expect(201);
    await shopper.put(`${carts}/${body.cartId}`, { zipCode: '1' }).expect(204);
    await shopper.put(`${carts}/${body.cartId}`, { status: 'CLOSED', metadata: { version: 1 } }).expect(409);
    const { body: context } = await shopper.get(mine).expect(200);
    expect(context.cartId).toBe(body.cartId);
  });

  it('and keeps the cart in use in the context when another one goes [W-55]', async () => {
    const { body: other } = await shopper.post(carts, { ...onMain, type: 'wishlist' }).expect(201);
    const { body: before } = await shopper.get(mine).expect(200);
    await shopper.delete(`${carts}/${other.cartId}`).expect(204);
    expect((await shopper.get(mine).expect(200)).body).toEqual(before);
  });
});

describe('A crash between the cart and its context', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  /** Makes a cart that no context names, as if the process had died right after making a first cart. */
  async function crashed(shopper: Visitor): Promise<string> {
    const { body } = await shopper.post(carts, onMain).expect(201);
    const key = { tenant: 'acme', sessionId: shopper.sessionId };
    await shop.storage.sessions.change(key, shop.clock.now(), ({ context: _none, ...session }) => ({
      next: session,
      result: undefined,
    }));
    await shopper.get(mine).expect(404);
    return body.cartId;
  }

  const uses: [string, (shopper: Visitor, cartId: string) => Promise<unknown>][] = [
    ['the same call again', (shopper) => shopper.post(carts, onMain).expect(409)],
    ['looking for the cart', (shopper) => shopper.get(`${carts}?siteCode=main`).expect(200)],
    ['reading the cart', (shopper, cartId) => shopper.get(`${carts}/${cartId}`).expect(200)],
    [
      'putting an item into it',
      (shopper, cartId) =>
        shopper
          .post(`${carts}/${cartId}/items`, {
            quantity: 1,
            price: { priceId: 'umbrella-eur', originalAmount: 19.9, effectiveAmount: 19.9, currency: 'EUR' },
          })
          .expect(201),
    ],
  ];

  it.each(uses)('is repaired by %s [E-40]', async (_name, use) => {
    const shopper = await shop.visitor();
    const cartId = await crashed(shopper);
    await use(shopper, cartId);
    const { body } = await shopper.get(mine).expect(200);
    expect(body).toMatchObject({ cartId, metadata: { version: 1 } });
  });

  it('leaves no context that names a closed cart for long', async () => {
    const shopper = await shop.visitor();
    const { body } = await shopper.post(carts, onMain).expect(201);
    await shop.storage.carts.change('acme', body.cartId, (cart) => ({ ...cart, status: 'CLOSED' }));
    const { body: next } = await shopper.post(carts, onMain).expect(201);
    expect((await shopper.get(mine).expect(200)).body.cartId).toBe(next.cartId);
    await shop.storage.carts.remove('acme', next.cartId);
    const { body: third } = await shopper.get(`${carts}?siteCode=main&create=true`).expect(200);
    expect((await shopper.get(mine).expect(200)).body.cartId).toBe(third.id);
  });
});
