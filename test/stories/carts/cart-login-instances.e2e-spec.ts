import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser } from '../../support/people/http-user.js';
import { BEN, CARTS, guestWith, linesOf, openShopWith, product } from '../../support/data/login-carts.js';
import type { Shop } from '../../support/shop.js';

const LOGINS = 50;

/** On MongoDB, the two instances share nothing but the database. */
describe('Fifty logins of one customer at once, on two instances, with merge', () => {
  let first: Shop;
  let second: Shop;
  beforeAll(async () => {
    first = await openShopWith('merge');
    second = await first.secondInstance();
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });

  it(
    'result in one cart with the lines of fifty guests: none is lost or doubled [E-25, W-53]',
    { timeout: 240_000 },
    async () => {
      const names = Array.from({ length: LOGINS }, (_, i) => `only-${i}`);
      const guests = await Promise.all(
        names.map((name, i) =>
          guestWith(i % 2 ? first : second, [product('umbrella', 1), product(name, i + 1)]),
        ),
      );
      const customers = await Promise.all(guests.map(({ guest }) => guest.logIn(...BEN)));
      const inUse = (user: CustomerUser) => user.get(`${CARTS}?siteCode=main`);
      // No cart is ever missing; if the store was too busy for one, its next use brings it.
      const answers = await Promise.all(customers.map(inUse));
      expect(answers.filter(({ status }) => status === 404)).toEqual([]);
      const ids: string[] = [];
      for (const customer of customers) ids.push((await inUse(customer).expect(200)).body.id);
      const [id] = ids;
      expect(new Set(ids)).toEqual(new Set([id]));
      const everything = Object.fromEntries(names.map((name, i) => [name, i + 1]));
      for (const shop of [first, second]) {
        const { body } = await (await shop.service()).get(`${CARTS}/${id}`).expect(200);
        expect(linesOf(body.items)).toEqual({ umbrella: LOGINS, ...everything });
      }
      for (const [i, { cartId }] of guests.entries()) {
        await customers[i]?.get(`${CARTS}/${cartId}`).expect(cartId === id ? 200 : 404);
      }
    },
  );
});
