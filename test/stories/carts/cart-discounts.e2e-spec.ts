import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';
const codes = '/admin/acme/discounts';

const umbrellas = (quantity: number) => ({
  itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella',
  quantity,
  price: { priceId: 'price-of-umbrella', originalAmount: 20, effectiveAmount: 20, currency: 'EUR' },
});

describe('A shopper uses discount codes', () => {
  let shop: Shop;
  let shopper: Visitor;
  let backend: ServiceUser;
  let cartId: string;
  let cart: string;
  let discounts: string;
  beforeAll(async () => {
    shop = await openShop({ settings: { cartPrices: 'given' } });
    shopper = await shop.visitor();
    backend = await shop.service();
    const { body } = await shopper.post(carts, { siteCode: 'main', currency: 'EUR' }).expect(201);
    cartId = body.cartId;
    cart = `${carts}/${cartId}`;
    discounts = `${cart}/discounts`;
    await shopper.post(`${cart}/items`, umbrellas(3)).expect(201);
  });
  afterAll(() => shop.close());

  const totals = async () => (await shopper.get(cart).expect(200)).body;

  it('and adds one: the amount that the body claims does not matter', async () => {
    const { body, headers } = await shopper
      .post(discounts, { code: 'FIVE', amount: 1000, discountRate: 100, currency: 'EUR', links: [] })
      .expect(201);
    expect(body).toEqual({
      yrn: `urn:yaas:saasag:cart:discount:acme;${cartId};0`,
      discountId: '0',
      discountIndex: 0,
    });
    expect(headers['location']).toBe(`${discounts}/0`);
    expect(await totals()).toMatchObject({
      totalPrice: { amount: 55 },
      totalDiscount: { amount: 5 },
      subTotalPrice: { amount: 60 },
      items: [{ couponDiscounts: [{ couponId: 'FIVE', value: 5 }], totalDiscount: { amount: 5 } }],
      metadata: { version: 3 },
    });
  });

  it('and adds another one in lower case, which applies to what is left', async () => {
    const { body } = await shopper.post(discounts, { code: 'welcome10' }).expect(201);
    expect(body).toMatchObject({ discountId: '1', discountIndex: 1 });
    const { totalPrice, calculatedPrice } = await totals();
    expect(totalPrice.amount).toBe(49.5);
    expect(calculatedPrice.discountedPrice).toMatchObject({
      grossValue: 49.5,
      appliedDiscounts: [
        { id: 'FIVE', value: 5, discountType: 'ABSOLUTE', origin: 'INTERNAL' },
        { id: 'WELCOME10', value: 5.5, discountType: 'PERCENT', origin: 'INTERNAL' },
      ],
    });
  });

  it('and reads them in the cart; listing them is for backends [W-44]', async () => {
    const listed = [
      {
        id: '0',
        code: 'FIVE',
        discountIndex: 0,
        amount: 5,
        currency: 'EUR',
        discountType: 'ABSOLUTE',
        valid: true,
      },
      {
        id: '1',
        code: 'WELCOME10',
        discountIndex: 1,
        discountRate: 10,
        discountType: 'PERCENT',
        valid: true,
      },
    ];
    expect((await totals()).discounts).toMatchObject(listed);
    expect((await backend.get(discounts).expect(200)).body).toMatchObject(listed);
    await shopper.get(discounts).expect(403);
  });

  it("and is told if a code is already there or can't be combined with others", async () => {
    const { body: twice } = await shopper.post(discounts, { code: 'five' }).expect(409);
    expect(twice).toEqual({
      code: 409,
      status: 'Conflict',
      message: 'Discount code FIVE already exists in cart.',
    });
    await backend.put(`${codes}/ALONE`, { percent: 50, stackable: false }).expect(204);
    const { body: alone } = await shopper.post(discounts, { code: 'ALONE' }).expect(409);
    expect(alone.message).toBe('Another discount already exists in cart. Discount code found: FIVE');
  });

  it('and is told if there is no such code [W-44]', async () => {
    const { body } = await shopper.post(discounts, { code: 'NO-SUCH-CODE' }).expect(404);
    expect(body).toEqual({
      code: 404,
      status: 'Not Found',
      message: 'Discount code NO-SUCH-CODE not found.',
    });
  });

  it("and is told why a code can't be used for this cart now [W-45]", async () => {
    const now = shop.clock.now().getTime();
    const wrong = {
      ELSEWHERE: { percent: 5, siteCodes: ['us'] },
      DOLLARS: { amount: 5, currency: 'USD' },
      LATER: { percent: 5, from: new Date(now + 1000).toISOString() },
      EARLIER: { percent: 5, to: new Date(now).toISOString() },
      MORE: { percent: 5, minimumOrderValue: 60.01, currency: 'EUR' },
    };
    for (const [code, draft] of Object.entries(wrong)) {
      await backend.put(`${codes}/${code}`, draft).expect(204);
      const { body } = await shopper.post(discounts, { code }).expect(400);
      expect(body.details).toEqual([{ field: 'code', message: expect.stringContaining(code) }]);
    }
  });

  it.each([[{}], [{ code: '' }], [{ code: 7 }], [{ code: 'x'.repeat(151) }], [{ code: { $ne: 1 } }], [[]]])(
    'and is told if the code is malformed: %j [W-45]',
    async (body) => {
      await shopper.post(discounts, body).expect(400);
    },
  );

  it('and keeps a code whose minimum is no longer reached, which takes nothing off and says so', async () => {
    await shopper.put(`${cart}/items/0?partial=true`, { quantity: 2 }).expect(204);
    const body = await totals();
    expect(body.totalPrice.amount).toBe(36);
    expect(body.discounts[0]).toMatchObject({
      code: 'FIVE',
      valid: false,
      discountValidationDetails: {
        message: 'FIVE asks for products of 50 EUR in all; these are 40',
        details: ['asks for products of 50 EUR in all; these are 40'],
      },
    });
    await shopper.put(`${cart}/items/0?partial=true`, { quantity: 3 }).expect(204);
    expect((await totals()).discounts[0]).toMatchObject({ valid: true });
  });

  it('and sees at once if the operator changes a code or it expires', async () => {
    await backend.put(`${codes}/WELCOME10`, { percent: 20 }).expect(204);
    expect((await totals()).totalPrice.amount).toBe(44);
    const to = new Date(shop.clock.now().getTime() + 60_000).toISOString();
    await backend.put(`${codes}/WELCOME10`, { percent: 20, to }).expect(204);
    expect((await totals()).discounts[1].valid).toBe(true);
    shop.clock.advanceSeconds(60);
    expect((await totals()).discounts[1]).toMatchObject({ valid: false });
    await backend.delete(`${codes}/WELCOME10`).expect(204);
    const body = await totals();
    expect(body.discounts[1].discountValidationDetails.details).toEqual(['is no longer declared']);
    expect(body.totalPrice.amount).toBe(55);
  });

  it('and removes one by its place', async () => {
    await shopper.delete(`${discounts}/0`).expect(204);
    expect((await totals()).discounts).toMatchObject([{ id: '1', code: 'WELCOME10', discountIndex: 0 }]);
    const { body } = await shopper.delete(`${discounts}/1`).expect(404);
    expect(body.message).toBe(`Discount not found in cart ${cartId} with index 1`);
    for (const index of ['-1', 'first', '1.5']) await shopper.delete(`${discounts}/${index}`).expect(400);
  });

  it('and removes some by their codes, or all', async () => {
    await shopper.post(discounts, { code: 'FIVE' }).expect(201);
    await shopper.delete(`${discounts}?codes=five,OTHER`).expect(204);
    expect((await totals()).discounts).toMatchObject([{ code: 'WELCOME10' }]);
    await shopper.post(discounts, { code: 'FIVE' }).expect(201);
    await shopper.delete(discounts).expect(204);
    expect((await totals()).discounts).toEqual([]);
    await shopper.delete(discounts).expect(204);
    await shopper.delete(`${discounts}?codes=a&codes=b`).expect(400);
  });

  it('and adds the same code only once, however many requests do so at once [W-46]', async () => {
    const tries = await Promise.all(
      Array.from({ length: 5 }, () => shopper.post(discounts, { code: 'FIVE' })),
    );
    expect(tries.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
    expect((await totals()).discounts).toHaveLength(1);
  });

  it('and reaches only their own cart [W-43, W-52]', async () => {
    const stranger = await shop.visitor();
    for (const id of [cartId, 'no-such-cart']) {
      const others = `${carts}/${id}/discounts`;
      await stranger.post(others, { code: 'FIVE' }).expect(404);
      await stranger.delete(others).expect(404);
      await stranger.delete(`${others}/0`).expect(404);
    }
    await backend.get(`${carts}/no-such-cart/discounts`).expect(404);
    const reader = await shop.service('acme-readonly');
    for (const [user, status] of [
      [shop.http, 401],
      [reader, 403],
      [await shop.service('globex-backend'), 403],
    ] as const) {
      await user.get(discounts).expect(status);
      await user.post(discounts, { code: 'FIVE' }).expect(status);
      await user.delete(discounts).expect(status);
      await user.delete(`${discounts}/0`).expect(status);
    }
    expect((await totals()).discounts).toHaveLength(1);
  });
});

describe('Somebody guesses discount codes', () => {
  const OF_CART = 60;
  const OF_ADDRESS = 300;
  let shop: Shop;
  beforeAll(
    async () =>
      void (shop = await openShop({ env: { RATE_LIMITS: 'on' }, settings: { cartPrices: 'given' } })),
  );
  afterAll(() => shop.close());

  async function newDiscounts(): Promise<{ shopper: Visitor; discounts: string }> {
    const shopper = await shop.visitor();
    const { body } = await shopper.post(carts, { siteCode: 'main', currency: 'EUR' }).expect(201);
    return { shopper, discounts: `${carts}/${body.cartId}/discounts` };
  }

  async function guess(times: number, atOnce = times): Promise<void> {
    const { shopper, discounts } = await newDiscounts();
    const statuses: number[] = [];
    while (statuses.length < times) {
      const tries = Array.from({ length: atOnce }, (_, i) =>
        shopper.post(discounts, { code: `GUESS-${statuses.length + i}` }),
      );
      statuses.push(...(await Promise.all(tries)).map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 404)).toHaveLength(Math.min(times, OF_CART));
    expect(statuses.filter((status) => status === 429)).toHaveLength(Math.max(0, times - OF_CART));
  }

  it('and may try sixty an hour in one cart, right or wrong, without affecting other carts [C-13]', async () => {
    const { shopper, discounts } = await newDiscounts();
    const first = await shopper.post(discounts, { code: 'WELCOME10' }).expect(201);
    expect(first.headers['ratelimit']).toMatch(/^limit=60, remaining=59, reset=\d+$/);
    const tries = Array.from({ length: OF_CART }, () => shopper.post(discounts, { code: 'welcome10' }));
    const refused = (await Promise.all(tries)).find(({ status }) => status === 429);
    expect(refused?.headers['retry-after']).toMatch(/^\d+$/);
    expect(refused?.body).toMatchObject({ code: 429, status: 'Too Many Requests' });
    await shopper.delete(discounts).expect(204);
    const other = await newDiscounts();
    await other.shopper.post(other.discounts, { code: 'WELCOME10' }).expect(201);
  });

  it(
    'and may be wrong at most three hundred times an hour in all carts together [C-13]',
    { timeout: 120_000 },
    async () => {
      for (let i = 1; i < OF_ADDRESS / OF_CART; i += 1) await guess(OF_CART + 1);
      // The last ones come one by one: those that are being judged take points, so that some of many are refused.
      await guess(OF_CART + 1, 1);
      const { shopper, discounts } = await newDiscounts();
      await shopper.post(discounts, { code: 'WELCOME10' }).expect(429);
    },
  );
});
