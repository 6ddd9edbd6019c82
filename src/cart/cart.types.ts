import type { JsonObject } from '../shared/json.js';

/** The owner of a cart: an anonymous session until its shopper logs in, then the customer. */
export type CartOwner =
  | { readonly kind: 'session'; readonly sessionId: string }
  | { readonly kind: 'customer'; readonly customerId: string };

/** At most one cart may be open per slot; a second one is a conflict (W-50). */
export interface CartSlot {
  readonly tenant: string;
  readonly siteCode: string;
  /** Carts without a type have their own slot. */
  readonly type?: string;
  readonly legalEntityId?: string;
  readonly owner: CartOwner;
}

/** Limits that the operator sets for carts. */
export interface CartLimits {
  /** Number of open carts per owner. */
  readonly open: number;
  readonly lines: number;
  /** Size of the whole cart as JSON, in bytes of UTF-8. */
  readonly bytes: number;
}

export interface CartPrice {
  readonly priceId?: string;
  readonly yrn?: string;
  /** Decimal numbers as they stand in JSON; use `decimal.js` for arithmetic. */
  readonly originalAmount: number;
  readonly effectiveAmount: number;
  /** ISO 4217 */
  readonly currency: string;
  readonly measurementUnit?: JsonObject;
}

export interface CartItem {
  readonly id: string;
  /** `urn:yaas:hybris:product:product:<tenant>;<productId>`, stored as given (C-09). */
  readonly itemYrn?: string;
  readonly itemType: 'INTERNAL' | 'EXTERNAL';
  readonly keepAsSeparateLineItem: boolean;
  readonly quantity: number;
  readonly price: CartPrice;
  /** Product, tax, mixins and other fields that the client sent with the item, unchanged. */
  readonly extra: JsonObject;
}

export interface CartAddress {
  readonly type: 'BILLING' | 'SHIPPING';
  /** The address as it was sent: contactName, street, zipCode, city, country and so on. */
  readonly fields: JsonObject;
}

/** A discount code of a cart. What it takes off is calculated at each read. */
export interface CartDiscount {
  /** Unique within the cart; numbers from 0. */
  readonly id: string;
  readonly code: string;
  /** As declared when the code was applied. */
  readonly stackable: boolean;
}

/** Another cart whose lines and codes will move into this one, as soon as that cart is closed for this merge. */
export interface IncomingCart {
  /** Identifies this merge. The closed source names it, so that each line arrives once even if steps are repeated. */
  readonly mergeId: string;
  readonly cartId: string;
  /** Version of the source when it was read. If the source has changed since, this merge does not close it. */
  readonly version: number;
  readonly items: readonly CartItem[];
  /** Absent: none. */
  readonly discounts?: readonly CartDiscount[];
}

export interface Cart extends CartSlot {
  readonly id: string;
  readonly status: 'OPEN' | 'CLOSED';
  /** ISO 4217 */
  readonly currency: string;
  /** The session that the cart was created in. Kept when the cart becomes a customer's. */
  readonly sessionId?: string;
  /** True when the cart is available only to calls that carry its session id (W-49). */
  readonly sessionValidated: boolean;
  readonly channel?: { readonly name?: string; readonly source?: string };
  readonly zipCode?: string;
  readonly countryCode?: string;
  readonly items: readonly CartItem[];
  /** Item ids are numbers from 0; an id is never used twice. */
  readonly nextItemId: number;
  /** In the order in which they were applied. Absent: none. */
  readonly discounts?: readonly CartDiscount[];
  readonly addresses: readonly CartAddress[];
  readonly mixins: JsonObject;
  readonly mixinSchemas: JsonObject;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly version: number;
  /** Set when an anonymous session owned the cart before its customer did. Such a cart may be merged (W-53). */
  readonly wasGuests?: true;
  /** Merges in progress. Every reader of this cart finishes them first. Absent: none. */
  readonly incoming?: readonly IncomingCart[];
  /** Set when the cart was closed by a merge: its lines are in that cart, or in that cart's `incoming`. */
  readonly mergedInto?: { readonly cartId: string; readonly mergeId: string };
  /** When the sweep looks at the cart: it erases a merged cart, and an anonymous cart whose session is gone. */
  readonly reviewAt?: Date;
}
