import type { MatchedPrice, NamedPrices } from '../../price/matching/match.types.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { isJsonObject, type JsonObject } from '../../shared/json.js';
import { sameOwner } from '../cart.rules.js';
import type { Cart, CartItem, CartPrice } from '../cart.types.js';

/** Prices that were looked up for a cart: any of its lines can be priced from them, for any quantity. */
export interface PriceBook {
  /** The prices are valid only while the cart has this site, currency, country, owner and legal entity. */
  readonly of: PricedFor;
  /** Ids that were looked up, whether or not such a price exists. */
  readonly ids: ReadonlySet<string>;
  readonly named: NamedPrices;
}

export type PricedFor = Pick<Cart, 'siteCode' | 'currency' | 'countryCode' | 'owner' | 'legalEntityId'>;

/** `given` means that the tenant manages prices elsewhere, so a line costs what the caller says. */
export type LinePrices = PriceBook | 'given';

/** Amounts of a line that are valid only for the quantity and the unit price that they were given for. */
export const OF_WHOLE_LINE = ['linePrice', 'lineTax'];
const OF_UNIT = ['grossValue', 'netValue'];

/** Returns the product of an item: the last part of its URN, else the product id that was sent with it (C-09). */
export function productOf({ itemYrn, extra }: Pick<CartItem, 'itemYrn' | 'extra'>): string | undefined {
  if (itemYrn !== undefined) return itemYrn.slice(itemYrn.lastIndexOf(';') + 1);
  const id = isJsonObject(extra['product']) ? extra['product']['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** Tells whether these prices can still price lines with these price ids in the cart as it is now. */
export function covers(
  prices: LinePrices,
  { siteCode, currency, countryCode, owner, legalEntityId }: PricedFor,
  priceIds: readonly string[],
): boolean {
  if (prices === 'given') return true;
  const { of, ids } = prices;
  return (
    of.siteCode === siteCode &&
    of.currency === currency &&
    of.countryCode === countryCode &&
    of.legalEntityId === legalEntityId &&
    sameOwner(of.owner, owner) &&
    priceIds.every((id) => ids.has(id))
  );
}

/**
 * Returns the line at the price that its `priceId` names, for its quantity. Amounts that were sent with the line are
 * dropped (F-01), except those of an external line.
 * @throws InvalidInput - no such price applies to the cart, or it is the price of another product
 */
export function atItsPrice(item: CartItem, prices: LinePrices): CartItem {
  if (prices === 'given' || item.itemType === 'EXTERNAL') return item;
  const { priceId } = item.price;
  const match = priceId === undefined ? undefined : prices.named(priceId, item.quantity);
  if (!match || !isForItem(match, item)) {
    const problem = match ? mismatch(match, item) : inapplicable(priceId, prices.of);
    throw InvalidInput.of('price.priceId', `${problem}. ${ELSEWHERE}`);
  }
  return { ...item, price: toCartPrice(match, item.price) };
}

/** Like `atItsPrice`, but a line whose price no longer applies stays as it is: it was accepted before. */
export function atItsPriceIfAny(item: CartItem, prices: LinePrices): CartItem {
  if (prices === 'given' || item.itemType === 'EXTERNAL' || item.price.priceId === undefined) return item;
  const match = prices.named(item.price.priceId, item.quantity);
  return match && isForItem(match, item) ? { ...item, price: toCartPrice(match, item.price) } : item;
}

const ELSEWHERE = 'A tenant that manages its prices elsewhere sets cartPrices to "given"';

function inapplicable(priceId: string | undefined, { siteCode, currency }: PricedFor): string {
  if (priceId === undefined) return 'must name the price, unless itemType is EXTERNAL';
  return (
    `${JSON.stringify(priceId)} is not a price that applies to this cart now (site ${siteCode}, ${currency}, ` +
    'its customer and country): match prices again and send the priceId of the match'
  );
}

/** Tells whether the price is for the item's product. Any price fits an item that names no product. */
export function isForItem({ price: { itemId } }: MatchedPrice, item: CartItem): boolean {
  const product = productOf(item);
  return product === undefined || product === itemId.id;
}

const mismatch = ({ price: { id, itemId } }: MatchedPrice, item: CartItem): string =>
  `${JSON.stringify(id)} is the price of ${JSON.stringify(itemId.id)}, not of ${JSON.stringify(productOf(item))}`;

/** A price without a model applies to one of whatever unit the line is sold in, so only the unit's name is kept. */
export function toCartPrice(
  { price, model, originalValue, effectiveValue }: MatchedPrice,
  { priceId, yrn, measurementUnit }: CartPrice,
): CartPrice {
  const unitCode = measurementUnit?.['unitCode'];
  const unit = model
    ? { ...model.measurementUnit }
    : typeof unitCode === 'string' && { quantity: 1, unitCode };
  return {
    priceId: price.id,
    ...(yrn !== undefined && priceId === price.id && { yrn }),
    originalAmount: originalValue,
    effectiveAmount: effectiveValue,
    currency: price.currency,
    ...(unit && { measurementUnit: unit }),
  };
}

/** Tells whether two prices give the same amounts for every quantity. */
export const sameAmounts = (a: CartPrice, b: CartPrice): boolean =>
  a.priceId === b.priceId &&
  a.currency === b.currency &&
  a.originalAmount === b.originalAmount &&
  a.effectiveAmount === b.effectiveAmount;

/** Like `sameAmounts`, and the two units must have the same size. */
export const samePrice = (a: CartPrice, b: CartPrice): boolean =>
  sameAmounts(a, b) && unitOf(a) === unitOf(b);

function unitOf({ measurementUnit }: CartPrice): string {
  const { quantity = 1, unitCode } = measurementUnit ?? {};
  return JSON.stringify([quantity, unitCode]);
}

/** Drops amounts that were calculated from a price that the line no longer has. */
export function withoutAmounts(extra: JsonObject): JsonObject {
  return withoutAmountsOfUnit(without(extra, OF_WHOLE_LINE));
}

/** Drops the amounts of the tax, which would say whether the price is gross or net. The price itself decides that. */
export function withoutAmountsOfUnit(extra: JsonObject): JsonObject {
  const { tax } = extra;
  return isJsonObject(tax) ? { ...extra, tax: without(tax, OF_UNIT) } : extra;
}

const without = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
