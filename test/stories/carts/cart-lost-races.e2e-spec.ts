import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALWAYS, ANY } from '../../../src/price/price.types.js';
import { openStorage } from '../../support/store/drivers.js';
import type { Visitor } from '../../support/people/http-user.js';
import { CARTS, guestWith, product } from '../../support/data/login-carts.js';
import { openShop, type Shop } from '../../support/shop.js';
import { WatchedWrites } from '../../support/store/watched-writes.js';

const aPrice = (currency: string, priceValue: number) => ({
  tenant: 'acme',
  id: `races-boots-${currency}`,
  itemId: { itemType: 'PRODUCT', id: 'boots' } as const,
  currency,
  country: ANY,
  sites: ['main', 'us'],
  audience: [ANY],
  validFrom: ALWAYS.from,
  validTo: ALWAYS.to,
  tierValues: [{ priceValue }],
  mixins: {},
  mixinSchemas: {},
  createdAt: ALWAYS.from,
  modifiedAt: ALWAYS.from,
  version: 1,
});

const WRITES = [
  ['put', '', { zipCode: '10557' }],
  ['post', '/items', product('boots', 1)],
  ['put', '/items/0', { quantity: 2 }],
  ['delete', '/items/0', undefined],
  ['delete', '/items', undefined],
  ['post', '/itemsBatch', [product('boots', 1)]],
  ['put', '/itemsBatch', [{ id: '0', quantity: 2 }]],
  ['post', '/discounts', { code: 'ANY-TIME' }],
  ['delete', '/discounts/0', undefined],
  ['delete', '/discounts', undefined],
  ['post', '/changeCurrency', { currency: 'USD' }],
  ['post', '/changeSite', { siteCode: 'us' }],
  ['put', '/refresh', undefined],
] as const;

describe('A shopper writes to a cart', () => {
  let shop: Shop;
  let writes: WatchedWrites;
  let shopper: Visitor;
  let cartId: string;
  beforeAll(async () => {
    writes = new WatchedWrites(await openStorage());
    shop = await openShop({ opened: writes.opened, settings: { cartPrices: 'given' } });
    for (const price of [aPrice('EUR', 9), aPrice('USD', 11)]) await shop.storage.prices.create(price);
    const staff = await shop.service();
    await staff.put('/admin/acme/discounts/ANY-TIME', { percent: 5 }).expect(204);
  });
  beforeEach(async () => {
    const { guest, cartId: made } = await guestWith(shop, [product('boots', 4)]);
    [shopper, cartId] = [guest, made];
    await shopper.post(`${CARTS}/${cartId}/discounts`, { code: 'WELCOME10' }).expect(201);
  });
  afterAll(() => shop.close());

  /** Lets somebody else be faster each time this shopper's request has read the cart. */
  function fasterBy(times: number, change: { readonly status?: 'CLOSED' }): void {
    let left = times;
    const first = async (): Promise<void> => {
      writes.beforeEach = undefined;
      await shop.storage.carts.change('acme', cartId, (cart) => ({
        ...cart,
        ...change,
        version: cart.version + 1,
      }));
      left -= 1;
      if (left > 0) writes.beforeEach = first;
    };
    writes.beforeEach = first;
  }

  it.each(WRITES)(
    'that is closed between the read and the write of %s %s: she is told, and nothing is written [W-46, C-08]',
    async (method, path, sent) => {
      fasterBy(1, { status: 'CLOSED' });
      const { body } = await shopper[method](`${CARTS}/${cartId}${path}`, sent).expect(409);
      expect(body).toEqual({
        code: 409,
        status: 'Conflict',
        message: `The cart ${cartId} was closed meanwhile: find the open cart and retry`,
      });
      const stored = await shop.storage.carts.find('acme', cartId);
      expect(stored).toMatchObject({ status: 'CLOSED', version: 4, currency: 'EUR', siteCode: 'main' });
      expect(stored?.items).toMatchObject([{ quantity: 4, price: { effectiveAmount: 10 } }]);
    },
  );

  it.each(WRITES)(
    'that is changed in between: %s %s is applied to the new state [W-46]',
    async (method, path, sent) => {
      fasterBy(1, {});
      const { status } = await shopper[method](`${CARTS}/${cartId}${path}`, sent);
      expect(status).toBeLessThan(300);
      expect((await shop.storage.carts.find('acme', cartId))?.version).toBe(5);
    },
  );

  it.each([
    ['put', '/refresh', undefined],
    ['post', '/changeCurrency', { currency: 'USD' }],
    ['post', '/changeSite', { siteCode: 'us' }],
  ] as const)(
    'that is changed each time %s %s has looked up its prices: in the end she is told [W-46]',
    async (method, path, sent) => {
      fasterBy(100, {});
      const { body } = await shopper[method](`${CARTS}/${cartId}${path}`, sent).expect(409);
      writes.beforeEach = undefined;
      expect(body).toMatchObject({
        code: 409,
        status: 'Conflict',
        message: expect.stringContaining('retry'),
      });
      await shopper[method](`${CARTS}/${cartId}${path}`, sent).expect(method === 'put' ? 204 : 200);
    },
  );
});
