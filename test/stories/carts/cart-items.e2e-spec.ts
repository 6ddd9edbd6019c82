import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';
const mine = '/session-context/acme/me/context';

const price = { priceId: 'umbrella-eur', originalAmount: 19.9, effectiveAmount: 19.9, currency: 'EUR' };
const umbrella = {
  itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella',
  price: { ...price, measurementUnit: { quantity: 1, unitCode: 'H87' } },
  quantity: 2,
};
const raincoat = {
  itemYrn: 'urn:yaas:hybris:product:product:acme;raincoat',
  price: { ...price, priceId: 'raincoat-eur', originalAmount: 79, effectiveAmount: 79 },
  quantity: 1,
};

describe('A shopper fills a cart', () => {
  let shop: Shop;
  let shopper: Visitor;
  let cart: string;
  let items: string;
  beforeAll(async () => {
    shop = await openShop();
    shopper = await shop.visitor();
  });
  afterAll(() => shop.close());

  it('adds the first product as storefronts do, and gets a context [E-26, E-38, C-06]', async () => {
    const { body } = await shopper.get(`${carts}?siteCode=main&type=shopping&create=true`).expect(200);
    cart = `${carts}/${body.id}`;
    items = `${cart}/items`;
    const added = await shopper.post(items, umbrella).expect(201);
    expect(added.body).toEqual({ itemId: '0', yrn: `urn:yaas:saasag:cart:cartitem:acme;${body.id};0` });
    expect(added.headers['location']).toBe(`${items}/0`);
    expect((await shopper.get(mine).expect(200)).body.cartId).toBe(body.id);
  });

  it('reads it as it was sent [W-52, C-09]', async () => {
    const { body: list } = await shopper.get(items).expect(200);
    expect(list).toMatchObject([
      {
        id: '0',
        yrn: expect.stringContaining(';0'),
        itemYrn: umbrella.itemYrn,
        type: 'INTERNAL',
        keepAsSeparateLineItem: false,
        quantity: 2,
        effectiveQuantity: 2,
        price: umbrella.price,
      },
    ]);
    expect((await shopper.get(`${items}/0`).expect(200)).body).toEqual(list[0]);
    const { body } = await shopper.get(cart).expect(200);
    expect(body).toMatchObject({ items: list, totalUnitsCount: 2, metadata: { version: 2 } });
  });

  it('adds more of it to the same line, and another product to a new one', async () => {
    expect((await shopper.post(items, { ...umbrella, quantity: 0.1 }).expect(201)).body.itemId).toBe('0');
    expect((await shopper.post(items, { ...umbrella, quantity: 0.2 }).expect(201)).body.itemId).toBe('0');
    expect((await shopper.post(`${items}?siteCode=main`, raincoat).expect(201)).body.itemId).toBe('1');
    const separate = { ...umbrella, keepAsSeparateLineItem: true };
    expect((await shopper.post(items, separate).expect(201)).body.itemId).toBe('2');
    const { body } = await shopper.get(cart).expect(200);
    expect(body.items.map((item: { quantity: number }) => item.quantity)).toEqual([2.3, 1, 2]);
    expect(body.totalUnitsCount).toBe(5.3);
  });

  it('changes only the quantity with partial=true [W-52]', async () => {
    await shopper
      .put(`${items}/1?partial=true`, { quantity: 4, mixins: { gift: { wrap: true } } })
      .expect(204);
    await shopper.put(`${items}/1?partial=true`, { quantity: 5 }).expect(204);
    const { body } = await shopper.get(`${items}/1`).expect(200);
    expect(body).toMatchObject({ ...raincoat, quantity: 5, mixins: { gift: { wrap: true } } });
  });

  it('replaces an item without partial=true [W-52]', async () => {
    await shopper.put(`${items}/1`, { ...raincoat, quantity: 3, taxCode: 'REDUCED' }).expect(204);
    const { body } = await shopper.get(`${items}/1`).expect(200);
    expect(body).toMatchObject({ ...raincoat, quantity: 3, taxCode: 'REDUCED' });
    expect(body).not.toHaveProperty('mixins');
    await shopper.put(`${items}/1`, { quantity: 0 }).expect(204);
    expect((await shopper.get(`${items}/1`).expect(200)).body).toMatchObject({ ...raincoat, quantity: 0 });
  });

  it('removes one, whose id is not used again [W-52]', async () => {
    await shopper.delete(`${items}/2`).expect(204);
    const { body: gone } = await shopper.get(`${items}/2`).expect(404);
    expect(gone).toMatchObject({
      code: 404,
      message: expect.stringMatching(/^Cart item not found in cart .* with code 2$/),
    });
    await shopper.delete(`${items}/2`).expect(404);
    await shopper.put(`${items}/2`, { quantity: 1 }).expect(404);
    const separate = { ...umbrella, keepAsSeparateLineItem: true };
    expect((await shopper.post(items, separate).expect(201)).body.itemId).toBe('3');
  });

  it('is told which field of an item is wrong [W-45, W-59]', async () => {
    const wrong: [string, object][] = [
      ['quantity', { ...umbrella, quantity: undefined }],
      ['quantity', { ...umbrella, quantity: -1 }],
      ['quantity', { ...umbrella, quantity: '1' }],
      ['quantity', { ...umbrella, quantity: { $gt: 0 } }],
      ['price', { ...umbrella, price: undefined }],
      ['price', { ...umbrella, price: [] }],
      ['price.currency', { ...umbrella, price: { ...price, currency: 'EURO' } }],
      ['price.originalAmount', { ...umbrella, price: { ...price, originalAmount: -1 } }],
      ['price.effectiveAmount', { ...umbrella, price: { ...price, effectiveAmount: undefined } }],
      ['price.priceId', { ...umbrella, price: { ...price, priceId: undefined } }],
      ['price.priceId', { ...umbrella, price: { ...price, priceId: { $ne: 1 } } }],
      ['price.measurementUnit', { ...umbrella, price: { ...price, measurementUnit: { unitCode: 'H87' } } }],
      ['itemYrn', { ...umbrella, itemYrn: { $ne: 1 } }],
      ['itemType', { ...umbrella, itemType: 'OTHER' }],
      ['keepAsSeparateLineItem', { ...umbrella, keepAsSeparateLineItem: 'yes' }],
      ['product', { ...umbrella, product: { id: { $ne: 1 } } }],
      ['mixins', { ...umbrella, mixins: 'text' }],
      ['mixins', { ...umbrella, mixins: { 'nul\0': 1 } }],
    ];
    const { body: before } = await shopper.get(cart).expect(200);
    for (const [field, item] of wrong) {
      const { body } = await shopper.post(items, item).expect(400);
      expect(body).toMatchObject({ code: 400, status: 'Bad Request' });
      expect(body.message).toContain(field);
    }
    await shopper.post(items).expect(400);
    await shopper.put(`${items}/0?partial=perhaps`, { quantity: 1 }).expect(400);
    expect((await shopper.get(cart).expect(200)).body).toEqual(before);
  });

  it('reads data of an item as it was sent, whatever its names', async () => {
    const mixins = '{"__proto__":{"a":1},"constructor":{},"a.b":{"$set":1}}';
    const body = JSON.stringify({ ...umbrella, keepAsSeparateLineItem: true });
    const added = await shopper
      .post(items)
      .set('content-type', 'application/json')
      .send(`${body.slice(0, -1)},"mixins":${mixins},"product":{"name":"Umbrella","mixins":${mixins}}}`)
      .expect(201);
    const { text } = await shopper.get(`${items}/${added.body.itemId}`).expect(200);
    expect(text).toContain(`"product":{"name":"Umbrella","mixins":${mixins}}`);
    expect(text.split(mixins)).toHaveLength(3);
  });

  it("can't bring prices, products, fees or discounts from outside [C-05]", async () => {
    for (const item of [
      { ...umbrella, itemType: 'EXTERNAL' },
      { ...umbrella, externalFees: [{ feeType: 'PERCENT', feePercentage: 5 }] },
      { ...umbrella, externalDiscounts: [{ id: 'all', discountType: 'PERCENT', value: 100 }] },
      { ...umbrella, linePrice: { originalAmount: 1, effectiveAmount: 0, currency: 'EUR' } },
    ]) {
      const { body } = await shopper.post(items, item).expect(403);
      expect(body).toMatchObject({ code: 403, details: ['missing scope: cart.cart_manage_external_prices'] });
      await shopper.put(`${items}/0?partial=true`, item).expect(403);
    }
  });

  it('removes all of them, and the cart stays [W-52]', async () => {
    await shopper.delete(items).expect(204);
    await shopper.delete(items).expect(204);
    const { body } = await shopper.get(cart).expect(200);
    expect(body).toMatchObject({ items: [], totalUnitsCount: 0 });
  });
});

describe('Many callers add items to one cart at once', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ settings: { cartPrices: 'given' } })));
  afterAll(() => shop.close());

  it('and none of 100 different items is lost, nor any of 100 more of one [W-52]', async () => {
    const shopper = await shop.visitor();
    const { body } = await shopper.post(carts, { currency: 'EUR' }).expect(201);
    const cart = `${carts}/${body.cartId}`;
    const add = (itemYrn: string) => shopper.post(`${cart}/items`, { ...umbrella, itemYrn, quantity: 0.1 });
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => add(`urn:p;${i}`).expect(201)));
    expect(new Set(answers.map((answer) => answer.body.itemId)).size).toBe(100);
    await Promise.all(Array.from({ length: 100 }, () => add('urn:p;7').expect(201)));
    const { body: full } = await shopper.get(cart).expect(200);
    expect(full.items).toHaveLength(100);
    expect(full.totalUnitsCount).toBe(20);
    expect(full.metadata.version).toBe(201);
    const seventh = full.items.find((item: { itemYrn: string }) => item.itemYrn === 'urn:p;7');
    expect(seventh.quantity).toBe(10.1);
  });

  it('and the currency does not change under existing prices', async () => {
    const shopper = await shop.visitor();
    const { body } = await shopper.post(carts, { currency: 'EUR' }).expect(201);
    const cart = `${carts}/${body.cartId}`;
    await shopper.put(cart, { currency: 'USD' }).expect(204);
    await shopper.post(`${cart}/items`, umbrella).expect(400);
    await shopper.put(cart, { currency: 'EUR' }).expect(204);
    await shopper.post(`${cart}/items`, umbrella).expect(201);
    const wrong = await shopper.put(cart, { currency: 'USD' }).expect(400);
    expect(wrong.body.message).toContain('currency');
  });
});
