import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExpiredCartSweep } from '../../../src/cart/index.js';
import { StoreUnavailable } from '../../../src/shared/domain-error.js';
import { openStorage } from '../../support/store/drivers.js';
import type { CustomerUser, HttpUser, ServiceUser } from '../../support/people/http-user.js';
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
import { WatchedWrites } from '../../support/store/watched-writes.js';

const mine = '/session-context/acme/me/context';
const MODES = ['keep', 'merge', 'useExisting', 'useSession'] as const;

describe.each(MODES)('Between any two writes of a login, with %s', (mode) => {
  let shop: Shop;
  let writes: WatchedWrites;
  let staff: ServiceUser;
  let phone: CustomerUser;
  let moments: number;
  beforeAll(async () => {
    writes = new WatchedWrites(await openStorage());
    shop = await openShopWith(mode, { opened: writes.opened });
    staff = await shop.service();
    phone = await (await shop.visitor()).logIn(...BEN);
  });
  afterAll(() => shop.close());

  /** Checks that the cart that a context names can be read. */
  async function expectNamedCart(user: HttpUser, context: string): Promise<void> {
    const { body } = await user.get(context).expect(200);
    if (body.cartId !== undefined) await user.get(`${CARTS}/${body.cartId}`).expect(200);
  }

  /** Looks before every write of `act`, and once after the last one. */
  async function atEveryMoment(look: () => Promise<void>, act: () => Promise<unknown>): Promise<void> {
    moments = 0;
    const lookOnce = async (): Promise<void> => {
      writes.beforeEach = undefined;
      moments += 1;
      await look();
      writes.beforeEach = lookOnce;
    };
    writes.beforeEach = lookOnce;
    await act();
    await lookOnce();
    writes.beforeEach = undefined;
  }

  it('every context names an existing cart, and the customer has one on each device [C-08, W-55]', async () => {
    await phone.post(CARTS, ON_MAIN).expect(201);
    const { guest } = await guestWith(shop, [product('boots', 4)]);
    const look = async (): Promise<void> => {
      await expectNamedCart(staff, `/session-context/acme/context/${guest.sessionId}`);
      await expectNamedCart(phone, mine);
      await phone.get(`${CARTS}?siteCode=main`).expect(200);
    };
    await atEveryMoment(look, () => guest.logIn(...BEN));
    expect(moments).toBeGreaterThan(2);
  });

  it('the same holds while a guest’s cart is merged into the customer’s [C-08, W-53]', async () => {
    const target = (await phone.get(`${CARTS}?siteCode=main`).expect(200)).body.id;
    const { guest, cartId } = await guestWith(shop, [product('hat', 3)]);
    const look = async (): Promise<void> => {
      await expectNamedCart(phone, mine);
      await expectNamedCart(guest, mine);
      // This comes first, because reading either cart finishes the merge.
      const { body } = await phone.get(`${CARTS}/${target}`).expect(200);
      const left = await guest.get(`${CARTS}/${cartId}`);
      const both = [body.items, left.status === 200 ? left.body.items : []];
      expect(both.map((items) => linesOf(items)['hat'] ?? 0).toSorted()).toEqual([0, 3]);
    };
    await atEveryMoment(look, () => staff.post(`${CARTS}/${target}/merge`, { carts: [cartId] }).expect(200));
    expect(moments).toBeGreaterThan(2);
  });
});

describe.each(MODES)('A login that a crash cuts short after any of its writes, with %s', (mode) => {
  let shop: Shop;
  let writes: WatchedWrites;
  let staff: ServiceUser;
  beforeAll(async () => {
    writes = new WatchedWrites(await openStorage());
    shop = await openShopWith(mode, { opened: writes.opened });
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  /** @returns whether `act` finished before it had made this many writes */
  async function cutAfter(count: number, act: () => Promise<unknown>): Promise<boolean> {
    let left = count;
    let cut = false;
    writes.beforeEach = async () => {
      cut = left === 0;
      if (cut) throw new StoreUnavailable();
      left -= 1;
    };
    await act();
    writes.beforeEach = undefined;
    return !cut;
  }

  /** Returns the lines in open carts, as a search finds them. */
  async function found(q: string): Promise<Record<string, number>[]> {
    const { body } = await staff.post(`${CARTS}/search`, { q: `status:OPEN ${q}` }).expect(200);
    return body.map(({ items }: { items: [] }) => linesOf(items));
  }

  it('loses and doubles no line of the guest’s cart, neither then nor after it is resumed [E-25]', async () => {
    let whole = false;
    for (let count = 0; !whole; count += 1) {
      const [boots, type] = [`boots-${count}`, `type-${count}`];
      await olderCart(shop, [product(boots, 1), product('umbrella', 1)], { ...ON_MAIN, type });
      const { guest } = await guestWith(shop, [product(boots, 4)], { ...ON_MAIN, type });
      whole = await cutAfter(count, () => {
        const [email, password] = BEN;
        return guest.post('/customer/acme/login', { email, password });
      });
      const expectAll = async (): Promise<void> => {
        const quantities = (await found(`type:${type}`)).map((lines) => lines[boots]).toSorted();
        const allowed = {
          keep: [[1, 4]],
          merge: [[1, 4], [5]],
          useExisting: [[1, 4]],
          useSession: [[1, 4], [4]],
        };
        expect(allowed[mode]).toContainEqual(quantities);
      };
      await expectAll();
      shop.clock.advanceDays(2);
      staff = await shop.service();
      await shop.app.get(ExpiredCartSweep).sweep(shop.clock.now());
      if ((await shop.storage.sessions.find(guest, shop.clock.now()))?.customerId !== undefined)
        await expectAll();
      expect(count).toBeLessThan(50);
    }
  });
});
