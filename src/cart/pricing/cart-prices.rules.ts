import type { MatchedPrice, WantedItem } from '../../price/matching/match.types.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { CartPrices } from '../../tenant/tenant.types.js';
import type { Cart, CartItem, CartPrice } from '../cart.types.js';
import {
  isForItem,
  productOf,
  sameAmounts,
  samePrice,
  toCartPrice,
  withoutAmounts,
} from '../lines/cart-line-prices.rules.js';

/** The site and currency that the prices of a cart are for. */
export interface PricePlace {
  readonly siteCode: string;
  /** ISO 4217 */
  readonly currency: string;
}

/** Matched prices by item id; an item without a match is absent. */
export type PriceByItem = ReadonlyMap<string, MatchedPrice>;

export interface ItemFault {
  readonly errorCode: 'CART-ITEM-UNIT-PRICE-100001' | 'CART-ITEM-UNIT-PRICE-100002';
  readonly message: string;
  readonly field: 'items.unitPrice';
}

/** Returns the query for the best price of the item's product; undefined for an external item. */
export function wantedProduct(item: CartItem): WantedItem | undefined {
  const id = item.itemType === 'INTERNAL' ? productOf(item) : undefined;
  return id === undefined ? undefined : wanted('PRODUCT', id, item);
}

/** Returns the query for the price that the line has now; undefined for an external item. */
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

/** The result of a price lookup for the items of a cart. */
export interface FoundPrices {
  readonly byItem: PriceByItem;
  readonly mode: CartPrices;
}

/**
 * Returns the cart at the prices of this place, or the given cart when nothing differs. If the site and the currency
 * stay the same, an item without a match keeps its price.
 * @throws InvalidInput - an item has no price in that currency or at that site, or its price came from outside
 */
export function repriced(
  cart: Cart,
  { siteCode, currency }: PricePlace,
  { byItem, mode }: FoundPrices,
): Cart {
  const leavesPrices = mode === 'checked' && siteCode !== cart.siteCode;
  const priceless = cart.items.filter(
    ({ id, price, itemType }) =>
      !byItem.has(id) && (price.currency !== currency || (leavesPrices && itemType === 'INTERNAL')),
  );
  if (priceless.length > 0) {
    throw new InvalidInput(
      priceless.map(({ id }) => ({
        field: `items.${id}`,
        message: `has no price in ${currency} at the site ${siteCode}: remove the item first, or add such a price`,
      })),
    );
  }
  const items = cart.items.map((item) => withPrice(item, byItem.get(item.id), mode));
  const same = items.every((item, index) => item === cart.items[index]);
  if (same && cart.siteCode === siteCode && cart.currency === currency) return cart;
  return { ...cart, siteCode, currency, items };
}

/** Returns, by item id, what a shopper should know before paying. The cart is valid when the map is empty. */
export function faultsOf(cart: Cart, valid: FoundPrices): ReadonlyMap<string, readonly ItemFault[]> {
  const faults = cart.items.map((item) => [item.id, faultsIn(item, cart, valid)] as const);
  return new Map(faults.filter(([, found]) => found.length > 0));
}

function faultsIn(item: CartItem, { items }: Cart, valid: FoundPrices): readonly ItemFault[] {
  const { priceId } = item.price;
  if (item.itemType === 'EXTERNAL' || priceId === undefined) return [];
  const problem = priceProblem(item, valid);
  const product = productOf(item);
  const ids = new Set(
    items.flatMap((other) =>
      product !== undefined && other.itemType === 'INTERNAL' && productOf(other) === product
        ? (other.price.priceId ?? [])
        : [],
    ),
  );
  return [
    ...(problem === undefined ? [] : [fault('CART-ITEM-UNIT-PRICE-100001', problem)]),
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

function priceProblem(item: CartItem, { byItem, mode }: FoundPrices): string | undefined {
  const { priceId } = item.price;
  const match = byItem.get(item.id);
  if (!match) return `The price '${priceId}' of this item no longer applies`;
  if (mode === 'given') return undefined;
  if (!isForItem(match, item)) return `The price '${priceId}' is for another product`;
  const due = toCartPrice(match, item.price);
  if (samePrice(item.price, due)) return undefined;
  return `The price '${priceId}' is ${saidOf(due)} now, but the item has ${saidOf(item.price)}: refresh the cart`;
}

function saidOf({ effectiveAmount, currency, measurementUnit }: CartPrice): string {
  const { quantity = 1, unitCode = '' } = measurementUnit ?? {};
  return `${effectiveAmount} ${currency} for ${String(quantity)} ${String(unitCode)}`.trim();
}

const fault = (errorCode: ItemFault['errorCode'], message: string): ItemFault => ({
  errorCode,
  message,
  field: 'items.unitPrice',
});

function withPrice(item: CartItem, match: MatchedPrice | undefined, mode: CartPrices): CartItem {
  if (!match) return item;
  const price = toCartPrice(match, item.price);
  const same = mode === 'checked' ? samePrice(item.price, price) : sameAmounts(item.price, price);
  return same ? item : { ...item, price, extra: withoutAmounts(item.extra) };
}
