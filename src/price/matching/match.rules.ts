import { productOf, rounded } from '../../shared/money.js';
import type { PriceModel } from '../price-model.types.js';
import { ANY, type Price } from '../price.types.js';
import { costOf, discounted, type Pricing, unitsIn } from './cost.rules.js';
import type { MatchedPrice, WantedItem } from './match.types.js';

/** What a price must be for. */
export interface MatchCriteria {
  readonly siteCode: string;
  readonly currency: string;
  readonly country: string;
  /** Keys of principals: the customer's and its groups'. */
  readonly audience: readonly string[];
  readonly at: Date;
  /** Whether the site shows gross prices; absent: each price as its model says. */
  readonly includesTax?: boolean;
}

/** A simple price is per piece, or per whatever it is asked for. */
const SIMPLE: Pricing = {
  measurementUnit: { quantity: 1, unitCode: 'pc' },
  tierType: 'BASIC',
  tiers: [{ id: '', minQuantity: { quantity: 0, unitCode: 'pc' } }],
};

/** By what they are asked for, so that no item of a long list looks through the prices of all others. */
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
 * Of all prices that apply, the one that is lowest for this quantity, as Emporix documents it; of equal ones that
 * of the lowest id, so that every instance answers alike. Net and gross can't be told from each other without tax
 * rates, which are no part of this service: where there are prices of the kind that the site shows, only those
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

/** Site, currency, country, time and principal, each on its own. */
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

/** A price for nobody in particular is for everybody. */
export const isForAudience = (price: Price, audience: readonly string[]): boolean =>
  price.audience.some((key) => key === ANY || audience.includes(key));

function offerOf(
  price: Price,
  models: readonly PriceModel[],
  { quantity: { quantity, unitCode } }: WantedItem,
  criteria: MatchCriteria,
): MatchedPrice | undefined {
  const model = models.find(({ id }) => id === price.priceModelId);
  // A model that was deleted in this very moment.
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

const compareOffers = (a: Ranked, b: Ranked): number =>
  a.value - b.value || (a.offer.price.id < b.offer.price.id ? -1 : 1);

/** So that a price for 100 g and one for 1 g can be compared. */
const perUnit = ({ effectiveValue, model }: MatchedPrice): number =>
  productOf(effectiveValue, unitsIn(1, model ?? SIMPLE));
