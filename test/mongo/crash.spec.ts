import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cart } from '../../src/cart/cart.types.js';
import type { Customer } from '../../src/customer/customer.types.js';
import { newId } from '../../src/shared/ids.js';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { aCart, aCustomer } from '../support/data/builders.js';
import { dropMongo, newMongoUri } from '../support/store/drivers.js';

const TENANT = 'acme';

/** What an instance leaves that is killed between two writes, made by taking one of them back. */
describe('After an instance was killed', () => {
  const uri = newMongoUri();
  let storage: MongoStorage;

  beforeAll(async () => {
    storage = MongoStorage.open(uri);
    await storage.prepare();
  });

  afterAll(() => dropMongo(uri, storage));

  const collection = (name: string) => storage.connection.collection<{ _id: string }>(name);
  const idOf = ({ id }: { id: string }) => `${TENANT}/${id}`;
  const ownerIdOf = ({ owner }: Cart) =>
    `${TENANT}/${owner.kind}/${owner.kind === 'session' ? owner.sessionId : owner.customerId}`;

  /** Its place is claimed, and the cart was not written. */
  const withoutCart = async (cart: Cart): Promise<Cart> => {
    await storage.carts.create(cart);
    await collection('carts').deleteOne({ _id: idOf(cart) });
    return cart;
  };

  describe('that was signing a customer up', () => {
    const withoutCustomer = async (): Promise<Customer> => {
      const lost = aCustomer();
      await storage.customers.create(lost);
      await collection('customers').deleteOne({ _id: idOf(lost) });
      return lost;
    };

    it('has the e-mail address found with nobody, and free for the next', async () => {
      const { email } = await withoutCustomer();
      expect(await storage.customers.findByEmail(TENANT, email)).toBeUndefined();
      const next = aCustomer({ email });
      expect(await storage.customers.create(next)).toBe(true);
      expect(await storage.customers.findByEmail(TENANT, email)).toEqual(next);
    });

    it('gives the address to one of ten', async () => {
      const { email } = await withoutCustomer();
      const ten = Array.from({ length: 10 }, () => aCustomer({ email }));
      const created = await Promise.all(ten.map((one) => storage.customers.create(one)));
      expect(created.filter(Boolean)).toHaveLength(1);
      const winner = ten[created.indexOf(true)];
      expect(await storage.customers.findByEmail(TENANT, email)).toEqual(winner);
    });

    it('refuses it when it was not killed but slept, and finds its customer nowhere', async () => {
      const slow = await withoutCustomer();
      await storage.customers.create(aCustomer({ email: slow.email }));
      const { customers } = storage.customers as unknown as {
        customers: { insert(one: Customer): Promise<boolean> };
      };
      expect(await customers.insert(slow)).toBe(false);
      expect(await storage.customers.find(TENANT, slow.id)).toBeUndefined();
      expect(await storage.customers.change(TENANT, slow.id, () => slow)).toBeUndefined();
      expect(await storage.customers.create(slow)).toBe(false);
    });

    it('lets the same sign-up be repeated', async () => {
      const lost = await withoutCustomer();
      expect(await storage.customers.create(lost)).toBe(true);
    });
  });

  describe('that was making a cart', () => {
    it('has no cart found in its place, and one of ten made there', async () => {
      const lost = await withoutCart(aCart());
      expect(await storage.carts.findOpen(lost)).toBeUndefined();
      expect(await storage.carts.listOpen(TENANT, lost.owner, 10)).toEqual([]);
      const ten = Array.from({ length: 10 }, () => aCart({ owner: lost.owner }));
      const created = await Promise.all(ten.map((one) => storage.carts.create(one)));
      expect(created.filter(Boolean)).toHaveLength(1);
      expect(await storage.carts.findOpen(lost)).toEqual(ten[created.indexOf(true)]);
      expect(await storage.carts.create(lost)).toBe(false);
    });
  });

  describe('that was moving a cart to its customer', () => {
    const owner = { kind: 'customer', customerId: newId() } as const;

    it('has it where it was, before the cart was written; and the new place can be had', async () => {
      const cart = aCart();
      await storage.carts.create(cart);
      const place = await withoutCart(aCart({ owner }));
      await collection('cart_owners').updateOne(
        { _id: ownerIdOf(place) },
        { $set: { 'slots.0.cartId': cart.id } },
      );
      expect(await storage.carts.findOpen(cart)).toEqual(cart);
      expect(await storage.carts.findOpen(place)).toBeUndefined();
      const moved = await storage.carts.change(TENANT, cart.id, (current) => ({ ...current, owner }));
      expect(await storage.carts.findOpen(place)).toEqual(moved);
      expect(await storage.carts.remove(TENANT, cart.id)).toBe(true);
    });

    it('has it where it is, after the cart was written; and the old place can be had', async () => {
      const cart = aCart();
      await storage.carts.create(cart);
      const claims = await collection('cart_owners').findOne({ _id: ownerIdOf(cart) });
      const moved = await storage.carts.change(TENANT, cart.id, (current) => ({ ...current, owner }));
      await collection('cart_owners').insertOne(claims as { _id: string });
      expect(await storage.carts.findOpen(cart)).toBeUndefined();
      expect(await storage.carts.listOpen(TENANT, cart.owner, 10)).toEqual([]);
      const next = aCart({ owner: cart.owner });
      expect(await storage.carts.create(next)).toBe(true);
      expect(await storage.carts.findOpen(cart)).toEqual(next);
      expect(await storage.carts.findOpen(aCart({ owner }))).toEqual(moved);
    });
  });

  describe('that was closing or removing a cart', () => {
    it.each(['closed', 'removed'])('has its place free for the next: it was %s', async (how) => {
      const cart = aCart();
      await storage.carts.create(cart);
      const claims = await collection('cart_owners').findOne({ _id: ownerIdOf(cart) });
      if (how === 'removed') await storage.carts.remove(TENANT, cart.id);
      else await storage.carts.change(TENANT, cart.id, (current) => ({ ...current, status: 'CLOSED' }));
      expect(await collection('cart_owners').findOne({ _id: ownerIdOf(cart) })).toBeNull();
      await collection('cart_owners').insertOne(claims as { _id: string });
      expect(await storage.carts.findOpen(cart)).toBeUndefined();
      expect(await storage.carts.create(aCart({ owner: cart.owner }))).toBe(true);
    });
  });
});
