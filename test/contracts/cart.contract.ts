import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { CartRepository } from '../../src/cart/cart.repository.js';
import type { Cart, CartItem } from '../../src/cart/cart.types.js';
import type { Listing } from '../../src/shared/filter/filter.types.js';
import { newId } from '../../src/shared/ids.js';
import { aCart, BUILT_AT } from '../support/data/builders.js';

const minutes = (count: number): Date => new Date(BUILT_AT.getTime() + count * 60_000);

const newTenant = (): string => `t${randomBytes(6).toString('hex')}`;

const ofSession = (sessionId = newId()) => ({ kind: 'session', sessionId }) as const;
const ofCustomer = (customerId = newId()) => ({ kind: 'customer', customerId }) as const;

const anItem = (id: string): CartItem => ({
  id,
  itemType: 'INTERNAL',
  keepAsSeparateLineItem: false,
  quantity: 1,
  price: { priceId: 'p', originalAmount: 1, effectiveAmount: 1, currency: 'EUR' },
  extra: {},
});

/** Own keys of every kind that JSON can have. */
const ODD: Cart['mixins'] = JSON.parse(
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{}},"a.b":{"$set":{"x":1}},"$where":{},' +
    '"with space":{"":null,"é🎉":[1,-2.5,"",false,{"deep":[[]]}]},"1":{"0":"zero"}}',
);

/** What every adapter promises for carts. One `describe` per driver calls this; see contracts.spec.ts. */
export function cartContract(carts: () => CartRepository): void {
  describe('a cart that does not exist', () => {
    it("is not found by id or by slot, and can't be changed or removed", async () => {
      const cart = aCart({ tenant: newTenant() });
      expect(await carts().find(cart.tenant, cart.id)).toBeUndefined();
      expect(await carts().findOpen(cart)).toBeUndefined();
      expect(await carts().listOpen(cart.tenant, cart.owner, 10)).toEqual([]);
      expect(await carts().change(cart.tenant, cart.id, (c) => ({ ...c, version: 2 }))).toBeUndefined();
      expect(await carts().remove(cart.tenant, cart.id)).toBe(false);
      expect(await carts().find(cart.tenant, cart.id)).toBeUndefined();
    });

    it('is not found by an id that is longer than any real one', async () => {
      expect(await carts().find(newTenant(), 'x'.repeat(5000))).toBeUndefined();
    });
  });

  describe('creating', () => {
    it('returns a cart as it was written, with every field', async () => {
      const item: CartItem = {
        ...anItem('0'),
        itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella',
        quantity: 0.1,
        price: { ...anItem('0').price, yrn: 'urn:x', measurementUnit: { quantity: 1, unitCode: 'H87' } },
        extra: { product: { name: 'Umbrella' }, mixins: { a: [1, null] } },
      };
      const cart = aCart({
        tenant: newTenant(),
        type: 'shopping',
        legalEntityId: 'le',
        sessionId: 's',
        sessionValidated: true,
        channel: { name: 'storefront', source: 'https://shop.test/' },
        zipCode: '10557',
        countryCode: 'DE',
        items: [item],
        nextItemId: 1,
        addresses: [{ type: 'BILLING', fields: { city: 'Berlin' } }],
        mixinSchemas: { fees: 'https://schemas.test/fees' },
        wasGuests: true,
        incoming: [
          {
            mergeId: 'm',
            cartId: 'c',
            version: 3,
            items: [{ ...item, extra: { product: ODD } }],
            discounts: [{ id: '0', code: 'TENTH', stackable: true }],
          },
        ],
        mergedInto: { cartId: 'd', mergeId: 'n' },
        reviewAt: minutes(60),
      });
      expect(await carts().create(cart)).toBe(true);
      expect(await carts().find(cart.tenant, cart.id)).toEqual(cart);
      expect(await carts().findOpen(cart)).toEqual(cart);
    });

    it('keeps unusual keys as plain data [D-14]', async () => {
      const extra = { product: ODD };
      const cart = aCart({ tenant: newTenant(), mixins: ODD, items: [{ ...anItem('0'), extra }] });
      await carts().create(cart);
      const stored = await carts().find(cart.tenant, cart.id);
      expect(JSON.stringify(stored?.mixins)).toBe(JSON.stringify(ODD));
      expect(JSON.stringify(stored?.items[0]?.extra)).toBe(JSON.stringify(extra));
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    });

    it('lets one of fifty concurrent creates of a slot win, and tells the others [W-50]', async () => {
      const slot = { tenant: newTenant(), owner: ofSession() };
      const fifty = Array.from({ length: 50 }, () => aCart(slot));
      const won = await Promise.all(fifty.map((cart) => carts().create(cart)));
      expect(won.filter((created) => created)).toHaveLength(1);
      const winner = fifty[won.indexOf(true)];
      expect(await carts().findOpen(aCart(slot))).toEqual(winner);
      const found = await Promise.all(fifty.map(({ tenant, id }) => carts().find(tenant, id)));
      expect(found.filter((cart) => cart !== undefined)).toEqual([winner]);
    });

    it('makes no more open carts for one owner than are allowed, however many calls come at once [X-08]', async () => {
      const base = { tenant: newTenant(), owner: ofSession() };
      const thirty = Array.from({ length: 30 }, (_, i) => aCart({ ...base, type: `type ${i}` }));
      const made = await Promise.all(thirty.map((cart) => carts().create(cart, 7)));
      expect(made.filter((one) => one === true)).toHaveLength(7);
      expect(made.filter((one) => one === 'too-many')).toHaveLength(23);
      expect(await carts().listOpen(base.tenant, base.owner, 100)).toHaveLength(7);
      const refused = thirty[made.indexOf('too-many')];
      expect(await carts().find(base.tenant, refused?.id ?? '')).toBeUndefined();
      // A taken slot is reported as such, and another owner still has room.
      const taken = thirty[made.indexOf(true)];
      expect(await carts().create({ ...aCart(base), ...taken, id: newId() }, 7)).toBe(false);
      expect(await carts().create(aCart({ ...base, owner: ofCustomer() }), 7)).toBe(true);
      await carts().change(base.tenant, taken?.id ?? '', (cart) => ({ ...cart, status: 'CLOSED' }));
      expect(await carts().create(aCart({ ...base, type: 'one more' }), 7)).toBe(true);
      expect(await carts().create(aCart({ ...base, type: 'yet another' }), 7)).toBe('too-many');
    });

    it('has a slot of its own for each site, type, legal entity, owner and tenant [W-50]', async () => {
      const tenant = newTenant();
      const id = newId();
      const base = { tenant, owner: ofSession(id) };
      const slots = [
        aCart(base),
        aCart({ ...base, siteCode: 'us' }),
        aCart({ ...base, type: 'a' }),
        aCart({ ...base, type: '' }),
        aCart({ ...base, legalEntityId: 'a' }),
        aCart({ ...base, legalEntityId: '' }),
        aCart({ ...base, type: 'a', legalEntityId: 'a' }),
        aCart({ ...base, type: 'A' }),
        aCart({ ...base, owner: ofCustomer(id) }),
        aCart({ ...base, owner: ofSession(`${id}x`) }),
        aCart({ ...base, tenant: `${tenant}x` }),
      ];
      for (const cart of slots) expect(await carts().create(cart)).toBe(true);
      for (const cart of slots) expect((await carts().findOpen(cart))?.id).toBe(cart.id);
      for (const cart of slots) expect(await carts().create({ ...cart, id: newId() })).toBe(false);
    });
  });

  describe('changing', () => {
    it('writes what was decided, and returns it', async () => {
      const cart = aCart({ tenant: newTenant() });
      await carts().create(cart);
      const changed = await carts().change(cart.tenant, cart.id, (c) => ({ ...c, zipCode: '1', version: 2 }));
      expect(changed).toEqual({ ...cart, zipCode: '1', version: 2 });
      expect(await carts().find(cart.tenant, cart.id)).toEqual(changed);
      expect(await carts().findOpen(cart)).toEqual(changed);
    });

    it('writes nothing if the given cart is returned or the decision throws', async () => {
      const cart = aCart({ tenant: newTenant() });
      await carts().create(cart);
      expect(await carts().change(cart.tenant, cart.id, (current) => current)).toEqual(cart);
      const refuse = () => {
        throw new RangeError('refused');
      };
      await expect(carts().change(cart.tenant, cart.id, refuse)).rejects.toThrow('refused');
      expect(await carts().find(cart.tenant, cart.id)).toEqual(cart);
      expect(await carts().findOpen(cart)).toEqual(cart);
    });

    it('loses none of a hundred concurrent changes', async () => {
      const cart = aCart({ tenant: newTenant() });
      await carts().create(cart);
      const add = (c: Cart): Cart => ({
        ...c,
        items: [...c.items, anItem(String(c.nextItemId))],
        nextItemId: c.nextItemId + 1,
        version: c.version + 1,
      });
      await Promise.all(Array.from({ length: 100 }, () => carts().change(cart.tenant, cart.id, add)));
      const stored = await carts().find(cart.tenant, cart.id);
      expect(stored?.items.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, i) => String(i)));
      expect(stored?.version).toBe(101);
    });

    it('drops a field that the next cart does not have', async () => {
      const cart = aCart({ tenant: newTenant(), zipCode: '1', reviewAt: minutes(1) });
      await carts().create(cart);
      const { zipCode: _zip, reviewAt: _review, ...next } = cart;
      await carts().change(cart.tenant, cart.id, () => next);
      const stored = await carts().find(cart.tenant, cart.id);
      expect(Object.keys(stored ?? {})).not.toContain('zipCode');
      expect(await carts().dueForReview(minutes(2), 1000)).not.toContainEqual(
        expect.objectContaining({ id: cart.id }),
      );
    });
  });

  describe('a cart that changes its slot', () => {
    it('is found only in the new one, and frees the old one [E-25]', async () => {
      const cart = aCart({ tenant: newTenant() });
      await carts().create(cart);
      const moved = { ...cart, owner: ofCustomer() };
      await carts().change(cart.tenant, cart.id, () => moved);
      expect(await carts().findOpen(cart)).toBeUndefined();
      expect(await carts().findOpen(moved)).toEqual(moved);
      expect(await carts().create({ ...cart, id: newId() })).toBe(true);
      expect(await carts().findOpen(moved)).toEqual(moved);
    });

    it('takes over from an open cart in that slot, which stays readable by id', async () => {
      const tenant = newTenant();
      const [older, newer] = [aCart({ tenant, owner: ofCustomer() }), aCart({ tenant })];
      for (const cart of [older, newer]) await carts().create(cart);
      await carts().change(tenant, newer.id, (c) => ({ ...c, owner: older.owner }));
      expect((await carts().findOpen(older))?.id).toBe(newer.id);
      expect(await carts().find(tenant, older.id)).toEqual(older);
      await carts().change(tenant, older.id, (c) => ({ ...c, version: 2 }));
      expect((await carts().findOpen(older))?.id).toBe(newer.id);
      expect(await carts().remove(tenant, older.id)).toBe(true);
      expect((await carts().findOpen(older))?.id).toBe(newer.id);
    });

    it('is in one slot after concurrent moves of several carts into it', async () => {
      const tenant = newTenant();
      const owner = ofCustomer();
      const ten = Array.from({ length: 10 }, () => aCart({ tenant }));
      for (const cart of ten) await carts().create(cart);
      await Promise.all(ten.map(({ id }) => carts().change(tenant, id, (c) => ({ ...c, owner }))));
      const holder = await carts().findOpen(aCart({ tenant, owner }));
      expect(ten.map(({ id }) => id)).toContain(holder?.id);
      expect(await carts().listOpen(tenant, owner, 100)).toEqual([holder]);
      for (const { id } of ten) expect((await carts().find(tenant, id))?.owner).toEqual(owner);
    });
  });

  describe('a cart that may move only to a free slot', () => {
    it('moves to it and frees the old one', async () => {
      const cart = aCart({ tenant: newTenant() });
      await carts().create(cart);
      const moved = { ...cart, owner: ofCustomer(), version: 2 };
      expect(await carts().moveIfFree(cart.tenant, cart.id, () => moved)).toEqual(moved);
      expect(await carts().findOpen(moved)).toEqual(moved);
      expect(await carts().findOpen(cart)).toBeUndefined();
    });

    it('stays as it was if another cart is there, or if the given cart is returned', async () => {
      const tenant = newTenant();
      const [older, newer] = [aCart({ tenant, owner: ofCustomer() }), aCart({ tenant })];
      for (const cart of [older, newer]) await carts().create(cart);
      const move = (cart: Cart): Cart => ({ ...cart, owner: older.owner });
      expect(await carts().moveIfFree(tenant, newer.id, move)).toBe('slot-taken');
      expect(await carts().find(tenant, newer.id)).toEqual(newer);
      expect(await carts().findOpen(newer)).toEqual(newer);
      expect((await carts().findOpen(older))?.id).toBe(older.id);
      expect(await carts().moveIfFree(tenant, newer.id, (cart) => cart)).toEqual(newer);
      expect(await carts().moveIfFree(tenant, newId(), move)).toBeUndefined();
    });

    it('is the only one of twenty that moves to a slot at once', async () => {
      const tenant = newTenant();
      const owner = ofCustomer();
      const twenty = Array.from({ length: 20 }, () => aCart({ tenant }));
      for (const cart of twenty) await carts().create(cart);
      const tries = await Promise.all(
        twenty.map(({ id }) => carts().moveIfFree(tenant, id, (cart) => ({ ...cart, owner }))),
      );
      expect(tries.filter((result) => result === 'slot-taken')).toHaveLength(19);
      const winner = twenty[tries.findIndex((result) => result !== 'slot-taken')];
      expect((await carts().findOpen(aCart({ tenant, owner })))?.id).toBe(winner?.id);
      for (const cart of twenty.filter((one) => one !== winner)) {
        expect(await carts().find(tenant, cart.id)).toEqual(cart);
      }
    });
  });

  describe('a cart that takes a slot', () => {
    const takes = (tenant: string, id: string, owner: Cart['owner']) =>
      carts().takeSlot(tenant, id, (cart) => ({ ...cart, owner }));

    it('reports from which open cart it took it, if there was one', async () => {
      const tenant = newTenant();
      const owner = ofCustomer();
      const [first, second] = [aCart({ tenant }), aCart({ tenant })];
      for (const cart of [first, second]) await carts().create(cart);
      expect(await takes(tenant, first.id, owner)).toEqual({ cart: { ...first, owner } });
      const taken = { cart: { ...second, owner }, displacedId: first.id };
      expect(await takes(tenant, second.id, owner)).toEqual(taken);
      expect(await carts().findOpen({ ...second, owner })).toEqual(taken.cart);
      expect(await carts().find(tenant, first.id)).toEqual({ ...first, owner });
      expect(await carts().takeSlot(tenant, second.id, (cart) => cart)).toEqual({ cart: taken.cart });
      expect(await takes(tenant, newId(), owner)).toBeUndefined();
    });

    it('does not get it back by a later change, though it is free again', async () => {
      const tenant = newTenant();
      const owner = ofCustomer();
      const [older, newer] = [aCart({ tenant, owner }), aCart({ tenant })];
      for (const cart of [older, newer]) await carts().create(cart);
      await takes(tenant, newer.id, owner);
      await carts().change(tenant, newer.id, (cart) => ({ ...cart, status: 'CLOSED' }));
      await carts().change(tenant, older.id, (cart) => ({ ...cart, version: cart.version + 1 }));
      expect(await carts().findOpen(older)).toBeUndefined();
      await carts().change(tenant, newer.id, (cart) => ({ ...cart, status: 'OPEN' }));
      expect((await carts().findOpen(older))?.id).toBe(newer.id);
    });

    it('takes none if it is closed', async () => {
      const tenant = newTenant();
      const [older, newer] = [aCart({ tenant, owner: ofCustomer() }), aCart({ tenant })];
      for (const cart of [older, newer]) await carts().create(cart);
      const closed = { ...newer, owner: older.owner, status: 'CLOSED' } as const;
      expect(await carts().takeSlot(tenant, newer.id, () => closed)).toEqual({ cart: closed });
      expect(await carts().findOpen(older)).toEqual(older);
    });

    it('takes it from a different cart than each of twenty that take it at once', async () => {
      const tenant = newTenant();
      const owner = ofCustomer();
      const older = aCart({ tenant, owner });
      const twenty = Array.from({ length: 20 }, () => aCart({ tenant }));
      for (const cart of [older, ...twenty]) await carts().create(cart);
      const taken = await Promise.all(twenty.map(({ id }) => takes(tenant, id, owner)));
      const displaced = taken.map((one) => one?.displacedId).filter((id) => id !== undefined);
      const holder = await carts().findOpen(older);
      const all = [older, ...twenty].map(({ id }) => id);
      expect([...displaced, holder?.id].toSorted()).toEqual(all.toSorted());
    });

    it('is found there at every moment, or else the one before it, even if that is closed at the same time', async () => {
      const tenant = newTenant();
      const older = aCart({ tenant, owner: ofCustomer() });
      const next = Array.from({ length: 20 }, () => aCart({ tenant }));
      for (const cart of [older, ...next]) await carts().create(cart);
      const watch = { going: true };
      const look = async (): Promise<number> => {
        let misses = 0;
        while (watch.going) {
          misses += (await carts().findOpen(older)) ? 0 : 1;
          await setImmediate();
        }
        return misses;
      };
      const looking = [look(), look(), look()];
      for (const { id } of next) {
        const taken = await takes(tenant, id, older.owner);
        const displaced = taken?.displacedId ?? '';
        await carts().change(tenant, displaced, (cart) => ({ ...cart, status: 'CLOSED' }));
      }
      watch.going = false;
      expect(await Promise.all(looking)).toEqual([0, 0, 0]);
      expect((await carts().findOpen(older))?.id).toBe(next.at(-1)?.id);
    });
  });

  describe('a cart that is closed or removed', () => {
    it('frees its slot; a closed one is still found by id [C-08]', async () => {
      const cart = aCart({ tenant: newTenant() });
      await carts().create(cart);
      await carts().change(cart.tenant, cart.id, (c) => ({ ...c, status: 'CLOSED' }));
      expect(await carts().findOpen(cart)).toBeUndefined();
      expect((await carts().find(cart.tenant, cart.id))?.status).toBe('CLOSED');
      const next = { ...cart, id: newId() };
      expect(await carts().create(next)).toBe(true);
      await carts().change(cart.tenant, cart.id, (c) => ({ ...c, version: 3 }));
      expect((await carts().findOpen(cart))?.id).toBe(next.id);
      expect(await carts().remove(cart.tenant, cart.id)).toBe(true);
      expect((await carts().findOpen(cart))?.id).toBe(next.id);
    });

    it('is removed once, however many calls ask for it', async () => {
      const cart = aCart({ tenant: newTenant(), reviewAt: minutes(1) });
      await carts().create(cart);
      const removed = await Promise.all(
        Array.from({ length: 5 }, () => carts().remove(cart.tenant, cart.id)),
      );
      expect(removed.filter((gone) => gone)).toHaveLength(1);
      expect(await carts().find(cart.tenant, cart.id)).toBeUndefined();
      expect(await carts().findOpen(cart)).toBeUndefined();
      expect(await carts().create({ ...cart, id: newId() })).toBe(true);
    });
  });

  describe('the open carts of an owner', () => {
    it('are all carts that hold a slot, and nobody else’s', async () => {
      const tenant = newTenant();
      const owner = ofSession();
      const mine = [aCart({ tenant, owner }), aCart({ tenant, owner, type: 'wishlist', siteCode: 'us' })];
      const closed = aCart({ tenant, owner, type: 'old' });
      const others = [
        aCart({ tenant }),
        aCart({ tenant: `${tenant}x`, owner }),
        aCart({ tenant, owner: ofSession(`${owner.sessionId}x`) }),
        aCart({ tenant, owner: ofCustomer(owner.sessionId) }),
      ];
      for (const cart of [...mine, closed, ...others]) await carts().create(cart);
      await carts().change(tenant, closed.id, (c) => ({ ...c, status: 'CLOSED' }));
      const listed = await carts().listOpen(tenant, owner, 10);
      expect(listed.map(({ id }) => id).toSorted()).toEqual(mine.map(({ id }) => id).toSorted());
      expect(await carts().listOpen(tenant, owner, 1)).toHaveLength(1);
    });
  });

  describe('carts that are due for review', () => {
    const dueOf = async (tenant: string, now: Date): Promise<string[]> =>
      (await carts().dueForReview(now, 1000)).filter((cart) => cart.tenant === tenant).map(({ id }) => id);

    it('are returned from their date on, earliest first, open or closed', async () => {
      const tenant = newTenant();
      const [later, sooner] = [
        aCart({ tenant, reviewAt: minutes(20) }),
        aCart({ tenant, reviewAt: minutes(10) }),
      ];
      const never = aCart({ tenant, owner: ofCustomer() });
      for (const cart of [later, sooner, never]) await carts().create(cart);
      await carts().change(tenant, later.id, (c) => ({ ...c, status: 'CLOSED' }));
      expect(await dueOf(tenant, new Date(minutes(10).getTime() - 1))).toEqual([]);
      expect(await dueOf(tenant, minutes(10))).toEqual([sooner.id]);
      expect(await dueOf(tenant, minutes(30))).toEqual([sooner.id, later.id]);
    });

    it('are limited to the number asked for', async () => {
      const tenant = newTenant();
      for (const at of [1, 2, 3]) await carts().create(aCart({ tenant, reviewAt: minutes(-at) }));
      expect(await carts().dueForReview(BUILT_AT, 2)).toHaveLength(2);
    });

    it('follow their date if it is postponed, and disappear when they are removed', async () => {
      const tenant = newTenant();
      const [moved, removed] = [
        aCart({ tenant, reviewAt: minutes(1) }),
        aCart({ tenant, reviewAt: minutes(1) }),
      ];
      for (const cart of [moved, removed]) await carts().create(cart);
      await carts().change(tenant, moved.id, (c) => ({ ...c, reviewAt: minutes(5) }));
      await carts().remove(tenant, removed.id);
      expect(await dueOf(tenant, minutes(4))).toEqual([]);
      expect(await dueOf(tenant, minutes(5))).toEqual([moved.id]);
    });
  });

  describe('a search', () => {
    const byChange = (over: Partial<Listing> = {}): Listing => ({
      filter: [],
      order: { path: 'modifiedAt', descending: true },
      skip: 0,
      limit: 10,
      counted: true,
      ...over,
    });

    it('finds carts of one tenant, open or closed, as they were written', async () => {
      const tenant = newTenant();
      const whole = aCart({
        tenant,
        items: [anItem('0')],
        discounts: [{ id: '0', code: 'TENTH', stackable: true }],
        mixins: ODD,
      });
      await carts().create(whole);
      await carts().change(tenant, whole.id, (cart) => ({ ...cart, status: 'CLOSED' }));
      await carts().create(aCart({ tenant: `${tenant}x` }));
      const { rows, total } = await carts().search(tenant, byChange());
      expect(rows).toEqual([{ ...whole, status: 'CLOSED' }]);
      expect(total).toBe(1);
    });

    it('sorts by id, creation and change, in pages', async () => {
      const tenant = newTenant();
      const made = [3, 1, 2].map((at) =>
        aCart({ tenant, id: `c${at}`, createdAt: minutes(at), modifiedAt: minutes(-at) }),
      );
      for (const cart of made) await carts().create(cart);
      const idsOf = async (path: string, descending: boolean, over: Partial<Listing> = {}) => {
        const { rows } = await carts().search(tenant, byChange({ order: { path, descending }, ...over }));
        return rows.map(({ id }) => id).join(' ');
      };
      expect(await idsOf('id', false)).toBe('c1 c2 c3');
      expect(await idsOf('createdAt', true)).toBe('c3 c2 c1');
      expect(await idsOf('modifiedAt', true)).toBe('c1 c2 c3');
      expect(await idsOf('modifiedAt', true, { skip: 1, limit: 1 })).toBe('c2');
    });

    it('filters by owner, lines and discounts too', async () => {
      const tenant = newTenant();
      const owner = ofCustomer();
      const wanted = aCart({
        tenant,
        owner,
        items: [anItem('0'), { ...anItem('1'), itemYrn: 'urn:umbrella' }],
        discounts: [{ id: '0', code: 'TENTH', stackable: true }],
      });
      for (const cart of [wanted, aCart({ tenant }), aCart({ tenant })]) await carts().create(cart);
      const conditions: Listing['filter'] = [
        { op: 'eq', path: 'owner.customerId', value: owner.customerId },
        { op: 'eq', path: 'items.itemYrn', value: 'urn:umbrella' },
        { op: 'in', path: 'discounts.code', values: ['FIVE', 'TENTH'] },
      ];
      for (const condition of conditions) {
        const { rows, total } = await carts().search(tenant, byChange({ filter: [condition] }));
        expect([rows.map(({ id }) => id), total]).toEqual([[wanted.id], 1]);
      }
    });

    it("for one owner looks only at open carts that hold one of the owner's slots [X-08]", async () => {
      const base = { tenant: newTenant(), owner: ofCustomer() };
      const [late, soon, closed] = [2, 1, 3].map((at) =>
        aCart({ ...base, type: `type ${at}`, modifiedAt: minutes(at) }),
      ) as [Cart, Cart, Cart];
      const others = [aCart({ tenant: base.tenant }), aCart({ ...base, tenant: `${base.tenant}x` })];
      for (const cart of [late, soon, closed, ...others]) await carts().create(cart);
      await carts().change(base.tenant, closed.id, (cart) => ({ ...cart, status: 'CLOSED' }));
      const find = async (over: Partial<Listing> = {}) => {
        const { rows, ...rest } = await carts().searchOpen(base.tenant, base.owner, byChange(over));
        return { ids: rows.map(({ id }) => id), ...rest };
      };
      const order = { path: 'modifiedAt', descending: true };
      expect(await find({ order })).toEqual({ ids: [late.id, soon.id], total: 2 });
      expect(await find({ order, skip: 1 })).toEqual({ ids: [soon.id], total: 2 });
      expect(await find({ order, maxBytes: 1 })).toEqual({ ids: [late.id], total: 2, cut: true });
      const filter: Listing['filter'] = [{ op: 'eq', path: 'type', value: 'type 1' }];
      expect(await find({ filter, counted: false })).toEqual({ ids: [soon.id] });
      expect(await carts().searchOpen(base.tenant, ofSession(), byChange())).toEqual({ rows: [], total: 0 });
    });

    it('finds no cart that was removed', async () => {
      const cart = aCart({ tenant: newTenant() });
      await carts().create(cart);
      await carts().remove(cart.tenant, cart.id);
      expect(await carts().search(cart.tenant, byChange({ counted: false }))).toEqual({ rows: [] });
    });
  });

  describe('of two tenants', () => {
    it('keeps carts with the same id apart', async () => {
      const one = aCart({ tenant: newTenant(), zipCode: 'one' });
      const other = { ...one, tenant: `${one.tenant}x`, zipCode: 'other' };
      for (const cart of [one, other]) expect(await carts().create(cart)).toBe(true);
      expect(await carts().remove(one.tenant, one.id)).toBe(true);
      expect(await carts().find(other.tenant, other.id)).toEqual(other);
      expect(await carts().findOpen(other)).toEqual(other);
    });
  });
}
