import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';

const line = (productId: string, quantity: number, amount: number, currency: string, rate?: number) => ({
  itemYrn: `urn:yaas:hybris:product:product:acme;${productId}`,
  quantity,
  price: { priceId: `price-of-${productId}`, originalAmount: amount, effectiveAmount: amount, currency },
  ...(rate !== undefined && { tax: { name: rate === 19 ? 'STANDARD' : 'REDUCED', rate } }),
});

describe('What a cart costs', () => {
  let shop: Shop;
  let shopper: Visitor;
  let backend: ServiceUser;
  beforeAll(async () => {
    shop = await openShop({ settings: { cartPrices: 'given' } });
    shopper = await shop.visitor();
    backend = await shop.service();
  });
  afterAll(() => shop.close());

  const cartWith = async (siteCode: string, currency: string, items: readonly object[]): Promise<string> => {
    const { body } = await (await shop.visitor()).post(carts, { siteCode, currency }).expect(201);
    const cart = `${carts}/${body.cartId}`;
    for (const item of items) await backend.post(`${cart}/items`, item).expect(201);
    return cart;
  };

  it('is returned with every read, by line and in total [W-47, W-52]', async () => {
    const made = await shopper.post(carts, { siteCode: 'main', currency: 'EUR' }).expect(201);
    const cart = `${carts}/${made.body.cartId}`;
    await shopper.post(`${cart}/items`, line('umbrella', 2, 19.9, 'EUR', 19)).expect(201);
    await shopper.post(`${cart}/items`, line('book', 1, 0.1, 'EUR', 7)).expect(201);
    const { body } = await shopper.get(cart).expect(200);
    expect(body).toMatchObject({
      totalUnitsCount: 3,
      subTotalPrice: { amount: 39.9, currency: 'EUR' },
      totalPrice: { amount: 39.9, currency: 'EUR' },
      totalDiscount: { amount: 0, currency: 'EUR' },
      totalTax: { amount: 0, currency: 'EUR' },
      subtotalAggregate: { currency: 'EUR', netValue: 33.54, grossValue: 39.9, taxValue: 6.36 },
      taxAggregate: {
        lines: [
          { name: 'STANDARD', rate: 19, amount: 6.35, taxable: 39.8 },
          { name: 'REDUCED', rate: 7, amount: 0.01, taxable: 0.1 },
        ],
      },
      itemFeesTotal: { subTotal: 0, totalTax: 0, total: 0, discount: 0 },
      totalAuthorizedAmount: { amount: 39.9, currency: 'EUR' },
      discounts: [],
      calculatedPrice: {
        price: { netValue: 33.54, grossValue: 39.9, taxValue: 6.36 },
        totalDiscount: { calculationType: 'ApplyDiscountAfterTax', value: 0, appliedDiscounts: [] },
        finalPrice: { netValue: 33.54, grossValue: 39.9, taxValue: 6.36 },
      },
    });
    expect(body.items[0]).toMatchObject({
      quantity: 2,
      effectiveQuantity: 2,
      unitPrice: { netValue: 16.72, grossValue: 19.9, taxValue: 3.18, taxCode: 'STANDARD', taxRate: 19 },
      itemPrice: { amount: 39.8, currency: 'EUR' },
      itemTaxInfo: [
        {
          name: 'STANDARD',
          value: { amount: 6.35, currency: 'EUR' },
          rate: 19,
          grossValue: 39.8,
          netValue: 33.45,
        },
      ],
      totalTax: 6.35,
      calculatedPrice: {
        price: { grossValue: 39.8, calculated: 'INTERNAL' },
        finalPrice: { grossValue: 39.8 },
      },
    });
    const found = await shopper.get(`${carts}?siteCode=main`).expect(200);
    expect(found.body.calculatedPrice).toEqual(body.calculatedPrice);
    const { body: items } = await shopper.get(`${cart}/items`).expect(200);
    expect(items).toEqual(body.items);
    const { body: item } = await shopper.get(`${cart}/items/1`).expect(200);
    expect(item).toEqual(body.items[1]);
  });

  it('is left out on request, and an invalid request is refused [W-45, W-52]', async () => {
    const cart = await cartWith('main', 'EUR', [line('umbrella', 1, 19.9, 'EUR')]);
    const { body } = await backend.get(`${cart}?expandCalculation=false`).expect(200);
    expect(body).toMatchObject({ totalUnitsCount: 1, items: [{ quantity: 1 }] });
    expect(body).not.toHaveProperty('calculatedPrice');
    expect(body).not.toHaveProperty('totalPrice');
    await backend.get(`${cart}?expandCalculation=perhaps`).expect(400);
  });

  it('has tax added if the prices of the site are net, with as many decimal places as the site wants', async () => {
    await backend.patch('/site/acme/sites/us', { includesTax: false, cartCalculationScale: 3 }).expect(200);
    const cart = await cartWith('us', 'USD', [line('umbrella', 3, 0.125, 'USD', 19)]);
    const { body } = await backend.get(cart).expect(200);
    expect(body.calculatedPrice.finalPrice).toMatchObject({
      netValue: 0.375,
      grossValue: 0.446,
      taxValue: 0.071,
    });
    expect(body.subTotalPrice.amount).toBe(0.38);
    expect(body.totalPrice.amount).toBe(0.45);
    expect(body.totalTax.amount).toBe(0.07);
  });

  it('has no cents if the currency has none [W-59]', async () => {
    const site = { availableCurrencies: ['EUR', 'USD', 'GBP', 'JPY'] };
    await backend.patch('/site/acme/sites/main', site).expect(200);
    const cart = await cartWith('main', 'JPY', [line('umbrella', 3, 33.4, 'JPY', 10)]);
    const { body } = await backend.get(cart).expect(200);
    expect(body.totalPrice).toEqual({ amount: 100, currency: 'JPY' });
    expect(body.calculatedPrice.finalPrice).toMatchObject({ netValue: 91, grossValue: 100, taxValue: 9 });
  });

  it('includes price, tax, fees and discounts from a backend', async () => {
    const cart = await cartWith('main', 'EUR', [
      {
        ...line('gift', 2, 10, 'EUR'),
        linePrice: { effectiveAmount: 15, originalAmount: 20, currency: 'EUR' },
        externalFees: [{ id: 'packing', feeType: 'ABSOLUTE', feeAbsolute: { amount: 1.5, currency: 'EUR' } }],
        externalDiscounts: [{ id: 'third', discountType: 'PERCENT', value: 20, sequence: 1 }],
      },
    ]);
    const { body } = await backend.get(cart).expect(200);
    expect(body.items[0].calculatedPrice).toMatchObject({
      price: { grossValue: 15, calculated: 'EXTERNAL' },
      discountedPrice: { grossValue: 12, appliedDiscounts: [{ id: 'third', value: 3, origin: 'EXTERNAL' }] },
      fees: [{ id: 'packing', type: 'ABSOLUTE', origin: 'EXTERNAL', price: { netValue: 1.5 } }],
      totalFee: { grossValue: 1.5 },
      finalPrice: { grossValue: 13.5 },
    });
    expect(body.totalPrice.amount).toBe(13.5);
    await backend.put(`${cart}/items/0?partial=true`, { quantity: 3 }).expect(204);
    const { body: more } = await backend.get(cart).expect(200);
    expect(more.items[0].calculatedPrice.price.grossValue).toBe(30);
  });

  it.each([
    ['externalDiscounts', [{ id: 'x', discountType: 'OTHER', value: 1 }]],
    ['externalDiscounts', [{ id: 'x', discountType: 'PERCENT', value: 101 }]],
    ['externalDiscounts', [{ discountType: 'PERCENT', value: 1 }]],
    ['externalFees', [{ feeType: 'OTHER' }]],
    ['externalFees', [{ feeType: 'PERCENT' }]],
    ['externalFees', [{ feeType: 'ABSOLUTE', feeAbsolute: { amount: 1 } }]],
  ])("can't include an invalid %s: %j [W-45]", async (field, value) => {
    const cart = await cartWith('main', 'EUR', []);
    const wrong = { ...line('gift', 1, 10, 'EUR'), [field]: value };
    const { body } = await backend.post(`${cart}/items`, wrong).expect(400);
    expect(body.message).toContain(field);
  });
});
