import type { MatchedPrice, WantedItem } from '../price/match.types.js';
import { InvalidInput } from '../shared/domain-error.js';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.js';
import type { Cart, CartItem, CartPrice } from './cart.types.js';

/** Where a cart's prices are to be from. */
export interface PricePlace {
  readonly siteCode: string;
  /** ISO 4217 */
  readonly currency: string;
}

/** By the id of the item; an item that no price matches has none. */
export type PriceByItem = ReadonlyMap<string, MatchedPrice>;

export interface ItemFault {
  readonly errorCode: 'CART-ITEM-UNIT-PRICE-100001' | 'CART-ITEM-UNIT-PRICE-100002';
  readonly message: string;
  readonly field: 'items.unitPrice';
}

/** What a price of a whole line was worked out from is another price now. */
const OF_WHOLE_LINE = ['linePrice', 'lineTax'];
const OF_UNIT = ['grossValue', 'netValue'];

/** The product of an item: what its urn ends with, else the id that came with it (C-09). */
export function productOf({ itemYrn, extra }: CartItem): string | undefined {
  if (itemYrn !== undefined) return itemYrn.slice(itemYrn.lastIndexOf(';') + 1);
  const id = isJsonObject(extra['product']) ? extra['product']['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** The price of the product. An item whose price came from outside asks for none. */
export function wantedProduct(item: CartItem): WantedItem | undefined {
  const id = item.itemType === 'INTERNAL' ? productOf(item) : undefined;
  return id === undefined ? undefined : wanted('PRODUCT', id, item);
}

/** The very price that it has. */
export function wantedPrice(item: CartItem): WantedItem | undefined {
  const id = item.itemType === 'INTERNAL' ? item.price.priceId : undefined;
  return id === undefined ? undefined : wanted('PRICE', id, item);
}

function wanted(itemType: 'PRODUCT' | 'PRICE', id: string, { quantity, price }: CartItem): WantedItem {
  const unitCode = price.measurementUnit?.['unitCode'];
  return {
    itemId: { itemType, id },
    quantity: { quantity, ...(typeof unitCode === 'string' && { unitCode }) },
  };
}

/**
 * The cart with the prices of this place; the very same cart when they are what it has. In its own currency an item
 * that no price matches keeps the one it has.
 * @throws InvalidInput - in another currency there is no price for an item, or its price came from outside
 */
export function repriced(cart: Cart, { siteCode, currency }: PricePlace, prices: PriceByItem): Cart {
  const priceless = cart.items.filter(({ id, price }) => price.currency !== currency && !prices.has(id));
  if (priceless.length > 0) {
    throw new InvalidInput(
      priceless.map(({ id }) => ({
        field: `items.${id}`,
        message: `has no price in ${currency} at the site ${siteCode}: take it out first, or give it one`,
      })),
    );
  }
  const items = cart.items.map((item) => withPrice(item, prices.get(item.id)));
  const same = items.every((item, index) => item === cart.items[index]);
  if (same && cart.siteCode === siteCode && cart.currency === currency) return cart;
  return { ...cart, siteCode, currency, items };
}

/** What a shopper should know before paying. Empty: the cart is valid. By the id of the item. */
export function faultsOf(cart: Cart, valid: PriceByItem): ReadonlyMap<string, readonly ItemFault[]> {
  const faults = cart.items.map((item) => [item.id, faultsIn(item, cart, valid)] as const);
  return new Map(faults.filter(([, found]) => found.length > 0));
}

function faultsIn(item: CartItem, { items }: Cart, valid: PriceByItem): readonly ItemFault[] {
  const { priceId } = item.price;
  if (item.itemType === 'EXTERNAL' || priceId === undefined) return [];
  const product = productOf(item);
  const ids = new Set(
    items.flatMap((other) =>
      product !== undefined && other.itemType === 'INTERNAL' && productOf(other) === product
        ? (other.price.priceId ?? [])
        : [],
    ),
  );
  return [
    ...(valid.has(item.id)
      ? []
      : [
          fault(
            'CART-ITEM-UNIT-PRICE-100001',
            `The price match does not find the price '${priceId}' of this item`,
          ),
        ]),
    ...(ids.size > 1
      ? [
          fault(
            'CART-ITEM-UNIT-PRICE-100002',
            `The product has several prices in this cart: ${[...ids].join(', ')}`,
          ),
        ]
      : []),
  ];
}

const fault = (errorCode: ItemFault['errorCode'], message: string): ItemFault => ({
  errorCode,
  message,
  field: 'items.unitPrice',
});

function withPrice(item: CartItem, match: MatchedPrice | undefined): CartItem {
  if (!match) return item;
  const price = toCartPrice(match);
  if (samePrice(item.price, price)) return item;
  return { ...item, price, extra: withoutAmounts(item.extra) };
}

const toCartPrice = ({ price, model, originalValue, effectiveValue }: MatchedPrice): CartPrice => ({
  priceId: price.id,
  originalAmount: originalValue,
  effectiveAmount: effectiveValue,
  currency: price.currency,
  ...(model && { measurementUnit: { ...model.measurementUnit } }),
});

const samePrice = (a: CartPrice, b: CartPrice): boolean =>
  a.priceId === b.priceId &&
  a.currency === b.currency &&
  a.originalAmount === b.originalAmount &&
  a.effectiveAmount === b.effectiveAmount;

function withoutAmounts(extra: JsonObject): JsonObject {
  const kept = without(extra, OF_WHOLE_LINE);
  const tax: Json | undefined = kept['tax'];
  return isJsonObject(tax) ? { ...kept, tax: without(tax, OF_UNIT) } : kept;
}

const without = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
