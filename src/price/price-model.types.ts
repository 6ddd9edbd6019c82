import type { Localized } from '../http/language.rules.js';

export interface Quantity {
  readonly quantity: number;
  /** The tenant's own name for the unit, such as `pc` or `kg`. Units are compared, never converted. */
  readonly unitCode: string;
}

export interface Tier {
  readonly id: string;
  /** The tier applies from this quantity up to that of the next tier. */
  readonly minQuantity: Quantity;
}

/**
 * - `BASIC`: one price for every unit
 * - `VOLUME`: the tier that the quantity reaches prices the whole quantity
 * - `TIERED`: each tier prices the part of the quantity that lies in it
 */
export type TierType = 'BASIC' | 'VOLUME' | 'TIERED';

/** A way of pricing that many prices share. */
export interface PriceModel {
  readonly tenant: string;
  /** Unique within the tenant. */
  readonly id: string;
  readonly name: Localized;
  readonly description?: Localized;
  /** Whether the prices are gross. */
  readonly includesTax: boolean;
  readonly includesMarkup: boolean;
  /** Whether new prices without a model get this one. A tenant has at most one default. */
  readonly default: boolean;
  /** The quantity that a price value is for, such as 100 g or 1 pc. A quantity of 0 means 1. */
  readonly measurementUnit: Quantity;
  readonly tierType: TierType;
  /** In ascending order, from 0; at least one. */
  readonly tiers: readonly Tier[];
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** `metadata.version`: 1 at first, and one more with each change. */
  readonly version: number;
}

/** The fields that a client sets. Optional ones have a default. */
export interface PriceModelDraft {
  readonly name: Localized;
  readonly description?: Localized;
  readonly includesTax: boolean;
  readonly includesMarkup?: boolean;
  readonly default?: boolean;
  readonly measurementUnit: Quantity;
  readonly tierType: TierType;
  readonly tiers?: readonly DraftTier[];
}

export interface DraftTier {
  readonly id?: string;
  readonly minQuantity: Quantity;
}
