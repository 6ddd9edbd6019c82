import type { Tell } from '../events/event.types.js';
import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { Cart, CartOwner, CartSlot } from './cart.types.js';

/** The outcome of taking over a slot. */
export interface TakenSlot {
  readonly cart: Cart;
  /**
   * Id of the cart that held the slot before; that cart is still open and readable by its id. Absent when there was
   * none.
   */
  readonly displacedId?: string;
}

/** Stores carts. An adapter must pass `test/contracts/cart.contract.ts`. */
export abstract class CartRepository {
  /** Finds a cart by its id, open or closed. */
  abstract find(tenant: string, cartId: string): Promise<Cart | undefined>;

  /** Finds the open cart of a slot. */
  abstract findOpen(slot: CartSlot): Promise<Cart | undefined>;

  /** Lists the open carts that hold a slot of this owner, for all sites and types, in no particular order. */
  abstract listOpen(tenant: string, owner: CartOwner, limit: number): Promise<readonly Cart[]>;

  /** Searches all carts of the tenant, open and closed. */
  abstract search(tenant: string, listing: Listing): Promise<Listed<Cart>>;

  /** Searches the open carts that hold a slot of this owner. Its cost does not grow with the carts of the tenant. */
  abstract searchOpen(tenant: string, owner: CartOwner, listing: Listing): Promise<Listed<Cart>>;

  /**
   * Stores a new cart, or nothing. Of N concurrent calls for one slot, one wins.
   * @param mostOpen the most open carts that the owner may have, even when calls are concurrent; absent: no limit
   * @returns false when the slot already has an open cart; 'too-many' when the owner has reached `mostOpen`
   */
  abstract create(cart: Cart, mostOpen?: number): Promise<boolean | 'too-many'>;

  /**
   * Reads and writes one cart atomically. `decide` must be pure, because it runs again when another writer was faster.
   * If it throws, nothing is written and the error is passed on. If it returns the cart it was given, nothing is
   * written. A cart whose owner, site or other part of the slot changes moves to its new slot; an open cart that held
   * that slot stays readable by its id. A cart that is closed leaves its slot.
   * @param known `asRead` is the cart as one of these methods returned it. It may save a read, but the decision is
   *   always made on what is stored
   * @returns what is stored now; undefined when there is no such cart
   */
  abstract change(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
    known?: { readonly asRead: Cart },
  ): Promise<Cart | undefined>;

  /**
   * Works as `change` does, for a change that moves the cart to another slot, and only if no other open cart holds
   * that slot. Of N concurrent calls for one slot, one finds it free.
   * @returns 'slot-taken' when another open cart holds the slot; nothing was written
   */
  abstract moveIfFree(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
  ): Promise<Cart | 'slot-taken' | undefined>;

  /**
   * Works as `change` does, for a change that moves the cart to another slot, and reports which open cart held that
   * slot before. The slot is never empty in between: readers find either the old cart or the new one. Of N concurrent
   * calls for one slot, each displaces a different cart.
   */
  abstract takeSlot(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
  ): Promise<TakenSlot | undefined>;

  /** @returns false when there was no such cart */
  abstract remove(tenant: string, cartId: string): Promise<boolean>;

  /** Lists carts whose `reviewAt` is at or before `now`, earliest first. */
  abstract dueForReview(now: Date, limit: number): Promise<readonly Cart[]>;
}

/**
 * The same port as a store offers it, with room for events. Only `events/` uses it; everything else injects
 * `CartRepository`, so that no change can bypass them. Events are written together with the cart. `tell` is absent if
 * nobody wants any. An adapter must also pass `test/contracts/told-records.contract.ts`.
 */
export abstract class StoredCarts extends CartRepository {
  abstract override create(cart: Cart, mostOpen?: number, tell?: Tell<Cart>): Promise<boolean | 'too-many'>;

  abstract override change(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
    known?: { readonly asRead: Cart },
    tell?: Tell<Cart>,
  ): Promise<Cart | undefined>;

  abstract override moveIfFree(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
    tell?: Tell<Cart>,
  ): Promise<Cart | 'slot-taken' | undefined>;

  abstract override takeSlot(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
    tell?: Tell<Cart>,
  ): Promise<TakenSlot | undefined>;

  abstract override remove(tenant: string, cartId: string, tell?: Tell<Cart>): Promise<boolean>;
}
