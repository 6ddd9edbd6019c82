import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { Cart, CartOwner, CartSlot } from './cart.types.js';

/** What is stored now. */
export interface TakenSlot {
  readonly cart: Cart;
  /** Still open, and readable by its id. Absent: the slot was free, or this cart's already. */
  readonly displacedId?: string;
}

/** Where carts are kept. An adapter must pass `test/contracts/cart.contract.ts`. */
export abstract class CartRepository {
  /** Open or closed. */
  abstract find(tenant: string, cartId: string): Promise<Cart | undefined>;

  /** The one open cart of a slot. */
  abstract findOpen(slot: CartSlot): Promise<Cart | undefined>;

  /** The open carts that hold a slot of this owner, of whatever site and type, in no particular order. */
  abstract listOpen(tenant: string, owner: CartOwner, limit: number): Promise<readonly Cart[]>;

  /** Open or closed, of any owner. */
  abstract search(tenant: string, listing: Listing): Promise<Listed<Cart>>;

  /** Of the open carts that hold a slot of this owner: however many carts the tenant has, only these are looked at. */
  abstract searchOpen(tenant: string, owner: CartOwner, listing: Listing): Promise<Listed<Cart>>;

  /**
   * Writes it, or nothing. Of N concurrent calls for one slot, one wins.
   * @param mostOpen open carts of one owner, however many calls come at once; absent: any number
   * @returns false when its slot has an open cart; 'too-many' when its owner has as many as it may have
   */
  abstract create(cart: Cart, mostOpen?: number): Promise<boolean | 'too-many'>;

  /**
   * One atomic read and write of one cart. `decide` may be called again when another writer was faster, so it
   * must be pure; what it throws is thrown here, and nothing is written. Returning the given cart means:
   * nothing to write. When the owner, or another part of the slot, changes, the cart takes its new slot; an open
   * cart that was there stays readable by its id. A cart that is closed leaves its slot.
   * @param known `asRead` is the cart as one of these methods returned it, which may save a read: what is written or
   *   refused is decided on what is stored all the same
   * @returns what is stored now; undefined when there is no such cart
   */
  abstract change(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
    known?: { readonly asRead: Cart },
  ): Promise<Cart | undefined>;

  /**
   * As `change`, for a cart that is to change its slot: it does so only if no other open cart is there. Of N
   * concurrent calls for one slot, one finds it free.
   * @returns 'slot-taken' when one is: nothing was written
   */
  abstract moveIfFree(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
  ): Promise<Cart | 'slot-taken' | undefined>;

  /**
   * As `change`, for a cart that is to take another slot, and tells from which open cart it took it. At every
   * moment until then that one is found there, and from then on this one. Of N concurrent calls for one slot each
   * takes it from another cart.
   */
  abstract takeSlot(
    tenant: string,
    cartId: string,
    decide: (current: Cart) => Cart,
  ): Promise<TakenSlot | undefined>;

  /** @returns false when there was none. */
  abstract remove(tenant: string, cartId: string): Promise<boolean>;

  /** Carts whose `reviewAt` is at `now` or before, earliest first. */
  abstract dueForReview(now: Date, limit: number): Promise<readonly Cart[]>;
}
