import type { Cart } from '../cart/cart.types.js';

/** A cart, and whether readers find it by its slot. Of several open carts for one slot, one holds it. */
export interface MovedCart {
  readonly cart: Cart;
  readonly holdsSlot: boolean;
}

/** Some records in the order of their ids. */
export interface Part<T> {
  readonly rows: readonly T[];
  /** Id of the last one, behind which the next part begins. Absent at the end. */
  readonly next?: string;
}

/** What is moved, in the order in which it is exported: what is named comes before what names it. */
export const MOVED = ['signingKey', 'customer', 'cart', 'session'] as const;
export type MovedKind = (typeof MOVED)[number];

export type Counts = Readonly<Record<MovedKind, number>>;

export const NONE: Counts = { signingKey: 0, customer: 0, cart: 0, session: 0 };

/** What became of the records of one kind. */
export interface Imported {
  readonly added: number;
  /** Were there already, under the same id. */
  readonly present: number;
  /** Sessions whose time was over. */
  readonly expired: number;
  /** Customers whose e-mail address another customer has. */
  readonly refused: number;
}
