import type { ManagedRecord } from '../client-management/client-management.types.js';
import type { Localized } from '../http/language.rules.js';
import type { JsonObject } from '../shared/json.js';
import type { ItemId, TierValue } from './price.types.js';

/**
 * Prices that apply together: at one site and, if the list says so, in one currency, in some countries, for some
 * customer groups or for a legal entity and those below it, and for a time. As in a price, every restriction is stored,
 * with `ANY` where there is none.
 */
export interface PriceList extends ManagedRecord {
  readonly name: Localized;
  /** The texts of `name`, so that a store can find them. */
  readonly names: readonly string[];
  readonly siteCode: string;
  /** ISO 4217. Absent: the currency of the site. */
  readonly currency?: string;
  /** ISO 3166-1 alpha-2, or just `ANY`. */
  readonly countries: readonly string[];
  /** Names that the tenant chose, or just `ANY`. */
  readonly regions: readonly string[];
  /** Keys of customer groups (`GROUP:…`), the key of one legal entity (`ENTITY:…`), or just `ANY`. */
  readonly readers: readonly string[];
  readonly validFrom: Date;
  /** The first moment at which the list is no longer valid. */
  readonly validTo: Date;
}

/** The fields that a client sets. An absent restriction means none. */
export interface PriceListDraft {
  readonly name: Localized;
  readonly siteCode: string;
  readonly currency?: string;
  readonly countries?: readonly string[];
  readonly regions?: readonly string[];
  readonly customerGroups?: readonly string[];
  readonly legalEntityId?: string;
  readonly validity?: { readonly from?: Date; readonly to?: Date };
  readonly mixins: JsonObject;
  readonly mixinSchemas: JsonObject;
}

/** The price of one item in a price list. All else that a match asks about is in the list. */
export interface ListPrice {
  readonly tenant: string;
  readonly priceListId: string;
  /** Unique within the list. */
  readonly id: string;
  readonly itemId: ItemId;
  /** Absent for a simple price, which is per piece. */
  readonly priceModelId?: string;
  /** In the order of the model's tiers. */
  readonly tierValues: readonly TierValue[];
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** `metadata.version`: 1 at first, and one more with each change. */
  readonly version: number;
}

export type ListPriceKey = Pick<ListPrice, 'tenant' | 'priceListId' | 'id'>;

/** The fields that a client sets. */
export type ListPriceDraft = Pick<ListPrice, 'itemId' | 'priceModelId' | 'tierValues'>;
