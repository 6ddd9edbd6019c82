import type { JsonObject } from '../../shared/json.js';
import type { Cart, CartItem } from '../cart.types.js';

/** An amount of money without its tax and with it. All three are rounded, and gross is net and tax together. */
export interface TaxedAmount {
  readonly netValue: number;
  readonly grossValue: number;
  readonly taxValue: number;
  /** Absent where a sum has parts of several. */
  readonly taxCode?: string;
  /** Percent; absent where none is known, or a sum has parts of several. */
  readonly taxRate?: number;
}

export interface AppliedDiscount {
  readonly id: string;
  /** Of the gross amount where the prices of the site include tax, else of the net. */
  readonly value: number;
  readonly price: TaxedAmount;
  readonly discountType: 'PERCENT' | 'ABSOLUTE';
  /** A code of the tenant, or what a backend put on a line. */
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
  /** Absent: no discount was taken from it. */
  readonly discountedPrice?: DiscountedAmount;
}

/** What one line costs. */
export interface LineTotals {
  readonly item: CartItem;
  readonly unitPrice: TaxedAmount;
  readonly price: TaxedAmount & { readonly calculated: 'INTERNAL' | 'EXTERNAL' };
  /** Absent: no discount was taken from it. */
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

/** How the amounts of a cart are worked out. */
export interface Calculation {
  /** ISO 4217 */
  readonly currency: string;
  /** Behind the point. */
  readonly digits: number;
  /** Whether prices are gross, by the site. Discounts are then taken from the gross amounts. */
  readonly includesTax: boolean;
}

export interface CalculatedDiscount {
  readonly id: string;
  readonly code: string;
  readonly name?: string;
  readonly percent?: number;
  readonly amount?: number;
  readonly currency?: string;
  /** Why it takes nothing off at the moment; empty: it counts. */
  readonly problems: readonly string[];
}

/** A cart, and what it costs now. */
export interface CalculatedCart {
  readonly cart: Cart;
  readonly calculation: Calculation;
  readonly lines: readonly LineTotals[];
  readonly totals: CartTotals;
  readonly discounts: readonly CalculatedDiscount[];
}
