import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';

const product = (id: string, quantity: unknown, over: object = {}) => ({
  itemYrn: `urn:yaas:hybris:product:product:acme;${id}`,
  quantity,
  price: { priceId: `price-of-${id}`, originalAmount: 10, effectiveAmount: 10, currency: 'EUR' },
  ...over,
});

describe('A shopper changes many lines at once', () => {
  let shop: Shop;
  let shopper: Visitor;
  let cartId: string;
  let cart: string;
  let batch: string;
  beforeAll(async () => {
    shop = await openShop({ env: { MAX_CART_BYTES: '4194304' }, settings: { cartPrices: 'given' } });
    shopper = await shop.visitor();
    const { body } = await shopper.post(carts, { siteCode: 'main', currency: 'EUR' }).expect(201);
    cartId = body.cartId;
    cart = `${carts}/${cartId}`;
    batch = `${cart}/itemsBatch`;
  });
  afterAll(() => shop.close());

  const quantities = async () => {
    const { body } = await shopper.get(cart).expect(200);
    return body.items.map(({ id, quantity }: { id: string; quantity: number }) => [id, quantity]);
  };

  it('adds several products: each has its own status, and a bad one does not undo the others [W-52]', async () => {
    const { body } = await shopper
      .post(batch, [
        product('a', 1),
        product('b', -1),
        product('c', 2, { itemType: 'EXTERNAL' }),
        'no item at all',
        product('a', 2),
        product('d', 4),
      ])
      .expect(200);
    const item = (index: number, id: string) => ({
      index,
      status: 201,
      id,
      yrn: `urn:yaas:saasag:cart:cartitem:acme;${cartId};${id}`,
      headers: { location: `${cart}/items/${id}` },
    });
    expect(body).toEqual([
      item(0, '0'),
      { index: 1, status: 400, errorMessage: expect.stringContaining('quantity') },
      { index: 2, status: 403, errorMessage: expect.any(String) },
      { index: 3, status: 400, errorMessage: expect.any(String) },
      item(4, '0'),
      item(5, '1'),
    ]);
    expect(await quantities()).toEqual([
      ['0', 3],
      ['1', 4],
    ]);
  });

  it('increases the version of the cart once for all of them [W-52]', async () => {
    const { body } = await shopper.get(cart).expect(200);
    expect(body.metadata.version).toBe(2);
    await shopper.post(batch, [product('b', -1)]).expect(200);
    await shopper.post(batch, []).expect(200);
    expect((await shopper.get(cart).expect(200)).body.metadata.version).toBe(2);
  });

  it('replaces several lines: each has its own status, in order [W-52]', async () => {
    const { body } = await shopper
      .put(batch, [
        { id: '0', ...product('a', 7) },
        { id: '9', ...product('a', 1) },
        { id: '1', ...product('d', 'four') },
        product('a', 1),
        { id: '1', quantity: 5 },
      ])
      .expect(207);
    expect(body).toEqual([
      { index: 0, id: '0', code: 204, status: 'No Content' },
      { index: 1, code: 404, status: 'Not Found', message: expect.stringContaining('code 9'), details: [] },
      {
        index: 2,
        code: 400,
        status: 'Bad Request',
        message: expect.stringContaining('quantity'),
        details: expect.arrayContaining([expect.stringMatching(/^quantity: /)]),
      },
      {
        index: 3,
        code: 400,
        status: 'Bad Request',
        message: expect.stringContaining('id'),
        details: expect.arrayContaining([expect.stringMatching(/^id: /)]),
      },
      { index: 4, id: '1', code: 204, status: 'No Content' },
    ]);
    expect(await quantities()).toEqual([
      ['0', 7],
      ['1', 5],
    ]);
    expect((await shopper.get(cart).expect(200)).body.metadata.version).toBe(3);
  });

  it('loses none of several batches at once [W-52]', async () => {
    await Promise.all(
      Array.from({ length: 10 }, () => shopper.post(batch, [product('a', 1), product('d', 1)])),
    );
    expect(await quantities()).toEqual([
      ['0', 17],
      ['1', 15],
    ]);
  });

  it('is refused a body that is not a list, or a list that is too long [W-45]', async () => {
    for (const wrong of [{}, { 0: product('a', 1) }, Array.from({ length: 201 }, () => product('a', 1))]) {
      await shopper.post(batch, wrong).expect(400);
    }
    for (const wrong of [{}, Array.from({ length: 51 }, () => ({ id: '0', quantity: 1 }))]) {
      await shopper.put(batch, wrong).expect(400);
    }
    await shopper.post(batch).expect(400);
    expect(await quantities()).toEqual([
      ['0', 17],
      ['1', 15],
    ]);
  });

  it('is refused a cart that would become too large, and nothing of the batch is stored', async () => {
    const large = { mixins: { text: 'x'.repeat(60_000) }, keepAsSeparateLineItem: true };
    const backend = await shop.service();
    const { body } = await (
      await shop.visitor()
    )
      .post(carts, { siteCode: 'main', currency: 'EUR' })
      .expect(201);
    const many = `${carts}/${body.cartId}/itemsBatch`;
    const twelve = Array.from({ length: 12 }, () => product('a', 1, large));
    const answers: number[] = [];
    for (let i = 0; i < 7; i += 1) answers.push((await backend.post(many, twelve)).status);
    expect(answers).toEqual([200, 200, 200, 200, 200, 413, 413]);
    const { body: full } = await backend.get(`${carts}/${body.cartId}?expandCalculation=false`).expect(200);
    expect(full.items).toHaveLength(60);
  });

  it('reaches only their own cart [W-43, W-44, W-52]', async () => {
    const stranger = await shop.visitor();
    await stranger.post(batch, [product('a', 1)]).expect(404);
    await stranger.put(batch, [{ id: '0', quantity: 1 }]).expect(404);
    const reader = await shop.service('acme-readonly');
    for (const [user, status] of [
      [shop.http, 401],
      [reader, 403],
    ] as const) {
      await user.post(batch, [product('a', 1)]).expect(status);
      await user.put(batch, [{ id: '0', quantity: 1 }]).expect(status);
    }
  });
});
