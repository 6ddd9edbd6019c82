import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CartItem } from '../../../src/cart/cart.types.js';
import { ExpiredCartSweep } from '../../../src/cart/index.js';
import type { CustomerUser } from '../../support/people/http-user.js';
import {
  BEN,
  CARTS,
  guestWith,
  linesOf,
  olderCart,
  ON_MAIN,
  openShopWith,
  product,
} from '../../support/data/login-carts.js';
import type { Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';

const cartInUse = async (customer: CustomerUser) =>
  (await customer.get(`${CARTS}?siteCode=main`).expect(200)).body;

const failures = async (shop: Shop): Promise<string | undefined> =>
  /^onesession_login_cart_failures_total (\d+)/m.exec(
    (await shop.http.get('/metrics').expect(200)).text,
  )?.[1];

describe('A tenant that merges carts at login', () => {
  let shop: Shop;
  let older: string;
  let guests: string;
  let customer: CustomerUser;
  beforeAll(async () => {
    shop = await openShopWith('merge');
    older = await olderCart(shop, [product('umbrella', 1), product('raincoat', 2)]);
    const { guest, cartId } = await guestWith(shop, [product('umbrella', 3), product('boots', 4)]);
    guests = cartId;
    customer = await guest.logIn(...BEN);
  });
  afterAll(() => shop.close());

  it('gives the customer one cart: equal lines are joined, and the others follow [W-53]', async () => {
    const cart = await cartInUse(customer);
    expect(cart.id).toBe(older);
    expect(linesOf(cart.items)).toEqual({ umbrella: 4, raincoat: 2, boots: 4 });
    expect(cart.items.map(({ id }: CartItem) => id)).toEqual(['0', '1', '2']);
  });

  it('closes the guest’s cart, and the context names the other one from the login on [C-08, W-55]', async () => {
    await customer.get(`${CARTS}/${guests}`).expect(404);
    const { body } = await customer.get(mine).expect(200);
    expect(body.cartId).toBe(older);
    expect(body.metadata.version).toBe(3);
  });

  it('keeps a cart of another type or site separate, as there is none to merge it with [W-50]', async () => {
    const { guest, cartId } = await guestWith(shop, [product('hat', 1)], { ...ON_MAIN, type: 'wishlist' });
    const next = await guest.logIn(...BEN);
    expect((await next.get(`${CARTS}?siteCode=main&type=wishlist`).expect(200)).body.id).toBe(cartId);
  });

  it('takes over those discount codes of the guest that count for the whole cart', async () => {
    const wish = { ...ON_MAIN, type: 'with codes' };
    const staff = await shop.service();
    const to = new Date(shop.clock.now().getTime() + 60_000).toISOString();
    await staff.put('/admin/acme/discounts/SOON-OVER', { percent: 5, to }).expect(204);
    const target = await olderCart(shop, [product('umbrella', 1)], wish);
    const { guest, cartId } = await guestWith(shop, [product('boots', 5)], wish);
    for (const code of ['FIVE', 'SOON-OVER', 'WELCOME10']) {
      await guest.post(`${CARTS}/${cartId}/discounts`, { code }).expect(201);
    }
    shop.clock.advanceSeconds(60);
    const next = await guest.logIn(...BEN);
    const { body } = await next.get(`${CARTS}/${target}`).expect(200);
    expect(body.discounts).toMatchObject([
      { id: '0', code: 'FIVE', valid: true },
      { id: '1', code: 'WELCOME10', valid: true },
    ]);
    expect(body.totalPrice.amount).toBe(49.5);
  });

  it('keeps both if they can’t be merged; the login succeeds, and the failure is counted', async () => {
    const slot = { siteCode: 'main', type: 'gifts' };
    const dollars = await olderCart(shop, [product('hat', 1, 'USD')], { ...slot, currency: 'USD' });
    const euros = { ...slot, currency: 'EUR' };
    const { guest, cartId } = await guestWith(shop, [product('hat', 2)], euros);
    const before = Number(await failures(shop));
    const next = await guest.logIn(...BEN);
    expect(Number(await failures(shop))).toBe(before + 1);
    expect((await next.get(`${CARTS}?siteCode=main&type=gifts`).expect(200)).body).toMatchObject({
      id: cartId,
      totalUnitsCount: 2,
    });
    expect((await next.get(`${CARTS}/${dollars}`).expect(200)).body.totalUnitsCount).toBe(1);
    expect((await next.get(mine).expect(200)).body.cartId).toBe(cartId);
  });

  it('deletes the closed carts later, without losing a line', async () => {
    const before = linesOf((await cartInUse(customer)).items);
    shop.clock.advanceDays(2);
    await shop.app.get(ExpiredCartSweep).sweep(shop.clock.now());
    expect(await shop.storage.carts.find('acme', guests)).toBeUndefined();
    expect(linesOf((await cartInUse(customer)).items)).toEqual(before);
  });
});

describe('A merge that a crash cut short', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShopWith('merge')));
  afterAll(() => shop.close());

  /** Leaves the carts as they are after the first or the second step. */
  async function cutShort(step: 'announced' | 'closed', type: string) {
    const older = await olderCart(shop, [product('umbrella', 1)], { ...ON_MAIN, type });
    const { cartId } = await guestWith(shop, [product('umbrella', 2), product('boots', 1)]);
    const source = await shop.storage.carts.find('acme', cartId);
    if (!source) throw new Error('no cart');
    const { version, items } = source;
    const incoming = [{ mergeId: step, cartId, version, items }];
    await shop.storage.carts.change('acme', older, (cart) => ({ ...cart, incoming }));
    if (step === 'closed') {
      await shop.storage.carts.change('acme', cartId, (cart) => ({
        ...cart,
        status: 'CLOSED',
        mergedInto: { cartId: older, mergeId: step },
        reviewAt: shop.clock.now(),
      }));
    }
    return { older, cartId };
  }

  it.each(['announced', 'closed'] as const)('when it was %s is finished by the next reader', async (step) => {
    const { older, cartId } = await cutShort(step, `read, ${step}`);
    const customer = await (await shop.visitor()).logIn(...BEN);
    const reads = await Promise.all(Array.from({ length: 5 }, () => customer.get(`${CARTS}/${older}`)));
    for (const { body } of reads) expect(linesOf(body.items)).toEqual({ umbrella: 3, boots: 1 });
    expect((await shop.storage.carts.find('acme', cartId))?.status).toBe('CLOSED');
    expect(await shop.storage.carts.find('acme', older)).not.toHaveProperty('incoming');
  });

  it('is finished before the closed cart is deleted', async () => {
    const { older, cartId } = await cutShort('closed', 'erased');
    expect(await shop.app.get(ExpiredCartSweep).sweep(shop.clock.now())).toBeGreaterThan(0);
    expect(await shop.storage.carts.find('acme', cartId)).toBeUndefined();
    const cart = await shop.storage.carts.find('acme', older);
    expect(linesOf(cart?.items ?? [])).toMatchObject({ boots: 1 });
  });

  it('takes nothing from a cart that was changed since: its lines stay there', async () => {
    const { older, cartId } = await cutShort('announced', 'changed');
    await shop.storage.carts.change('acme', cartId, (cart) => ({ ...cart, version: cart.version + 1 }));
    const before = linesOf((await shop.storage.carts.find('acme', older))?.items ?? []);
    const customer = await (await shop.visitor()).logIn(...BEN);
    const { body } = await customer.get(`${CARTS}/${older}`).expect(200);
    expect(linesOf(body.items)).toEqual(before);
    expect((await shop.storage.carts.find('acme', cartId))?.status).toBe('OPEN');
  });
});

describe('A tenant that keeps the existing cart at login', () => {
  let shop: Shop;
  let older: string;
  let guests: string;
  let customer: CustomerUser;
  beforeAll(async () => {
    shop = await openShopWith('useExisting');
    older = await olderCart(shop, [product('umbrella', 1)]);
    const { guest, cartId } = await guestWith(shop, [product('boots', 4)]);
    guests = cartId;
    customer = await guest.logIn(...BEN);
  });
  afterAll(() => shop.close());

  it('uses the older one, in the context too [W-54]', async () => {
    expect((await customer.get(mine).expect(200)).body.cartId).toBe(older);
    const cart = await cartInUse(customer);
    expect(cart.id).toBe(older);
    expect(linesOf(cart.items)).toEqual({ umbrella: 1 });
  });

  it('keeps the guest’s cart readable in this session, so that a storefront can offer to merge it [W-53]', async () => {
    expect(linesOf((await customer.get(`${CARTS}/${guests}`).expect(200)).body.items)).toEqual({ boots: 4 });
    await customer.post(`${CARTS}/${older}/merge`, { carts: [guests] }).expect(200);
    expect(linesOf((await cartInUse(customer)).items)).toEqual({ umbrella: 1, boots: 4 });
    await customer.get(`${CARTS}/${guests}`).expect(404);
  });

  it('deletes a guest’s cart that was kept once its session is over, and not before', async () => {
    const { guest, cartId } = await guestWith(shop, [product('boots', 1)]);
    const next = await guest.logIn(...BEN);
    const reaper = shop.app.get(ExpiredCartSweep);
    shop.clock.advanceDays(2);
    await reaper.sweep(shop.clock.now());
    expect(await shop.storage.carts.find('acme', cartId)).toBeDefined();
    await next.logOut().expect(204);
    shop.clock.advanceDays(2);
    await reaper.sweep(shop.clock.now());
    expect(await shop.storage.carts.find('acme', cartId)).toBeUndefined();
    expect(await shop.storage.carts.find('acme', older)).toBeDefined();
  });

  it('hands the guest’s cart to the customer if there is no older one [E-25]', async () => {
    const { guest, cartId } = await guestWith(shop, [product('hat', 1)], { ...ON_MAIN, type: 'wishlist' });
    const next = await guest.logIn(...BEN);
    expect((await next.get(`${CARTS}?siteCode=main&type=wishlist`).expect(200)).body.id).toBe(cartId);
  });
});

describe('A tenant that keeps the session’s cart at login', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShopWith('useSession')));
  afterAll(() => shop.close());

  it('uses the session’s cart and closes the older one, for every device [C-08, W-55]', async () => {
    const phone = await (await shop.visitor()).logIn(...BEN);
    const { cartId: older } = (await phone.post(CARTS, ON_MAIN).expect(201)).body;
    const { guest, cartId } = await guestWith(shop, [product('boots', 4)]);
    const customer = await guest.logIn(...BEN);
    expect((await cartInUse(customer)).id).toBe(cartId);
    expect((await customer.get(mine).expect(200)).body.cartId).toBe(cartId);
    await customer.get(`${CARTS}/${older}`).expect(404);
    expect((await phone.get(mine).expect(200)).body.cartId).toBe(cartId);
    expect((await cartInUse(phone)).id).toBe(cartId);
  });
});

describe.each(['keep', 'merge', 'useExisting', 'useSession'] as const)(
  'Fifty logins at once, with %s',
  (mode) => {
    const LOGINS = 50;
    let shop: Shop;
    beforeAll(async () => void (shop = await openShopWith(mode)));
    afterAll(() => shop.close());

    it(
      'of one customer with fifty guest carts all succeed, and no line is lost or doubled [E-25]',
      { timeout: 120_000 },
      async () => {
        const guests = await Promise.all(
          Array.from({ length: LOGINS }, (_, i) =>
            guestWith(shop, [product('umbrella', 1), product(`only-${i}`, i + 1)]),
          ),
        );
        const customers = await Promise.all(guests.map(({ guest }) => guest.logIn(...BEN)));
        // No cart is ever missing; if the store was too busy for one, its next use brings it.
        const first = await Promise.all(customers.map((customer) => customer.get(`${CARTS}?siteCode=main`)));
        expect(first.filter(({ status }) => status === 404)).toEqual([]);
        for (const customer of customers) await cartInUse(customer);
        const used = await Promise.all(customers.map(cartInUse));
        expect(new Set(used.map(({ id }) => id)).size).toBe(1);
        const after = await Promise.all(
          guests.map(({ cartId }, i) => customers[i]?.get(`${CARTS}/${cartId}`).then((answer) => answer)),
        );
        const open = after.filter((answer) => answer?.status === 200);
        const everything = Object.fromEntries(guests.map((_, i) => [`only-${i}`, i + 1]));
        const own = (i: number) => ({ umbrella: 1, [`only-${i}`]: i + 1 });
        if (mode === 'merge') {
          expect(open).toHaveLength(1);
          expect(linesOf(used[0].items)).toEqual({ umbrella: LOGINS, ...everything });
        } else if (mode === 'useSession') {
          expect(open).toHaveLength(1);
          expect(open[0]?.body.id).toBe(used[0].id);
          expect(linesOf(used[0].items)).toEqual(
            own(guests.findIndex(({ cartId }) => cartId === used[0].id)),
          );
        } else {
          expect(after.map((answer) => linesOf(answer?.body.items))).toEqual(guests.map((_, i) => own(i)));
        }
      },
    );
  },
);
