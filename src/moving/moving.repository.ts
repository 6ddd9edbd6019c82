import type { Customer } from '../customer/customer.types.js';
import type { Session } from '../session/session.types.js';
import type { MovedCart, Part } from './moved.types.js';

/**
 * Reads all records of a tenant, and adds carts as they were elsewhere. Customers and sessions are added by the ports of
 * their features. An adapter must pass `test/contracts/moving.contract.ts`.
 */
export abstract class MovingRecords {
  /**
   * Each of these returns every record that stays exactly once over all parts, whatever is written meanwhile. A part may
   * be shorter than `limit`.
   * @param after `next` of the part before
   */
  abstract customers(tenant: string, limit: number, after?: string): Promise<Part<Customer>>;
  abstract carts(tenant: string, limit: number, after?: string): Promise<Part<MovedCart>>;
  /** Sessions that are gone may be among them. */
  abstract sessions(tenant: string, limit: number, after?: string): Promise<Part<Session>>;

  /**
   * Adds a cart as it was: open or closed, and even if another cart has its slot. It takes the slot only if it held it
   * before, and nobody has it now. No event tells of it.
   * @returns false if there is a cart of this id; nothing was written
   */
  abstract addCart(moved: MovedCart): Promise<boolean>;
}
