import type { JsonObject } from '../shared/json.js';

export type ItemType = 'PRODUCT' | 'SKU';

export interface ItemId {
  readonly itemType: ItemType;
  readonly id: string;
}

/** The customer or group that a price applies to. */
export interface PricePrincipal {
  readonly type: 'CUSTOMER' | 'GROUP';
  readonly id: string;
}

/** Reduces the price of one unit: first by the rate, then by the amount. */
export interface SalePrice {
  readonly discountAmount?: number;
  /** Percent, 0 to 100. */
  readonly discountRate?: number;
  readonly description?: string;
}

/** The value of one tier of the price's model. A simple price, without a model, has one value. */
export interface TierValue {
  /** Id of the model's tier. Absent in a simple price. */
  readonly id?: string;
  /** In the price's currency, for one measurement unit of the model; any number of decimals. */
  readonly priceValue: number;
}

/**
 * A price of one item. Every restriction is stored, with `ANY` where there is none, so that a store can find the price
 * with a single query.
 */
export interface Price {
  readonly tenant: string;
  /** Unique within the tenant; of a price in a price list, within the list. */
  readonly id: string;
  /** The price list that the price comes from. Such prices are stored apart (`ListPrice`). */
  readonly priceListId?: string;
  readonly itemId: ItemId;
  readonly itemYrn?: string;
  /** ISO 4217 */
  readonly currency: string;
  /** ISO 3166-1 alpha-2, or `ANY`. */
  readonly country: string;
  /** Site codes, or just `ANY`. */
  readonly sites: readonly string[];
  /** Principal keys (see `keyOfPrincipal`), or just `ANY`. */
  readonly audience: readonly string[];
  readonly validFrom: Date;
  /** The first moment at which the price is no longer valid. */
  readonly validTo: Date;
  readonly salePrice?: SalePrice;
  /** Absent for a simple price, which is per piece. */
  readonly priceModelId?: string;
  /** In the order of the model's tiers. */
  readonly tierValues: readonly TierValue[];
  readonly mixins: JsonObject;
  /** URLs of the mixins' schemas. */
  readonly mixinSchemas: JsonObject;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** `metadata.version`: 1 at first, and one more with each change. */
  readonly version: number;
}

/**
 * Matches every value of a restriction. Site codes can't contain `#`, and no country or principal key looks like
 * this.
 */
export const ANY = '#any';

export const ALWAYS: { readonly from: Date; readonly to: Date } = {
  from: new Date('0001-01-01T00:00:00.000Z'),
  to: new Date('9999-12-31T23:59:59.999Z'),
};

/** The fields that a client sets. An absent restriction means none. */
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

/** Selects the prices of some items; a store answers it from one index. */
export interface PricesOfItems {
  readonly itemIds: readonly string[];
  /** Absent: any currency. */
  readonly currency?: string;
  /** Principal keys or `ANY`, of which a price must apply to one. Absent: all prices. */
  readonly audience?: readonly string[];
}
