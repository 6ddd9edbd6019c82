import type { JsonObject } from '../../shared/json.js';
import type { Cart, CartItem } from '../cart.types.js';

/** An amount of money without and with tax. All three values are rounded, and gross is the sum of net and tax. */
export interface TaxedAmount {
  readonly netValue: number;
  readonly grossValue: number;
  readonly taxValue: number;
  /** Absent when parts of a sum have different codes. */
  readonly taxCode?: string;
  /** Percent. Absent when unknown, or when parts of a sum have different rates. */
  readonly taxRate?: number;
}

export interface AppliedDiscount {
  readonly id: string;
  /** Taken from the gross amount if the site's prices include tax, else from the net amount. */
  readonly value: number;
  readonly price: TaxedAmount;
  readonly discountType: 'PERCENT' | 'ABSOLUTE';
  /** INTERNAL for a code of the tenant, EXTERNAL for a discount that a backend put on a line. */
  readonly origin: 'INTERNAL' | 'EXTERNAL';
}

export interface DiscountedAmount extends TaxedAmount {
  readonly appliedDiscounts: readonly AppliedDiscount[];
}

export interface TotalDiscount {
  readonly calculationType: 'ApplyDiscountBeforeTax' | 'ApplyDiscountAfterTax';
  readonly value: number;
  readonly price: TaxedAmount;
  readonly appliedDiscounts: readonly AppliedDiscount[];
}

export interface CalculatedFee {
  readonly id?: string;
  readonly yrn?: string;
  readonly origin: 'EXTERNAL';
  readonly type: string;
  readonly name?: JsonObject;
  readonly price: TaxedAmount;
  /** Absent when no discount was taken off. */
  readonly discountedPrice?: DiscountedAmount;
}

/** What one line costs. */
export interface LineTotals {
  readonly item: CartItem;
  readonly unitPrice: TaxedAmount;
  readonly price: TaxedAmount & { readonly calculated: 'INTERNAL' | 'EXTERNAL' };
  /** Absent when no discount was taken off. */
  readonly discountedPrice?: DiscountedAmount;
  readonly fees: readonly CalculatedFee[];
  readonly totalFee: DiscountedAmount;
  readonly totalDiscount: TotalDiscount;
  readonly finalPrice: TaxedAmount;
}

export interface CartTotals {
  readonly price: TaxedAmount;
  readonly discountedPrice?: DiscountedAmount;
  /** Before discounts. */
  readonly fees: TaxedAmount;
  readonly totalFee: DiscountedAmount;
  readonly totalDiscount: TotalDiscount;
  readonly finalPrice: TaxedAmount & { readonly taxAggregate: { readonly lines: readonly TaxedAmount[] } };
}

/** How the amounts of a cart are calculated. */
export interface Calculation {
  /** ISO 4217 */
  readonly currency: string;
  /** Decimal places. */
  readonly digits: number;
  /** Whether the site's prices are gross. Discounts are then taken from gross amounts. */
  readonly includesTax: boolean;
}

export interface CalculatedDiscount {
  readonly id: string;
  readonly code: string;
  readonly name?: string;
  readonly percent?: number;
  readonly amount?: number;
  readonly currency?: string;
  /** Why the code takes nothing off at the moment. Empty when it is valid. */
  readonly problems: readonly string[];
}

/** A cart with what it costs now. */
export interface CalculatedCart {
  readonly cart: Cart;
  readonly calculation: Calculation;
  readonly lines: readonly LineTotals[];
  readonly totals: CartTotals;
  readonly discounts: readonly CalculatedDiscount[];
}
