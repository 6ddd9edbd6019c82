import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CartPrice } from '../../../src/cart/cart.types.js';
import { aPrice } from '../../support/data/builders.js';
import { demoItem, type DemoPrice, yrnOf } from '../../support/data/demo-items.js';
import type { CustomerUser, HttpUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { BEN, CARTS, ON_MAIN } from '../../support/data/login-carts.js';
import { openShop, type Shop } from '../../support/shop.js';

const ANNA = ['anna@acme.test', 'demo-Anna-2026'] as const;

/** Fields with which a shopper may try to pay less. */
const WISHES: readonly object[] = [
  { effectiveAmount: 0.01 },
  { originalAmount: 0.01, effectiveAmount: 0 },
  { measurementUnit: { quantity: 1000, unitCode: 'pc' } },
  { measurementUnit: { quantity: 2 } },
  { currency: 'JPY' },
];

const wished = (priceId: DemoPrice, quantity: number, wish: object) => {
  const item = demoItem(priceId, quantity);
  return { ...item, price: { ...item.price, ...wish } };
};

const UMBRELLA = { itemType: 'PRODUCT', id: 'umbrella' } as const;

/** Priced by the whole quantity: 10 each from 0, 8 each from 10. */
const BY_VOLUME = {
  id: 'by-volume',
  name: { en: 'By volume' },
  includesTax: true,
  measurementUnit: { quantity: 1, unitCode: 'pc' },
  tierDefinition: {
    tierType: 'VOLUME',
    tiers: [
      { minQuantity: { quantity: 0, unitCode: 'pc' } },
      { minQuantity: { quantity: 10, unitCode: 'pc' } },
    ],
  },
};

const pens = (quantity: number, over: object = {}) => ({
  itemYrn: yrnOf('pen'),
  quantity,
  price: { priceId: 'pen-eur', originalAmount: 10, effectiveAmount: 10, currency: 'EUR' },
  ...over,
});

const idOf = (cart: string): string => cart.slice(CARTS.length + 1);

async function cartOf(owner: HttpUser, ...items: readonly object[]): Promise<string> {
  const { body } = await owner.post(CARTS, ON_MAIN).expect(201);
  const cart = `${CARTS}/${body.cartId}`;
  for (const item of items) await owner.post(`${cart}/items`, item).expect(201);
  return cart;
}

const priceOf = async (owner: HttpUser, cart: string, id = '0'): Promise<CartPrice> =>
  (await owner.get(`${cart}/items/${id}`).expect(200)).body.price;

const totalOf = async (owner: HttpUser, cart: string): Promise<number> =>
  (await owner.get(cart).expect(200)).body.totalPrice.amount;

async function openShopWithPens(): Promise<Shop> {
  const shop = await openShop();
  const staff = await shop.service();
  await staff.post('/price/acme/priceModels', BY_VOLUME).expect(201);
  const { body } = await staff.get('/price/acme/priceModels/by-volume').expect(200);
  const tiers: readonly { readonly id: string }[] = body.tierDefinition.tiers;
  const values = [10, 8];
  await shop.storage.prices.create(
    aPrice({
      id: 'pen-eur',
      itemId: { itemType: 'PRODUCT', id: 'pen' },
      priceModelId: 'by-volume',
      tierValues: tiers.map(({ id }, i) => ({ id, priceValue: values[i] ?? 0 })),
    }),
  );
  return shop;
}

describe('An item costs what its price says, whatever its shopper sends', () => {
  let shop: Shop;
  let shopper: Visitor;
  let cart: string;
  beforeAll(async () => void (shop = await openShopWithPens()));
  beforeEach(async () => {
    shopper = await shop.visitor();
    cart = await cartOf(shopper);
  });
  afterAll(() => shop.close());

  it.each(WISHES)('when it is added with %j [F-01, X-10]', async (wish) => {
    await shopper.post(`${cart}/items`, wished('umbrella-eur', 2, wish)).expect(201);
    const price = await priceOf(shopper, cart);
    expect(price).toMatchObject({
      priceId: 'umbrella-eur',
      originalAmount: 19.9,
      effectiveAmount: 19.9,
      currency: 'EUR',
    });
    expect(price.measurementUnit?.['quantity'] ?? 1).toBe(1);
    expect(await totalOf(shopper, cart)).toBe(39.8);
    expect((await shopper.get(`${cart}/validate`).expect(200)).body).toEqual({ isValid: true });
  });

  it.each(WISHES)('when it is changed to %j [F-01, X-10]', async (wish) => {
    await shopper.post(`${cart}/items`, demoItem('umbrella-eur', 1)).expect(201);
    const { price } = wished('umbrella-eur', 2, wish);
    await shopper.put(`${cart}/items/0?partial=true`, { price, quantity: 2 }).expect(204);
    expect(await totalOf(shopper, cart)).toBe(39.8);
    await shopper.put(`${cart}/items/0`, { price }).expect(204);
    expect(await totalOf(shopper, cart)).toBe(39.8);
  });

  it('when several are added or changed at once [F-01, X-10]', async () => {
    const batch = WISHES.map((wish) => wished('raincoat-eur', 1, wish));
    await shopper.post(`${cart}/itemsBatch`, batch).expect(200);
    expect(await totalOf(shopper, cart)).toBe(395);
    const entries = WISHES.map((wish) => ({ id: '0', ...wished('raincoat-eur', 2, wish) }));
    await shopper.put(`${cart}/itemsBatch`, entries).expect(207);
    expect(await totalOf(shopper, cart)).toBe(158);
  });

  it('when its price model has a unit, which counts [F-01]', async () => {
    const measurementUnit = { quantity: 1000, unitCode: 'H87' };
    const { price, ...item } = demoItem('postcard-eur', 4);
    await shopper.post(`${cart}/items`, { ...item, price: { ...price, measurementUnit } }).expect(201);
    expect((await priceOf(shopper, cart)).measurementUnit).toEqual({ quantity: 1, unitCode: 'pc' });
    expect(await totalOf(shopper, cart)).toBe(6);
  });

  it('when its tax claims that the price is net, or gross [F-01]', async () => {
    const staff = await shop.service();
    await staff.patch('/site/acme/sites/us', { includesTax: false }).expect(200);
    const { body } = await shopper.post(CARTS, { siteCode: 'us', currency: 'USD' }).expect(201);
    const there = `${CARTS}/${body.cartId}`;
    const tax = { name: 'STANDARD', rate: 10, grossValue: 24.9 };
    await shopper.post(`${there}/items`, demoItem('umbrella-usd', 1, { tax })).expect(201);
    expect(await totalOf(shopper, there)).toBe(27.39);
    await shopper.put(`${there}/items/0`, { tax }).expect(204);
    expect(await totalOf(shopper, there)).toBe(27.39);
  });

  it('when it is merged, whatever the guest’s cart contains [F-01, X-10]', async () => {
    await shopper.post(`${cart}/items`, demoItem('umbrella-eur', 2)).expect(201);
    await shop.storage.carts.change('acme', idOf(cart), (current) => ({
      ...current,
      items: current.items.map((item) => ({ ...item, price: { ...item.price, effectiveAmount: 0.01 } })),
    }));
    expect((await shopper.get(`${cart}/validate`).expect(200)).body.isValid).toBe(false);
    const ben = await (await shop.visitor()).logIn(...BEN);
    const target = await cartOf(ben);
    const staff = await shop.service();
    await staff.post(`${target}/merge`, { carts: [idOf(cart)] }).expect(200);
    expect(await totalOf(ben, target)).toBe(39.8);
    await ben.delete(target).expect(204);
  });

  it('unless the price comes from outside, for which a backend needs the scope [F-01]', async () => {
    const { price, ...item } = demoItem('umbrella-eur', 2, { itemType: 'EXTERNAL' });
    const cheap = { ...item, price: { ...price, effectiveAmount: 0.01 } };
    await shopper.post(`${cart}/items`, cheap).expect(403);
    const staff = await shop.service();
    await staff.post(`${cart}/items`, cheap).expect(201);
    expect(await totalOf(shopper, cart)).toBe(0.02);
    await staff.post(`${cart}/items`, { ...cheap, itemType: 'INTERNAL' }).expect(201);
    expect(await totalOf(shopper, cart)).toBe(39.82);
    await staff.put(`${cart}/items/1`, { ...cheap }).expect(204);
    expect(await totalOf(shopper, cart)).toBe(0.04);
  });
});

describe('A price that does not apply', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let ben: CustomerUser;
  let anna: CustomerUser;
  beforeAll(async () => {
    shop = await openShopWithPens();
    staff = await shop.service();
    ben = await (await shop.visitor()).logIn(...BEN);
    anna = await (await shop.visitor()).logIn(...ANNA);
    const prices = [
      aPrice({
        id: 'umbrella-gold',
        itemId: UMBRELLA,
        audience: ['GROUP:gold'],
        tierValues: [{ priceValue: 1 }],
      }),
      aPrice({ id: 'umbrella-past', itemId: UMBRELLA, validTo: new Date('2020-01-01T00:00:00.000Z') }),
      aPrice({ id: 'umbrella-later', itemId: UMBRELLA, validFrom: new Date('2090-01-01T00:00:00.000Z') }),
    ];
    for (const price of prices) await shop.storage.prices.create(price);
  });
  afterAll(() => shop.close());

  const umbrellaAt = (priceId: string) => ({
    itemYrn: yrnOf('umbrella'),
    quantity: 1,
    price: { priceId, originalAmount: 1, effectiveAmount: 1, currency: 'EUR' },
  });
  const REFUSED: readonly [string, object][] = [
    ['of another product', { ...umbrellaAt('raincoat-eur') }],
    [
      'of another product by its id',
      { ...umbrellaAt('raincoat-eur'), itemYrn: undefined, product: { id: 'umbrella' } },
    ],
    ['that nobody knows', umbrellaAt('no-such-price')],
    ['of another site and currency', umbrellaAt('umbrella-usd')],
    ['of a group that the shopper is not in', umbrellaAt('umbrella-gold')],
    ['whose time is over', umbrellaAt('umbrella-past')],
    ['whose time has not come', umbrellaAt('umbrella-later')],
    ['with an odd id', umbrellaAt('__proto__')],
  ];

  it.each(REFUSED)('%s is refused, naming the field and the remedy [F-01]', async (_, item) => {
    const cart = await cartOf(ben, demoItem('umbrella-eur', 3));
    const expected = expect.stringMatching(/price\.priceId: .*cartPrices to "given"/);
    const { body } = await ben.post(`${cart}/items`, item).expect(400);
    expect(body).toMatchObject({
      code: 400,
      message: expected,
      details: [{ field: 'price.priceId', message: expect.any(String) }],
    });
    const { body: added } = await ben
      .post(`${cart}/itemsBatch`, [item, demoItem('raincoat-eur')])
      .expect(200);
    expect(added).toMatchObject([{ status: 400, errorMessage: expected }, { status: 201 }]);
    const { body: changed } = await ben
      .put(`${cart}/itemsBatch`, [
        { id: '0', ...item, itemYrn: yrnOf('umbrella') },
        { id: '1', quantity: 2 },
      ])
      .expect(207);
    if ('itemYrn' in item && item.itemYrn !== undefined) {
      expect(changed).toMatchObject([{ code: 400, message: expected }, { code: 204 }]);
      await ben.put(`${cart}/items/0`, item).expect(400);
    }
    const { body: kept } = await ben.get(cart).expect(200);
    expect(kept.items[0].price).toMatchObject({ priceId: 'umbrella-eur', effectiveAmount: 19.9 });
    await ben.delete(cart).expect(204);
  });

  it('to one shopper applies to another, by customer, group and country [F-01]', async () => {
    const cart = await cartOf(anna, umbrellaAt('umbrella-gold'));
    expect(await totalOf(anna, cart)).toBe(1);
    // Postcards are sold only in Germany, and Anna’s target location is France.
    await anna.post(`${cart}/items`, demoItem('postcard-eur')).expect(400);
    await anna.put(cart, { countryCode: 'DE' }).expect(204);
    await anna.post(`${cart}/items`, demoItem('postcard-eur')).expect(201);
    // A backend sees the same prices as the shopper who owns the cart.
    await staff.put(`${cart}/items/0?partial=true`, { quantity: 2 }).expect(204);
    expect(await totalOf(anna, cart)).toBe(3.5);
    await anna.delete(cart).expect(204);
  });

  it('any more stops a line from being merged or changing its quantity, but not its gift wrap [F-01]', async () => {
    const priceId = 'umbrella-soon-over';
    const validTo = new Date(shop.clock.now().getTime() + 60_000);
    await shop.storage.prices.create(aPrice({ id: priceId, itemId: UMBRELLA, validTo }));
    const guest = await shop.visitor();
    const cart = await cartOf(guest, umbrellaAt(priceId));
    shop.clock.advanceSeconds(60);
    await guest.put(`${cart}/items/0?partial=true`, { quantity: 2 }).expect(400);
    await guest.put(`${cart}/items/0?partial=true`, { mixins: { gift: { wrap: true } } }).expect(204);
    expect((await guest.get(`${cart}/validate`).expect(200)).body.isValid).toBe(false);
    const target = await cartOf(ben);
    const { body } = await staff.post(`${target}/merge`, { carts: [idOf(cart)] }).expect(400);
    expect(body.message).toMatch(/^carts: item 0 of cart .* price\.priceId: .*umbrella-soon-over/);
    await guest.put(`${cart}/refresh`).expect(204);
    expect(await totalOf(guest, cart)).toBe(19.9);
    await staff.post(`${target}/merge`, { carts: [idOf(cart)] }).expect(200);
    expect(await totalOf(ben, target)).toBe(19.9);
    await ben.delete(target).expect(204);
  });

  it('at the new site keeps a cart from moving there, even in the same currency [F-01]', async () => {
    await staff
      .post('/site/acme/sites', {
        code: 'outlet',
        name: 'Outlet',
        active: true,
        defaultLanguage: 'en',
        languages: ['en'],
        currency: 'EUR',
        homeBase: { address: { country: 'DE', zipCode: '10557' } },
        shipToCountries: ['DE'],
      })
      .expect(201);
    const guest = await shop.visitor();
    const cart = await cartOf(guest, demoItem('umbrella-eur'));
    const { body } = await guest.post(`${cart}/changeSite`, { siteCode: 'outlet' }).expect(400);
    expect(body.message).toContain('items.0');
    expect((await guest.get(cart).expect(200)).body.siteCode).toBe('main');
  });
});

describe('The tier of a price follows the quantity', () => {
  let shop: Shop;
  let shopper: Visitor;
  let cart: string;
  beforeAll(async () => void (shop = await openShopWithPens()));
  beforeEach(async () => {
    shopper = await shop.visitor();
    cart = await cartOf(shopper);
  });
  afterAll(() => shop.close());

  it('at every change of one line [F-02]', async () => {
    await shopper.post(`${cart}/items`, demoItem('postcard-eur', 60)).expect(201);
    expect((await priceOf(shopper, cart)).effectiveAmount).toBe(1.2);
    expect(await totalOf(shopper, cart)).toBe(72);
    await shopper.put(`${cart}/items/0?partial=true`, { quantity: 1 }).expect(204);
    expect((await priceOf(shopper, cart)).effectiveAmount).toBe(1.5);
    await shopper.put(`${cart}/items/0`, { quantity: 60 }).expect(204);
    expect((await priceOf(shopper, cart)).effectiveAmount).toBe(1.2);
    await shopper.put(`${cart}/itemsBatch`, [{ id: '0', quantity: 2 }]).expect(207);
    expect(await totalOf(shopper, cart)).toBe(3);
  });

  it('when one line grows by another [F-02]', async () => {
    await shopper.post(`${cart}/items`, pens(5)).expect(201);
    expect((await priceOf(shopper, cart)).effectiveAmount).toBe(10);
    await shopper.post(`${cart}/items`, pens(5)).expect(201);
    expect((await priceOf(shopper, cart)).effectiveAmount).toBe(8);
    expect(await totalOf(shopper, cart)).toBe(80);
    await shopper.post(`${cart}/items`, pens(5, { keepAsSeparateLineItem: true })).expect(201);
    expect((await priceOf(shopper, cart, '1')).effectiveAmount).toBe(10);
    await shopper.delete(`${cart}/items`).expect(204);
    await shopper.post(`${cart}/itemsBatch`, [pens(5), pens(4), pens(1)]).expect(200);
    expect(await totalOf(shopper, cart)).toBe(80);
  });

  it('when many are added at once [F-02, W-52]', async () => {
    await Promise.all(Array.from({ length: 30 }, () => shopper.post(`${cart}/items`, pens(1)).expect(201)));
    expect(await totalOf(shopper, cart)).toBe(240);
  });

  it('when carts are merged [F-02, W-53]', async () => {
    await shopper.post(`${cart}/items`, pens(5)).expect(201);
    const ben = await (await shop.visitor()).logIn(...BEN);
    const target = await cartOf(ben, pens(5));
    const staff = await shop.service();
    await staff.post(`${target}/merge`, { carts: [idOf(cart)] }).expect(200);
    expect((await priceOf(ben, target)).effectiveAmount).toBe(8);
    expect(await totalOf(ben, target)).toBe(80);
    await ben.delete(target).expect(204);
  });
});

describe('The tier of a price, when a login joins two carts', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ settings: { cartAtLogin: 'merge' } });
  });
  afterAll(() => shop.close());

  it('is that of all units together [F-02, E-25]', async () => {
    const older = await (await shop.visitor()).logIn(...BEN);
    const cart = await cartOf(older, demoItem('postcard-eur', 30));
    const guest = await shop.visitor();
    await cartOf(guest, demoItem('postcard-eur', 30));
    const ben = await guest.logIn(...BEN);
    expect((await priceOf(ben, cart)).effectiveAmount).toBe(1.2);
    expect(await totalOf(ben, cart)).toBe(72);
  });
});

describe('The units of one line', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('are limited, however often they are added [F-08]', async () => {
    const shopper = await shop.visitor();
    const cart = await cartOf(shopper, demoItem('umbrella-eur', 9e11));
    const { body } = await shopper.post(`${cart}/items`, demoItem('umbrella-eur', 9e11)).expect(400);
    expect(body.details).toEqual([{ field: 'quantity', message: expect.stringContaining('1000000000000') }]);
    const { body: batch } = await shopper
      .post(`${cart}/itemsBatch`, [demoItem('umbrella-eur', 1e11), demoItem('umbrella-eur', 1)])
      .expect(200);
    expect(batch).toMatchObject([{ status: 201 }, { status: 400 }]);
    const ben = await (await shop.visitor()).logIn(...BEN);
    const target = await cartOf(ben, demoItem('umbrella-eur', 9e11));
    const staff = await shop.service();
    const { body: merged } = await staff.post(`${target}/merge`, { carts: [idOf(cart)] }).expect(400);
    expect(merged.message).toMatch(/^carts: .*quantity/);
    await shopper.get(cart).expect(200);
  });
});

describe('A tenant whose prices are stored elsewhere', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ settings: { cartPrices: 'given' } });
  });
  afterAll(() => shop.close());

  it('has items cost what their callers say, but still in the currency of the cart [F-01, F-08]', async () => {
    const shopper = await shop.visitor();
    const { price, ...item } = demoItem('umbrella-eur', 2);
    const unit = { quantity: 10, unitCode: 'g' };
    const cheap = {
      ...item,
      price: { ...price, priceId: 'theirs', effectiveAmount: 5, measurementUnit: unit },
    };
    const cart = await cartOf(shopper, cheap);
    expect(await priceOf(shopper, cart)).toEqual(cheap.price);
    expect(await totalOf(shopper, cart)).toBe(1);
    await shopper.post(`${cart}/items`, { ...item, price: { ...price, currency: 'USD' } }).expect(400);
    await shopper.post(`${cart}/items`, demoItem('umbrella-eur', 9e11)).expect(201);
    await shopper.post(`${cart}/items`, demoItem('umbrella-eur', 9e11)).expect(400);
  });
});
