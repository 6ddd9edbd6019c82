interface Declared {
  readonly tenant: string;
  /** What a shopper types. Stored in upper case, and unique within the tenant. */
  readonly code: string;
  readonly name?: string;
  /** Sites whose carts may use the code. Absent: all sites. */
  readonly siteCodes?: readonly string[];
  /** First moment at which the code is valid. */
  readonly from?: Date;
  /** First moment at which the code is no longer valid. */
  readonly to?: Date;
  /** Least value of the products in a cart, in `currency`, before any discount. */
  readonly minimumOrderValue?: number;
  /** Whether a cart may have other codes too. */
  readonly stackable: boolean;
}

interface PercentDiscount extends Declared {
  /** 0 to 100. */
  readonly percent: number;
  /** ISO 4217. Only carts in this currency may use the code; absent: all carts. Required with `minimumOrderValue`. */
  readonly currency?: string;
}

interface AbsoluteDiscount extends Declared {
  readonly amount: number;
  /** ISO 4217 */
  readonly currency: string;
}

/** A discount code that a tenant declared. */
export type DiscountCode = PercentDiscount | AbsoluteDiscount;

/** The declaration of a code, with either `percent` or `amount`. */
export interface DiscountDraft extends Partial<Omit<Declared, 'tenant' | 'code'>> {
  readonly percent?: number;
  readonly amount?: number;
  readonly currency?: string;
}
