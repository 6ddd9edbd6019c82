import type { JsonObject } from '../shared/json.js';

export type ItemType = 'PRODUCT' | 'SKU';

export interface ItemId {
  readonly itemType: ItemType;
  readonly id: string;
}

/** Whom a price is for. */
export interface PricePrincipal {
  readonly type: 'CUSTOMER' | 'GROUP';
  readonly id: string;
}

/** Taken off the price of one unit: first the rate, then the amount. */
export interface SalePrice {
  readonly discountAmount?: number;
  /** Percent, 0 to 100. */
  readonly discountRate?: number;
  readonly description?: string;
}

/** What a tier of the price's model costs. A simple price, of no model, has one. */
export interface TierValue {
  /** Of the model's tier; absent in a simple price. */
  readonly id?: string;
  /** In the price's currency, of any precision, for the measurement unit of the model. */
  readonly priceValue: number;
}

/**
 * A price of one item. What limits it is kept so that a store can look for it in one step: each limit is there, and
 * where there is none it is `ANY`.
 */
export interface Price {
  readonly tenant: string;
  /** Unique in the tenant. */
  readonly id: string;
  readonly itemId: ItemId;
  readonly itemYrn?: string;
  /** ISO 4217 */
  readonly currency: string;
  /** ISO 3166-1 alpha-2, or `ANY` */
  readonly country: string;
  /** Codes, or `ANY` alone. */
  readonly sites: readonly string[];
  /** Keys of principals (see `keyOfPrincipal`), or `ANY` alone. */
  readonly audience: readonly string[];
  readonly validFrom: Date;
  /** Not valid at this moment any more. */
  readonly validTo: Date;
  readonly salePrice?: SalePrice;
  /** Absent: a simple price, per piece. */
  readonly priceModelId?: string;
  /** In the order of the model's tiers. */
  readonly tierValues: readonly TierValue[];
  readonly mixins: JsonObject;
  /** URLs of the mixins' schemas. */
  readonly mixinSchemas: JsonObject;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** `metadata.version`: 1 when made, and one more with each change. */
  readonly version: number;
}

/** No code of a site may have a `#`, and no country or principal looks like this. */
export const ANY = '#any';

export const ALWAYS: { readonly from: Date; readonly to: Date } = {
  from: new Date('0001-01-01T00:00:00.000Z'),
  to: new Date('9999-12-31T23:59:59.999Z'),
};

/** All that a client decides of a price. An absent limit is none. */
export interface PriceDraft {
  readonly itemId: ItemId;
  readonly itemYrn?: string;
  readonly currency: string;
  readonly country?: string;
  readonly siteCodes?: readonly string[];
  readonly principals?: readonly PricePrincipal[];
  readonly validity?: { readonly from?: Date; readonly to?: Date };
  readonly salePrice?: SalePrice;
  readonly priceModelId?: string;
  readonly tierValues: readonly TierValue[];
  readonly mixins?: JsonObject;
  readonly mixinSchemas?: JsonObject;
}

/** Which prices of some items are asked for; the store answers from one index. */
export interface PricesOfItems {
  readonly itemIds: readonly string[];
  /** Absent: in whatever currency. */
  readonly currency?: string;
  /** Keys of principals, or `ANY`: a price that is for one of these. Absent: for whomever. */
  readonly audience?: readonly string[];
}
