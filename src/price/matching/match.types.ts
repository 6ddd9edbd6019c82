import type { PriceModel, Quantity } from '../price-model.types.js';
import type { ItemType, Price } from '../price.types.js';

/** For which shopper, where and in what currency prices are asked for: what a session's context says. */
export interface PriceContext {
  readonly tenant: string;
  readonly siteCode: string;
  /** ISO 4217 */
  readonly currency: string;
  /** ISO 3166-1 alpha-2 */
  readonly targetLocation: string;
  /** Prices for this customer and for its groups match too. */
  readonly customerId?: string;
}

/** What a price is asked for: a product, a SKU, or one price by its own id. */
export interface WantedItem {
  readonly itemId: { readonly itemType: ItemType | 'PRICE'; readonly id: string };
  readonly quantity: {
    readonly quantity: number;
    /** Absent: that of the price's model, whatever it is. */
    readonly unitCode?: string;
  };
}

/**
 * Prices by id, looked up for one shopper in one place: what each of them comes to for a quantity. Undefined when no
 * price of that id applies there.
 */
export type NamedPrices = (priceId: string, quantity: number) => MatchedPrice | undefined;

/** The best price of an item for a quantity. */
export interface MatchedPrice {
  readonly price: Price;
  /** Absent: a simple price. */
  readonly model?: PriceModel;
  /** The site that it matched for: another one than asked for only by the fallback. */
  readonly siteCode: string;
  /** That was asked for. */
  readonly country: string;
  readonly quantity: Quantity;
  /** Whether the values are gross. */
  readonly includesTax: boolean;
  /** For one measurement unit of the model (100 g, 1 pc), without a discount, of any precision. */
  readonly originalValue: number;
  /** The same with the discount. */
  readonly effectiveValue: number;
  /** For the whole quantity with the discount, rounded by the currency's digits. */
  readonly totalValue: number;
}
