import type { Condition, Filter } from '../../shared/filter/filter.types.js';
import { isAtSite, isValidAt } from '../matching/match.rules.js';
import type { PriceModel } from '../price-model.types.js';
import { keyOfPrincipal } from '../price.rules.js';
import { ANY, type ItemType, type Price } from '../price.types.js';

/** Narrows a list. One match per filter is enough, and a price without a restriction matches every value. */
export interface PriceFilters {
  readonly siteCodes?: readonly string[];
  readonly currencies?: readonly string[];
  readonly countries?: readonly string[];
  readonly itemIds?: readonly string[];
  readonly itemType?: ItemType;
  readonly priceModelId?: string;
  readonly customerIds?: readonly string[];
  readonly effectiveDate?: Date;
}

/** @param audience principal keys that the prices must apply to; absent: all prices */
export function filterOf(filters: PriceFilters, audience: readonly string[] | undefined): Filter {
  const { siteCodes, currencies, countries, itemIds, itemType, priceModelId, effectiveDate: at } = filters;
  const customers = filters.customerIds?.map((id) => keyOfPrincipal({ type: 'CUSTOMER', id }));
  return [
    ...oneOf('itemId.id', itemIds),
    ...oneOf('itemId.itemType', itemType === undefined ? undefined : [itemType]),
    ...oneOf('currency', currencies),
    ...oneOf('priceModelId', priceModelId === undefined ? undefined : [priceModelId]),
    ...oneOf('sites', orAny(siteCodes)),
    ...oneOf('country', orAny(countries)),
    ...oneOf('audience', orAny(customers)),
    ...oneOf('audience', orAny(audience)),
    ...(at ? validAt(at) : []),
  ];
}

const oneOf = (path: string, values: readonly string[] | undefined): readonly Condition[] =>
  values ? [{ op: 'in', path, values }] : [];

const orAny = (values: readonly string[] | undefined): readonly string[] | undefined =>
  values && [ANY, ...values];

const validAt = (at: Date): readonly Condition[] => [
  { op: 'lte', path: 'validFrom', value: at },
  { op: 'gt', path: 'validTo', value: at },
];

/** Narrows the prices of the requested items. */
export interface SearchCriteria {
  /** Absent: prices of all sites. */
  readonly siteCodes?: readonly string[];
  readonly effectiveDate?: Date;
  /** True for gross prices only, false for net prices only. A price without a model passes either way. */
  readonly includesTax?: boolean;
}

export interface FoundPrices {
  readonly itemId: string;
  readonly prices: readonly Price[];
}

/** Returns the prices per item, in the order of `itemIds`. The prices of one item are sorted by id. */
export function foundPrices(
  itemIds: readonly string[],
  prices: readonly Price[],
  models: readonly PriceModel[],
  criteria: SearchCriteria,
): readonly FoundPrices[] {
  const wanted = prices.filter((price) => isWanted(price, models, criteria));
  const ordered = wanted.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return itemIds.map((itemId) => ({ itemId, prices: ordered.filter((price) => price.itemId.id === itemId) }));
}

function isWanted(
  price: Price,
  models: readonly PriceModel[],
  { siteCodes, effectiveDate, includesTax }: SearchCriteria,
): boolean {
  const model = models.find(({ id }) => id === price.priceModelId);
  return (
    (!siteCodes || isAtSite(price, siteCodes)) &&
    (!effectiveDate || isValidAt(price, effectiveDate)) &&
    (includesTax === undefined || (model?.includesTax ?? includesTax) === includesTax)
  );
}
