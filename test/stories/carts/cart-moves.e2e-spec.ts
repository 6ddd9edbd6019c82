import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Price } from '../../../src/price/index.js';
import { ALWAYS, ANY } from '../../../src/price/price.types.js';
import type { CartPrices } from '../../../src/tenant/index.js';
import type { CustomerUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';
const mine = '/session-context/acme/me/context';
const onMain = { siteCode: 'main', currency: 'EUR' };
const ben = ['ben@acme.test', 'demo-Ben-2026'] as const;
const anna = ['anna@acme.test', 'demo-Anna-2026'] as const;

const aPrice = (id: string, product: string, value: number, over: Partial<Price> = {}): Price => ({
  tenant: 'acme',
  id,
  itemId: { itemType: 'PRODUCT', id: product },
  currency: 'EUR',
  country: ANY,
  sites: ['main'],
  audience: [ANY],
  validFrom: ALWAYS.from,
  validTo: ALWAYS.to,
  tierValues: [{ priceValue: value }],
  mixins: {},
  mixinSchemas: {},
  createdAt: ALWAYS.from,
  modifiedAt: ALWAYS.from,
  version: 1,
  ...over,
});

const inEuro = aPrice('moves-kite-eur', 'kite', 20);
const inDollar = aPrice('moves-kite-usd', 'kite', 24.5, { currency: 'USD' });
const inDollarThere = aPrice('moves-kite-us', 'kite', 25, { currency: 'USD', sites: ['us'] });

const yrnOf = (product: string): string => `urn:yaas:hybris:product:product:acme;${product}`;
const kite = {
  itemYrn: yrnOf('kite'),
  quantity: 2,
  price: { priceId: inEuro.id, originalAmount: 20, effectiveAmount: 20, currency: 'EUR' },
};
const unknown = { ...kite, itemYrn: yrnOf('rope'), price: { ...kite.price, priceId: 'nobody-knows' } };

async function cartOf(shopper: Visitor | CustomerUser, ...items: readonly object[]): Promise<string> {
  const { body } = await shopper.post(carts, onMain).expect(201);
  for (const item of items) await shopper.post(`${carts}/${body.cartId}/items`, item).expect(201);
  return `${carts}/${body.cartId}`;
}

const idOf = (cart: string): string => cart.slice(carts.length + 1);

/** @param cartPrices `given`: items may have prices that this service does not know */
async function openShopWithPrices(cartPrices: CartPrices = 'checked'): Promise<Shop> {
  const shop = await openShop({ settings: { cartPrices } });
  for (const price of [inEuro, inDollar, inDollarThere]) await shop.storage.prices.create(price);
  return shop;
}

/** Refusals that all these operations share. */
const OPERATIONS = [
  ['post', 'merge', { carts: ['no-such-cart'] }],
  ['post', 'changeCurrency', { currency: 'USD' }],
  ['post', 'changeSite', { siteCode: 'us' }],
  ['put', 'refresh', undefined],
  ['get', 'validate', undefined],
] as const;

describe('Every operation that moves a cart', () => {
  let shop: Shop;
  let customer: CustomerUser;
  let cart: string;
  beforeAll(async () => {
    shop = await openShopWithPrices();
    customer = await (await shop.visitor()).logIn(...ben);
    cart = await cartOf(customer, kite);
  });
  afterAll(() => shop.close());

  it.each(OPERATIONS)(
    '(%s %s) requires a token, its tenant and its scope [W-43, W-44, C-05, C-12]',
    async (...op) => {
      const [method, name, body] = op;
      await shop.http[method](`${cart}/${name}`, body).expect(401);
      await (await shop.service('acme-readonly'))[method](`${cart}/${name}`, body).expect(403);
      await (await shop.visitor({ tenant: 'globex' }))[method](`${cart}/${name}`, body).expect(403);
      await customer[method](`${cart}/${name}`, body).set('emporix-tenant', 'globex').expect(403);
    },
  );

  it.each(OPERATIONS)(
    '(%s %s) finds no cart that is not the caller’s own [W-52]',
    async (method, name, body) => {
      const stranger = await (await shop.visitor()).logIn(...anna);
      const { body: refused } = await stranger[method](`${cart}/${name}`, body).expect(404);
      expect(refused).toEqual({
        code: 404,
        status: 'Not Found',
        message: expect.stringContaining(idOf(cart)),
      });
      await customer[method](`${carts}/no-such-cart/${name}`, body).expect(404);
    },
  );

  it.each([
    ['merge', {}],
    ['merge', { carts: [] }],
    ['merge', { carts: 'a' }],
    ['merge', { carts: [{ $ne: 1 }] }],
    ['changeCurrency', {}],
    ['changeCurrency', { currency: 'EURO' }],
    ['changeSite', {}],
    ['changeSite', { siteCode: { $ne: 1 } }],
    ['changeSite', { siteCode: 'no-such-site' }],
  ])('(%s %j) names the field that is wrong [W-45]', async (name, body) => {
    const { body: refused } = await customer.post(`${cart}/${name}`, body).expect(400);
    expect(refused).toMatchObject({ code: 400, status: 'Bad Request' });
    expect(refused.message).toMatch(/carts|currency|siteCode/);
  });
});

describe('Anonymous carts are merged', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let customer: CustomerUser;
  let cart: string;
  beforeAll(async () => {
    shop = await openShopWithPrices('given');
    staff = await shop.service();
    customer = await (await shop.visitor()).logIn(...ben);
    cart = await cartOf(customer, kite);
  });
  afterAll(() => shop.close());

  it('by a backend into a customer’s: equal lines are joined, and the others follow [W-48, W-53]', async () => {
    const [one, other] = [await shop.visitor(), await shop.visitor()];
    const sources = [await cartOf(one, kite, unknown), await cartOf(other, { ...kite, quantity: 0.5 })];
    const { body: before } = await customer.get(cart).expect(200);
    await staff.post(`${cart}/merge`, { carts: sources.map(idOf) }).expect(200);
    const { body } = await customer.get(cart).expect(200);
    expect(body.items.map(({ id, quantity }: { id: string; quantity: number }) => [id, quantity])).toEqual([
      ['0', 4.5],
      ['1', 2],
    ]);
    expect(body.metadata.version).toBe(before.metadata.version + 1);
    for (const [guest, source] of [
      [one, sources[0]],
      [other, sources[1]],
    ] as const) {
      await guest.get(`${source}`).expect(404);
      await guest.get(`${carts}?siteCode=main`).expect(404);
      expect((await guest.get(mine).expect(200)).body).not.toHaveProperty('cartId');
    }
  });

  it('and again, as after a lost answer, which changes nothing more [W-53]', async () => {
    const source = idOf(await cartOf(await shop.visitor(), kite));
    const merge = () => staff.post(`${cart}/merge`, { carts: [source, source] });
    const answers = await Promise.all(Array.from({ length: 20 }, merge));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await customer.get(cart).expect(200)).body.items[0].quantity).toBe(6.5);
  });

  it('while their guests keep filling them: every line is in one of the two [C-08]', async () => {
    const guest = await shop.visitor();
    const source = await cartOf(guest);
    const target = await cartOf(await (await shop.visitor()).logIn(...anna));
    const line = (i: number) => ({ ...kite, itemYrn: yrnOf(`line-${i}`), quantity: 1 });
    const adding = Array.from({ length: 30 }, (_, i) => guest.post(`${source}/items`, line(i)));
    const [merged, ...added] = await Promise.all([
      staff.post(`${target}/merge`, { carts: [idOf(source)] }),
      ...adding,
    ]);
    expect(merged?.status).toBe(200);
    const taken = added.filter(({ status }) => status === 201).length;
    expect(added.filter(({ status }) => status === 404 || status === 409)).toHaveLength(30 - taken);
    expect((await staff.get(target).expect(200)).body.items).toHaveLength(taken);
  });

  it("and one that a login has made the customer's is merged into an older one [W-53, W-55]", async () => {
    const guest = await shop.visitor();
    const source = await cartOf(guest, { ...kite, quantity: 1 });
    const back = await guest.logIn(...ben);
    await back.post(`${cart}/merge`, { carts: [idOf(source)] }).expect(200);
    expect((await back.get(cart).expect(200)).body.items[0].quantity).toBe(7.5);
    await back.get(source).expect(404);
    expect((await back.get(mine).expect(200)).body.cartId).toBe(idOf(cart));
  });

  it('by the customer, even from another session [F-07, W-53]', async () => {
    const guest = await shop.visitor();
    const source = await cartOf(guest, { ...kite, quantity: 1 });
    await customer.post(`${cart}/merge`, { carts: [idOf(source)] }).expect(200);
    expect((await customer.get(cart).expect(200)).body.items[0].quantity).toBe(8.5);
    await guest.get(source).expect(404);
    expect((await guest.get(mine).expect(200)).body).not.toHaveProperty('cartId');
  });

  it('but nothing changes if the login has already made them the customer’s [F-07]', async () => {
    const guest = await shop.visitor();
    const source = await cartOf(guest, kite);
    const back = await guest.logIn(...anna);
    const { body: before } = await back.get(`${carts}?siteCode=main`).expect(200);
    expect(before.id).toBe(idOf(source));
    await back.post(`${source}/merge`, { carts: [idOf(source)] }).expect(200);
    expect((await back.get(source).expect(200)).body).toEqual(before);
    const other = await cartOf(await shop.visitor(), unknown);
    await back.post(`${source}/merge`, { carts: [idOf(source), idOf(other)] }).expect(200);
    expect((await back.get(source).expect(200)).body.items).toHaveLength(2);
  });

  it('but not a customer’s cart, a closed one, or the target itself [W-53]', async () => {
    const own = (await customer.post(carts, { ...onMain, type: 'wishlist' }).expect(201)).body.cartId;
    const annas = (await (await (await shop.visitor()).logIn(...anna)).get(`${carts}?siteCode=main`)).body.id;
    const guest = await shop.visitor();
    const closed = await cartOf(guest, kite);
    await guest.put(closed, { status: 'CLOSED' }).expect(204);
    for (const id of [own, annas, idOf(closed), idOf(cart), 'no-such-cart']) {
      const { body } = await staff.post(`${cart}/merge`, { carts: [id] }).expect(400);
      expect(body.message).toBe(`carts: ${id} is no anonymous cart that is open`);
    }
  });

  it('but not one whose session is over [D-02]', async () => {
    const source = idOf(await cartOf(await shop.visitor(), kite));
    shop.clock.advanceSeconds(3601);
    await staff.post(`${cart}/merge`, { carts: [source] }).expect(400);
  });

  it('but not one that requires its session id, if another one is named [W-49, F-07]', async () => {
    const guest = await shop.visitor();
    const wish = { ...onMain, sessionValidated: true };
    const { body } = await guest.post(carts, wish).expect(201);
    const source = `${carts}/${body.cartId}`;
    await guest.post(`${source}/items`, kite).expect(201);
    const { body: before } = await customer.get(cart).expect(200);
    const service = await shop.service();
    for (const user of [customer, service]) {
      const { body: refused } = await user.post(`${cart}/merge`, { carts: [body.cartId] }).expect(403);
      expect(refused).toEqual({
        code: 403,
        status: 'Forbidden',
        message: `The cart ${body.cartId} is of another session`,
      });
    }
    expect((await customer.get(cart).expect(200)).body).toEqual(before);
    expect((await guest.get(source).expect(200)).body.items).toHaveLength(1);
    await service
      .post(`${cart}/merge`, { carts: [body.cartId] })
      .set('session-id', guest.sessionId)
      .expect(200);
    const again = await shop.visitor();
    const { body: own } = await again.post(carts, wish).expect(201);
    await (await again.logIn(...ben)).post(`${cart}/merge`, { carts: [own.cartId] }).expect(200);
  });

  it('but not into an anonymous shopper’s cart [W-53]', async () => {
    const guest = await shop.visitor();
    const [target, source] = [await cartOf(guest), await cartOf(await shop.visitor(), kite)];
    await guest.post(`${target}/merge`, { carts: [idOf(source)] }).expect(403);
    const service = await shop.service();
    const { body } = await service.post(`${target}/merge`, { carts: [idOf(source)] }).expect(400);
    expect(body.message).toContain('cartId');
  });

  it('but not in another currency, or with more lines than a cart may have', async () => {
    const guest = await shop.visitor();
    const { body } = await guest.post(carts, { siteCode: 'main', currency: 'USD' }).expect(201);
    const { body: refused } = await staff.post(`${cart}/merge`, { carts: [body.cartId] }).expect(400);
    expect(refused.message).toContain('USD');
    const full = idOf(await cartOf(await shop.visitor(), kite));
    await shop.storage.carts.change('acme', full, (current) => ({
      ...current,
      items: current.items.flatMap((item) =>
        Array.from({ length: 500 }, (_, i) => ({ ...item, itemYrn: yrnOf(`p${i}`) })),
      ),
    }));
    const { body: tooMany } = await staff.post(`${cart}/merge`, { carts: [full] }).expect(400);
    expect(tooMany.message).toContain('500');
    expect((await shop.storage.carts.find('acme', full))?.status).toBe('OPEN');
  });
});

describe('Somebody guesses the ids of carts to merge them', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: { RATE_LIMITS: 'on' } })));
  afterEach(() => void vi.restoreAllMocks());
  afterAll(() => shop.close());

  it('and each guess is logged and counted, until even a right one has to wait [F-07]', async () => {
    const refusals = vi.spyOn(Logger.prototype, 'warn');
    const guesser = await (await shop.visitor()).logIn(...ben);
    const cart = await cartOf(guesser);
    const guess = (ids: readonly string[]) => guesser.post(`${cart}/merge`, { carts: ids });
    const source = idOf(await cartOf(await shop.visitor()));
    for (let i = 0; i < 3; i += 1) {
      await guess(Array.from({ length: 20 }, (_, n) => `no-such-cart-${i}-${n}`)).expect(400);
    }
    expect(refusals).toHaveBeenCalledTimes(60);
    expect(refusals).toHaveBeenCalledWith(
      expect.objectContaining({ tenant: 'acme', cartId: idOf(cart), source: 'no-such-cart-2-19' }),
      'A merge was refused',
    );
    const { body, headers } = await guess([source]).expect(429);
    expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(body).toMatchObject({ code: 429 });
    const staff = await shop.service();
    await staff.post(`${cart}/merge`, { carts: [source] }).expect(200);
  });
});

describe('A shopper changes the currency of a cart', () => {
  let shop: Shop;
  let shopper: Visitor;
  let cart: string;
  beforeAll(async () => void (shop = await openShopWithPrices()));
  beforeEach(async () => {
    shopper = await shop.visitor();
    cart = await cartOf(shopper, kite);
  });
  afterAll(() => shop.close());

  it('and items and context follow, the context by one version [W-54]', async () => {
    await shopper.post(`${cart}/changeCurrency`, { currency: 'USD' }).expect(200);
    const { body } = await shopper.get(cart).expect(200);
    expect(body).toMatchObject({ siteCode: 'main', currency: 'USD', metadata: { version: 3 } });
    expect(body.items[0].price).toMatchObject({
      priceId: inDollar.id,
      effectiveAmount: 24.5,
      currency: 'USD',
    });
    const { body: context } = await shopper.get(mine).expect(200);
    expect(context).toMatchObject({ currency: 'USD', siteCode: 'main', metadata: { version: 2 } });
  });

  it('to the present one: nothing changes [W-54]', async () => {
    await shopper.post(`${cart}/changeCurrency`, { currency: 'EUR' }).expect(200);
    expect((await shopper.get(cart).expect(200)).body.metadata.version).toBe(2);
    expect((await shopper.get(mine).expect(200)).body.metadata.version).toBe(1);
  });

  it('but only to one that the site sells in [D-24, W-54]', async () => {
    const { body } = await shopper.post(`${cart}/changeCurrency`, { currency: 'CHF' }).expect(400);
    expect(body.message).toContain('EUR, USD, GBP');
  });

  it('and nothing changes if an item has no price in it, or has one from outside', async () => {
    const { body } = await shopper.post(`${cart}/changeCurrency`, { currency: 'GBP' }).expect(400);
    expect(body.details).toEqual([{ field: 'items.0', message: expect.stringContaining('GBP') }]);
    const staff = await shop.service();
    await staff.post(`${cart}/items`, { ...kite, itemType: 'EXTERNAL' }).expect(201);
    const { body: outside } = await shopper.post(`${cart}/changeCurrency`, { currency: 'USD' }).expect(400);
    expect(outside.details).toEqual([{ field: 'items.1', message: expect.any(String) }]);
    expect((await shopper.get(cart).expect(200)).body.currency).toBe('EUR');
    expect((await shopper.get(mine).expect(200)).body).toMatchObject({
      currency: 'EUR',
      metadata: { version: 1 },
    });
  });

  it('and a cart that is not in use leaves the context as it is, as does one of another session [W-54]', async () => {
    const { body: other } = await shopper.post(carts, { ...onMain, type: 'wishlist' }).expect(201);
    await shopper.post(`${carts}/${other.cartId}/changeCurrency`, { currency: 'USD' }).expect(200);
    expect((await shopper.get(mine).expect(200)).body.currency).toBe('EUR');
    const phone = await (await shop.visitor()).logIn(...ben);
    const laptop = await (await shop.visitor()).logIn(...ben);
    const bens = await cartOf(phone);
    await laptop.get(bens).expect(200);
    await laptop.post(`${bens}/changeCurrency`, { currency: 'USD' }).expect(200);
    expect((await laptop.get(mine).expect(200)).body.currency).toBe('USD');
    expect((await phone.get(mine).expect(200)).body).toMatchObject({
      currency: 'EUR',
      metadata: { version: 1 },
    });
  });

  it('while items are being added: no line is lost, and all are in one currency', async () => {
    const adds = Array.from({ length: 10 }, () => shopper.post(`${cart}/items`, kite));
    const [changed, ...added] = await Promise.all([
      shopper.post(`${cart}/changeCurrency`, { currency: 'USD' }),
      ...adds,
    ]);
    expect(changed?.status).toBe(200);
    const taken = added.filter(({ status }) => status === 201).length;
    const { body } = await shopper.get(cart).expect(200);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ quantity: 2 + 2 * taken, price: { currency: 'USD' } });
  });
});

describe('A shopper changes the site of a cart', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShopWithPrices()));
  afterAll(() => shop.close());

  it('and currency, items and context follow, the context by one version [W-54]', async () => {
    const shopper = await shop.visitor({ language: 'de' });
    const cart = await cartOf(shopper, kite);
    await shopper.post(`${cart}/changeSite`, { siteCode: 'us' }).expect(200);
    const { body } = await shopper.get(cart).expect(200);
    expect(body).toMatchObject({ siteCode: 'us', currency: 'USD' });
    expect(body.items[0].price).toMatchObject({ priceId: inDollarThere.id, effectiveAmount: 25 });
    expect((await shopper.get(mine).expect(200)).body).toMatchObject({
      siteCode: 'us',
      currency: 'USD',
      language: 'en',
      targetLocation: 'DE',
      cartId: idOf(cart),
      metadata: { version: 2 },
    });
    expect((await shopper.get(`${carts}?siteCode=us`).expect(200)).body.id).toBe(idOf(cart));
    await shopper.get(`${carts}?siteCode=main`).expect(404);
  });

  it('of an anonymous session by a backend, and that session’s context follows [W-48, W-54]', async () => {
    const shopper = await shop.visitor();
    const cart = await cartOf(shopper, kite);
    await (await shop.service()).post(`${cart}/changeSite`, { siteCode: 'us' }).expect(200);
    expect((await shopper.get(mine).expect(200)).body).toMatchObject({ siteCode: 'us', currency: 'USD' });
  });

  it('but not to a slot that another open cart holds [W-50]', async () => {
    const shopper = await shop.visitor();
    const cart = await cartOf(shopper);
    const { body } = await shopper.post(carts, { siteCode: 'us', currency: 'USD' }).expect(201);
    const { body: taken } = await shopper.post(`${cart}/changeSite`, { siteCode: 'us' }).expect(409);
    expect(taken.cartId).toBe(body.cartId);
    expect((await shopper.get(mine).expect(200)).body.siteCode).toBe('main');
  });

  it('but not if an item has no price there', async () => {
    const shopper = await shop.visitor();
    await shop.storage.prices.create(aPrice('moves-rope-eur', 'rope', 3));
    const rope = { ...kite, itemYrn: yrnOf('rope'), price: { ...kite.price, priceId: 'moves-rope-eur' } };
    const cart = await cartOf(shopper, rope);
    await shopper.post(`${cart}/changeSite`, { siteCode: 'us' }).expect(400);
    expect((await shopper.get(cart).expect(200)).body.siteCode).toBe('main');
  });
});

describe('A shopper brings a cart up to date', () => {
  let shop: Shop;
  let shopper: Visitor;
  let cart: string;
  beforeAll(async () => {
    shop = await openShopWithPrices('given');
    shopper = await shop.visitor();
    cart = await cartOf(shopper, kite, unknown);
  });
  afterAll(() => shop.close());

  it('by asking whether its prices still apply, and is told of those that do not', async () => {
    const { body } = await shopper.get(`${cart}/validate`).expect(200);
    const code = 'CART-ITEM-UNIT-PRICE-100001';
    const error = {
      errorCode: code,
      message: expect.stringContaining('nobody-knows'),
      field: 'items.unitPrice',
    };
    expect(body).toEqual({ isValid: false, itemsValidationDetails: [{ id: '1', errors: [error] }] });
    await shopper.delete(`${cart}/items/1`).expect(204);
    expect((await shopper.get(`${cart}/validate`).expect(200)).body).toEqual({ isValid: true });
  });

  it('by refreshing it: changed prices are taken over, and nothing else changes', async () => {
    await shopper.post(`${cart}/items`, unknown).expect(201);
    await shopper.put(`${cart}/refresh`).expect(204);
    const { body: before } = await shopper.get(cart).expect(200);
    const change = (price?: Price) => ({ ...(price ?? inEuro), tierValues: [{ priceValue: 18 }] });
    await shop.storage.prices.change('acme', inEuro.id, change);
    await shopper.put(`${cart}/refresh`).expect(204);
    const { body } = await shopper.get(cart).expect(200);
    expect(body.items[0].price).toMatchObject({ priceId: inEuro.id, effectiveAmount: 18 });
    expect(body.items[1].price).toEqual(before.items[1].price);
    expect(body.metadata.version).toBe(before.metadata.version + 1);
  });

  it('and is told of discount codes that no longer take anything off', async () => {
    const guest = await shop.visitor();
    const other = await cartOf(guest, kite);
    const staff = await shop.service();
    const to = new Date(shop.clock.now().getTime() + 60_000).toISOString();
    await staff.put('/admin/acme/discounts/ENDS', { percent: 5, to }).expect(204);
    await guest.post(`${other}/discounts`, { code: 'ends' }).expect(201);
    expect((await guest.get(`${other}/validate`).expect(200)).body).toEqual({ isValid: true });
    shop.clock.advanceSeconds(60);
    // The login hands over the cart with its codes, which are checked there as before.
    const customer = await guest.logIn(...ben);
    expect((await customer.get(`${other}/validate`).expect(200)).body).toEqual({
      isValid: false,
      discountsValidationDetails: [
        { id: '0', code: 'ENDS', errors: [{ message: `ENDS ended at ${to}`, field: 'discounts.code' }] },
      ],
    });
    expect((await customer.get(other).expect(200)).body.totalDiscount.amount).toBe(0);
  });

  it('and is told if one product has two prices', async () => {
    await shop.storage.prices.create(aPrice('moves-kite-dear', 'kite', 30));
    await shopper.delete(`${cart}/items`).expect(204);
    await shopper.post(`${cart}/items`, kite).expect(201);
    const dear = { ...kite, price: { ...kite.price, priceId: 'moves-kite-dear' } };
    await shopper.post(`${cart}/items`, dear).expect(201);
    const { body } = await shopper.get(`${cart}/validate`).expect(200);
    expect(body.itemsValidationDetails).toHaveLength(2);
    expect(body.itemsValidationDetails[0].errors[0]).toMatchObject({
      errorCode: 'CART-ITEM-UNIT-PRICE-100002',
    });
  });
});
