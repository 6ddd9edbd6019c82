import type { Localized } from '../http/language.rules.js';

export interface Quantity {
  readonly quantity: number;
  /** As the tenant calls it, such as `pc` or `kg`. Units are compared, never converted. */
  readonly unitCode: string;
}

export interface Tier {
  readonly id: string;
  /** From here on, to that of the next tier. */
  readonly minQuantity: Quantity;
}

/**
 * - `BASIC`: one price for each unit
 * - `VOLUME`: the tier that the whole quantity reaches prices all of it
 * - `TIERED`: each tier prices the part of the quantity that lies in it
 */
export type TierType = 'BASIC' | 'VOLUME' | 'TIERED';

/** A way of pricing that many prices share. */
export interface PriceModel {
  readonly tenant: string;
  /** Unique in the tenant. */
  readonly id: string;
  readonly name: Localized;
  readonly description?: Localized;
  /** Whether its prices are gross. */
  readonly includesTax: boolean;
  readonly includesMarkup: boolean;
  /** New prices that name no model get this one. A tenant has at most one. */
  readonly default: boolean;
  /** What a price value is for: 100 g, 1 pc. A quantity of 0 means 1. */
  readonly measurementUnit: Quantity;
  readonly tierType: TierType;
  /** Ascending, from 0; at least one. */
  readonly tiers: readonly Tier[];
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** `metadata.version`: 1 when made, and one more with each change. */
  readonly version: number;
}

/** All that a client decides of a price model; what may be left out has a default. */
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
