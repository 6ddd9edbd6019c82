import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { MovedCart, Part } from '../../src/moving/moved.types.js';
import { newId } from '../../src/shared/ids.js';
import type { Storage } from '../../src/storage/storage.js';
import { aCart, aCustomer, aSession, BUILT_AT } from '../support/data/builders.js';

const newTenant = (): string => `t${randomBytes(6).toString('hex')}`;

async function all<T>(part: (after?: string) => Promise<Part<T>>): Promise<T[]> {
  const rows: T[] = [];
  let after: string | undefined;
  do {
    const found = await part(after);
    rows.push(...found.rows);
    after = found.next;
  } while (after !== undefined);
  return rows;
}

/** What every adapter promises for moves. One `describe` per driver calls this; see contracts.spec.ts. */
export function movingContract(storage: () => Storage): void {
  const cartsOf = (tenant: string): Promise<MovedCart[]> =>
    all((after) => storage().moving.carts(tenant, 2, after));

  it('returns each record of a tenant once, in parts, and none of another tenant', async () => {
    const tenant = newTenant();
    const [sessions, customers, carts] = [aSession, aCustomer, aCart].map((build) =>
      Array.from({ length: 5 }, () => build({ tenant })),
    ) as [ReturnType<typeof aSession>[], ReturnType<typeof aCustomer>[], ReturnType<typeof aCart>[]];
    for (const other of [tenant, `${tenant}x`]) {
      for (const one of sessions) await storage().sessions.create({ ...one, tenant: other }, BUILT_AT);
      for (const one of customers) await storage().customers.create({ ...one, tenant: other });
      for (const one of carts) await storage().carts.create({ ...one, tenant: other });
    }
    const { moving } = storage();
    const byId = <T>(rows: readonly T[], idOf: (row: T) => string) =>
      rows.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    expect(await all((after) => moving.sessions(tenant, 2, after))).toEqual(
      byId(sessions, ({ sessionId }) => sessionId),
    );
    expect(await all((after) => moving.customers(tenant, 5, after))).toEqual(byId(customers, ({ id }) => id));
    expect(await cartsOf(tenant)).toEqual(
      byId(carts, ({ id }) => id).map((cart) => ({ cart, holdsSlot: true })),
    );
    expect(await all((after) => moving.sessions(newTenant(), 2, after))).toEqual([]);
  });

  it('adds carts as they were: closed ones, and several for one slot, of which one holds it', async () => {
    const [from, to] = [newTenant(), newTenant()];
    const slot = { tenant: from, owner: { kind: 'customer', customerId: newId() } } as const;
    const [holder, displaced] = [aCart(slot), aCart({ ...slot, owner: { kind: 'session', sessionId: 's' } })];
    const closed = aCart({ ...slot, status: 'CLOSED', siteCode: 'us', reviewAt: BUILT_AT });
    for (const cart of [displaced, closed]) await storage().carts.create(cart);
    await storage().carts.takeSlot(from, displaced.id, (cart) => ({ ...cart, owner: slot.owner }));
    await storage().moving.addCart({ cart: holder, holdsSlot: false });
    const moved = (await cartsOf(from)).map((one) => ({ ...one, cart: { ...one.cart, tenant: to } }));
    expect(moved.map(({ holdsSlot }) => holdsSlot).filter(Boolean)).toHaveLength(1);
    for (const one of moved.toReversed()) expect(await storage().moving.addCart(one)).toBe(true);
    expect(await cartsOf(to)).toEqual(moved);
    expect(await storage().carts.findOpen({ ...slot, siteCode: 'main', tenant: to })).toMatchObject({
      id: displaced.id,
    });
    const due = await storage().carts.dueForReview(BUILT_AT, 1000);
    expect(due.map(({ id, tenant }) => [tenant, id])).toContainEqual([to, closed.id]);
  });

  it('adds a cart only once, and takes no slot from another cart', async () => {
    const there = aCart({ tenant: newTenant() });
    await storage().carts.create(there);
    const other = aCart({ tenant: there.tenant, owner: there.owner });
    expect(await storage().moving.addCart({ cart: other, holdsSlot: true })).toBe(true);
    expect(await storage().moving.addCart({ cart: { ...other, version: 7 }, holdsSlot: true })).toBe(false);
    expect(await storage().carts.findOpen(there)).toEqual(there);
    expect(await storage().carts.find(there.tenant, other.id)).toEqual(other);
  });
}
