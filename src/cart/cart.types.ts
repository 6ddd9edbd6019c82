import type { JsonObject } from '../shared/json.js';

/** Whose cart it is: an anonymous session's, until its shopper logs in, or a customer's. */
export type CartOwner =
  | { readonly kind: 'session'; readonly sessionId: string }
  | { readonly kind: 'customer'; readonly customerId: string };

/** What one open cart there is of: a second one is a conflict (behaviour W-50). */
export interface CartSlot {
  readonly tenant: string;
  readonly siteCode: string;
  /** Absent is a type of its own. */
  readonly type?: string;
  readonly legalEntityId?: string;
  readonly owner: CartOwner;
}

/** Settings of the operator: how much of carts is kept. */
export interface CartLimits {
  /** Open carts of one owner. */
  readonly open: number;
  readonly lines: number;
  /** JSON of a whole cart, in UTF-8. */
  readonly bytes: number;
}

export interface CartPrice {
  readonly priceId?: string;
  readonly yrn?: string;
  /** Decimal numbers as JSON has them; arithmetic on them is `decimal.js`'s. */
  readonly originalAmount: number;
  readonly effectiveAmount: number;
  /** ISO 4217 */
  readonly currency: string;
  readonly measurementUnit?: JsonObject;
}

export interface CartItem {
  readonly id: string;
  /** `urn:yaas:hybris:product:product:<tenant>;<productId>`, stored as given (behaviour C-09). */
  readonly itemYrn?: string;
  readonly itemType: 'INTERNAL' | 'EXTERNAL';
  readonly keepAsSeparateLineItem: boolean;
  readonly quantity: number;
  readonly price: CartPrice;
  /** Product, tax, mixins and whatever else of the item the client sent: kept as it came. */
  readonly extra: JsonObject;
}

export interface CartAddress {
  readonly type: 'BILLING' | 'SHIPPING';
  /** The address as it was sent: contactName, street, zipCode, city, country and so on. */
  readonly fields: JsonObject;
}

/** A discount code that was put into a cart. What it takes off is worked out whenever the cart is read. */
export interface CartDiscount {
  /** Of this cart: counted up. */
  readonly id: string;
  readonly code: string;
  /** As it was declared when it was put in. */
  readonly stackable: boolean;
}

/** A cart whose lines and codes are to become this one's: from the moment on at which that cart is closed for it. */
export interface IncomingCart {
  /** Of this merge alone. The closed cart names it, so that a line arrives once, however often a step is repeated. */
  readonly mergeId: string;
  readonly cartId: string;
  /** Of that cart when it was read: when it was changed since, it is not closed. */
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
  /** The session that it was made in; kept when it becomes a customer's. */
  readonly sessionId?: string;
  /** It answers only to calls that carry the same session id (behaviour W-49). */
  readonly sessionValidated: boolean;
  readonly channel?: { readonly name?: string; readonly source?: string };
  readonly zipCode?: string;
  readonly countryCode?: string;
  readonly items: readonly CartItem[];
  /** Ids of items are counted up, and never used twice. */
  readonly nextItemId: number;
  /** In the order in which they were put in; absent: none. */
  readonly discounts?: readonly CartDiscount[];
  readonly addresses: readonly CartAddress[];
  readonly mixins: JsonObject;
  readonly mixinSchemas: JsonObject;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly version: number;
  /** It was an anonymous session's before it was the customer's: it may be merged into another one (W-53). */
  readonly wasGuests?: true;
  /** Every reader of this cart finishes these first. Absent: none. */
  readonly incoming?: readonly IncomingCart[];
  /** It is closed, because its lines are in that cart, or in what is incoming there. */
  readonly mergedInto?: { readonly cartId: string; readonly mergeId: string };
  /** When it may be erased: an anonymous cart if its session is gone by then, a merged one in any case. */
  readonly reviewAt?: Date;
}
