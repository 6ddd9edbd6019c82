import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Cart } from '../../src/cart/cart.types.js';
import type { Customer } from '../../src/customer/customer.types.js';
import { eventsOf } from '../../src/events/event.rules.js';
import type { Tell } from '../../src/events/event.types.js';
import type { Storage } from '../../src/storage/storage.js';
import { aCart, aCustomer, BUILT_AT } from '../support/data/builders.js';

const newTenant = (): string => `t${randomBytes(6).toString('hex')}`;
const PATIENCE_MS = 10_000;

interface Told {
  readonly tenant: string;
  readonly id: string;
  readonly version: number;
}

/** Tells by the sequence what was written: `before*100 + after`. */
const tell: Tell<Told> = (before, after) => {
  const { tenant = '', id = '' } = after ?? before ?? {};
  const revision = (before?.version ?? 0) * 100 + (after?.version ?? 0);
  const write = { tenant, subject: id, createdAt: BUILT_AT, revision, time: BUILT_AT };
  return eventsOf(write, [{ type: 'onesession.cart.changed', data: {} }]);
};

/** Events that are written with carts and customers. */
export function toldRecordsContract(storage: () => Storage): void {
  let tenant: string;
  beforeEach(() => void (tenant = newTenant()));

  const revisions = async (count: number): Promise<readonly number[]> => {
    const since = performance.now();
    for (;;) {
      const found = await storage().events.after(tenant, undefined, 1_000);
      if (found.length >= count || performance.now() - since > PATIENCE_MS)
        return found.map(({ event }) => event.sequence / 10);
      await sleep(10);
    }
  };
  const raised = <T extends Told>(current: T): T => ({ ...current, version: current.version + 1 });

  describe('Events of a cart', () => {
    let cart: Cart;
    beforeEach(() => void (cart = aCart({ tenant })));

    const { create, change, move, take, remove } = {
      create: () => storage().carts.create(cart, undefined, tell),
      change: (decide = raised<Cart>) => storage().carts.change(tenant, cart.id, decide, undefined, tell),
      move: () =>
        storage().carts.moveIfFree(tenant, cart.id, (one) => raised({ ...one, siteCode: 'other' }), tell),
      take: () =>
        storage().carts.takeSlot(tenant, cart.id, (one) => raised({ ...one, siteCode: 'third' }), tell),
      remove: () => storage().carts.remove(tenant, cart.id, tell),
    };

    it('are written with each of its writes, and outlive it [D-40]', async () => {
      await create();
      await change();
      await move();
      await take();
      expect(await remove()).toBe(true);
      expect(await remove()).toBe(false);
      expect(await revisions(5)).toEqual([1, 102, 203, 304, 400]);
      expect(await storage().carts.find(tenant, cart.id)).toBeUndefined();
    });

    it('are not written if the cart is not [D-40]', async () => {
      await create();
      expect(await create()).toBe(false);
      await change((current) => current);
      await change();
      expect(await revisions(2)).toEqual([1, 102]);
      expect(await storage().carts.find(tenant, cart.id)).toEqual(raised(cart));
    });

    it('of many changes at once are all there, in order [D-40]', async () => {
      await create();
      await Promise.all(Array.from({ length: 30 }, () => change()));
      expect(await revisions(31)).toEqual([
        1,
        ...Array.from({ length: 30 }, (_, i) => (i + 1) * 100 + i + 2),
      ]);
    });
  });

  describe('Events of a customer', () => {
    let customer: Customer;
    beforeEach(() => void (customer = aCustomer({ tenant })));

    const create = () => storage().customers.create(customer, tell);
    const change = (decide = raised<Customer>) =>
      storage().customers.change(tenant, customer.id, decide, tell);

    it('are written with each of its writes, and outlive it [D-40]', async () => {
      const { customers } = storage();
      await create();
      await change();
      const email = `new-${customer.email}`;
      await change((current) => raised({ ...current, emailChange: changeTo(email) }));
      await customers.changeEmail(
        tenant,
        customer.id,
        email,
        BUILT_AT,
        ({ emailChange: _done, ...current }) => raised({ ...current, email }),
        tell,
      );
      await customers.remove(tenant, customer.id, [], tell);
      await customers.remove(tenant, customer.id, [], tell);
      expect(await revisions(5)).toEqual([1, 102, 203, 304, 400]);
      expect(await customers.find(tenant, customer.id)).toBeUndefined();
      expect(await customers.findByEmail(tenant, email)).toBeUndefined();
    });

    it('are not written if the customer is not [D-40]', async () => {
      await create();
      expect(await create()).toBe(false);
      await change((current) => current);
      await change();
      expect(await revisions(2)).toEqual([1, 102]);
      expect(await storage().customers.find(tenant, customer.id)).toEqual(raised(customer));
    });

    const changeTo = (newEmail: string) => ({
      newEmail,
      hash: 'hash',
      expiresAt: new Date(BUILT_AT.getTime() + 60_000),
      syncContactEmail: false,
    });
  });
}
