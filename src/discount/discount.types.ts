interface Declared {
  readonly tenant: string;
  /** What a shopper types. Kept in upper case, and unique in the tenant. */
  readonly code: string;
  readonly name?: string;
  /** The carts of these sites alone; absent: of every site. */
  readonly siteCodes?: readonly string[];
  /** It counts from this moment on. */
  readonly from?: Date;
  /** It counts until this moment, which is not part of it. */
  readonly to?: Date;
  /** Of the products of a cart before any discount, in `currency`. */
  readonly minimumOrderValue?: number;
  /** Whether other codes may stand beside it in a cart. */
  readonly stackable: boolean;
}

interface PercentDiscount extends Declared {
  /** 0 to 100. */
  readonly percent: number;
  /** ISO 4217: carts in this currency alone; absent: in every currency. A minimum comes with one. */
  readonly currency?: string;
}

interface AbsoluteDiscount extends Declared {
  readonly amount: number;
  /** ISO 4217 */
  readonly currency: string;
}

/** A discount code that a tenant declared. */
export type DiscountCode = PercentDiscount | AbsoluteDiscount;

/** What is said of a code when it is declared; what it takes off is said in one of two ways. */
export interface DiscountDraft extends Partial<Omit<Declared, 'tenant' | 'code'>> {
  readonly percent?: number;
  readonly amount?: number;
  readonly currency?: string;
}
