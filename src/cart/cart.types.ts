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
  readonly addresses: readonly CartAddress[];
  readonly mixins: JsonObject;
  readonly mixinSchemas: JsonObject;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly version: number;
  /** When an anonymous cart may be erased, if its session is gone by then; a customer's has no such date. */
  readonly reviewAt?: Date;
}
