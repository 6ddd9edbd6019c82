import type { PriceModel, Quantity } from '../price-model.types.js';
import type { ItemType, Price } from '../price.types.js';

/** For whom, where and in what currency prices are matched, as a session's context says. */
export interface PriceContext {
  readonly tenant: string;
  readonly siteCode: string;
  /** ISO 4217 */
  readonly currency: string;
  /** ISO 3166-1 alpha-2 */
  readonly targetLocation: string;
  /** Prices for this customer and for their groups match too. */
  readonly customerId?: string;
  /**
   * Prices for the groups of this legal entity match too, and those of its price lists, if the customer is assigned to
   * it.
   */
  readonly legalEntityId?: string;
}

/** What to find a price for: a product, a SKU, or one price by its id. */
export interface WantedItem {
  readonly itemId: { readonly itemType: ItemType | 'PRICE'; readonly id: string };
  readonly quantity: {
    readonly quantity: number;
    /** Absent: the unit of the price's model. */
    readonly unitCode?: string;
  };
}

/**
 * Prices that were looked up by id for one shopper in one place. Returns what a price costs for a quantity, or
 * undefined when no price with that id applies there.
 */
export type NamedPrices = (priceId: string, quantity: number) => MatchedPrice | undefined;

/** The best price of an item for a quantity. */
export interface MatchedPrice {
  readonly price: Price;
  /** Absent for a simple price. */
  readonly model?: PriceModel;
  /** The site that the price matched at. Differs from the requested one only with the fallback. */
  readonly siteCode: string;
  /** The requested country. */
  readonly country: string;
  readonly quantity: Quantity;
  /** Whether the values are gross. */
  readonly includesTax: boolean;
  /** For one measurement unit of the model (100 g, 1 pc), without a discount; any number of decimals. */
  readonly originalValue: number;
  /** `originalValue` with the discount. */
  readonly effectiveValue: number;
  /** For the whole quantity with the discount, rounded to the digits of the currency. */
  readonly totalValue: number;
}
