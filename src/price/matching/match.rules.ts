import { productOf, rounded } from '../../shared/money.js';
import type { PriceModel } from '../price-model.types.js';
import { ANY, type Price } from '../price.types.js';
import { costOf, discounted, type Pricing, unitsIn } from './cost.rules.js';
import type { MatchedPrice, WantedItem } from './match.types.js';

/** What a price must apply to. */
export interface MatchCriteria {
  readonly siteCode: string;
  readonly currency: string;
  readonly country: string;
  /** Principal keys of the customer and their groups. */
  readonly audience: readonly string[];
  readonly at: Date;
  /** Whether the site shows gross prices. Absent: each price counts as its model says. */
  readonly includesTax?: boolean;
}

/** Stands in for the model of a simple price, which is per piece or per whatever unit the request names. */
const SIMPLE: Pricing = {
  measurementUnit: { quantity: 1, unitCode: 'pc' },
  tierType: 'BASIC',
  tiers: [{ id: '', minQuantity: { quantity: 0, unitCode: 'pc' } }],
};

/** Groups prices by the keys that requests use, so that a long list of items does not scan all prices per item. */
export function pricesByItem(prices: readonly Price[]): (wanted: WantedItem) => readonly Price[] {
  const all = new Map<string, Price[]>();
  for (const price of prices) {
    for (const key of [keyOf(price.itemId.itemType, price.itemId.id), keyOf('PRICE', price.id)]) {
      const known = all.get(key);
      if (known) known.push(price);
      else all.set(key, [price]);
    }
  }
  return ({ itemId: { itemType, id } }) => all.get(keyOf(itemType, id)) ?? [];
}

const keyOf = (type: string, id: string): string => `${type} ${id}`;

/**
 * Returns the applicable price that is lowest for this quantity, as Emporix documents it. Of equal prices, the one with
 * the lowest id wins, so that every instance gives the same answer. Net and gross prices can't be compared without tax
 * rates, which this service does not have: if there are prices of the kind that the site shows, only those
 * compete.
 */
export function bestPrice(
  prices: readonly Price[],
  models: readonly PriceModel[],
  wanted: WantedItem,
  criteria: MatchCriteria,
): MatchedPrice | undefined {
  const offers = prices
    .filter((price) => isOf(price, wanted) && applies(price, criteria))
    .map((price) => offerOf(price, models, wanted, criteria))
    .filter((offer) => offer !== undefined);
  const ofTheSite = offers.filter(
    ({ includesTax }) => criteria.includesTax === undefined || includesTax === criteria.includesTax,
  );
  const ranked = (ofTheSite.length > 0 ? ofTheSite : offers).map((offer) => ({
    offer,
    value: perUnit(offer),
  }));
  return ranked.toSorted(compareOffers)[0]?.offer;
}

function isOf({ id, itemId }: Price, { itemId: wanted }: WantedItem): boolean {
  if (wanted.itemType === 'PRICE') return id === wanted.id;
  return itemId.itemType === wanted.itemType && itemId.id === wanted.id;
}

/** Checks site, currency, country, time and principal. */
function applies(price: Price, { siteCode, currency, country, audience, at }: MatchCriteria): boolean {
  return (
    isAtSite(price, [siteCode]) &&
    price.currency === currency &&
    (price.country === ANY || price.country === country) &&
    isForAudience(price, audience) &&
    isValidAt(price, at)
  );
}

export const isAtSite = ({ sites }: Price, siteCodes: readonly string[]): boolean =>
  sites.some((code) => code === ANY || siteCodes.includes(code));

export const isValidAt = ({ validFrom, validTo }: Price, at: Date): boolean =>
  validFrom <= at && at < validTo;

/** Tells whether a price applies to one of these principals. A price without principals applies to everybody. */
export const isForAudience = (price: Price, audience: readonly string[]): boolean =>
  price.audience.some((key) => key === ANY || audience.includes(key));

function offerOf(
  price: Price,
  models: readonly PriceModel[],
  { quantity: { quantity, unitCode } }: WantedItem,
  criteria: MatchCriteria,
): MatchedPrice | undefined {
  const model = models.find(({ id }) => id === price.priceModelId);
  // The model was deleted just now.
  if (!model && price.priceModelId !== undefined) return undefined;
  const pricing = model ?? SIMPLE;
  const ownUnit = pricing.measurementUnit.unitCode;
  if (model && unitCode !== undefined && unitCode !== ownUnit) return undefined;
  const values = model ? price.tierValues : price.tierValues.map((value) => ({ ...value, id: '' }));
  const cost = costOf(pricing, values, quantity);
  if (!cost) return undefined;
  const total = discounted(cost.total, unitsIn(quantity, pricing), price.salePrice);
  return {
    price,
    ...(model && { model }),
    siteCode: criteria.siteCode,
    country: criteria.country,
    quantity: { quantity, unitCode: unitCode ?? ownUnit },
    includesTax: model?.includesTax ?? criteria.includesTax ?? true,
    originalValue: cost.unit,
    effectiveValue: discounted(cost.unit, 1, price.salePrice),
    totalValue: rounded(total, price.currency),
  };
}

interface Ranked {
  readonly offer: MatchedPrice;
  readonly value: number;
}

const compareOffers = (a: Ranked, b: Ranked): number => a.value - b.value || (idOf(a) < idOf(b) ? -1 : 1);

/** Prices of different lists may have the same id. */
const idOf = ({ offer: { price } }: Ranked): string => `${price.id} ${price.priceListId ?? ''}`;

/** Returns the price of a single unit, so that a price per 100 g and one per 1 g can be compared. */
const perUnit = ({ effectiveValue, model }: MatchedPrice): number =>
  productOf(effectiveValue, unitsIn(1, model ?? SIMPLE));
