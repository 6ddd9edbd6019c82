import { InvalidInput, TooLarge } from '../../shared/domain-error.js';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.js';
import { MAX_AMOUNT, sumOf } from '../../shared/money.js';
import { CartItemNotFound, missingExternalScope } from '../cart.errors.js';
import { expectLines } from '../cart.rules.js';
import type { Cart, CartItem, CartLimits, CartPrice } from '../cart.types.js';
import {
  atItsPrice,
  type LinePrices,
  OF_WHOLE_LINE,
  productOf,
  withoutAmountsOfUnit,
} from './cart-line-prices.rules.js';

/** An item as a client sends it. */
export interface ItemDraft {
  readonly itemYrn?: string;
  readonly itemType: CartItem['itemType'];
  readonly keepAsSeparateLineItem: boolean;
  readonly quantity: number;
  readonly price: CartPrice;
  readonly extra: JsonObject;
}

export type ItemChanges = Partial<Omit<ItemDraft, 'keepAsSeparateLineItem'>> & { readonly extra: JsonObject };

/** Whether the caller may set prices, products, fees and discounts that come from outside. */
export interface ItemRights {
  readonly external: boolean;
}

/** Limit for the JSON that a client sends with one item, besides its quantity and price. */
const MAX_EXTRA_BYTES = 64 * 1024;

/** These override what would be calculated, so only a backend may send them. */
const OVERRULING = ['externalFees', 'externalDiscounts', ...OF_WHOLE_LINE];

/** What the price of an external line was quoted for, besides the fields above. */
const PRICED = ['product', 'tax', 'taxCode'];

export const itemYrn = ({ tenant, id }: Pick<Cart, 'tenant' | 'id'>, itemId: string): string =>
  `urn:yaas:saasag:cart:cartitem:${tenant};${id};${itemId}`;

/** @throws CartItemNotFound */
function itemOf(cart: Cart, itemId: string): CartItem {
  const item = cart.items.find(({ id }) => id === itemId);
  if (!item) throw new CartItemNotFound(cart.id, itemId);
  return item;
}

export interface WithItem {
  readonly cart: Cart;
  readonly itemId: string;
}

/** What a change of items depends on, besides the cart. */
export interface ItemTerms {
  readonly rights: ItemRights;
  /** Must cover the lines that change. */
  readonly prices: LinePrices;
  readonly limits: CartLimits;
}

/** Returns the ids of the prices that the line of a new item may need. */
export const priceIdsOfDraft = ({ itemType, price: { priceId } }: ItemDraft): readonly string[] =>
  itemType === 'INTERNAL' && priceId !== undefined ? [priceId] : [];

/** Returns the ids of the prices that a changed item may need. */
export function priceIdsOfChange(cart: Cart, itemId: string, changes: ItemChanges): readonly string[] {
  const line = cart.items.find(({ id }) => id === itemId);
  const priceId = changes.price ? changes.price.priceId : line?.price.priceId;
  return (changes.itemType ?? line?.itemType) === 'INTERNAL' && priceId !== undefined ? [priceId] : [];
}

/**
 * Adds an item. The same product at the same price joins the existing line, unless one of the two is to stay separate.
 * The caller checks the size of the whole cart.
 * @throws InvalidInput | TooLarge | Forbidden
 */
export function withItem(cart: Cart, draft: ItemDraft, terms: ItemTerms): WithItem {
  const { rights, prices, limits } = terms;
  if (!rights.external && isExternal(draft)) throw missingExternalScope();
  expectCurrencyOfLine(cart, draft.extra);
  const sent = believed(draft.extra, terms);
  const stated = { ...draft, extra: withQuantityOfLine(sent, draft.quantity) };
  const line = cart.items.find((item) => joins(item, draft));
  const next = line ? joined(line, stated) : { ...stated, id: String(cart.nextItemId) };
  const item = expectItem(cart, atItsPrice(expectQuantity(next), prices));
  if (line) return { cart: replaced(cart, item), itemId: line.id };
  expectLines(cart.items.length + 1, limits, 'items');
  const longer = { ...cart, items: [...cart.items, item], nextItemId: cart.nextItemId + 1 };
  return { cart: longer, itemId: item.id };
}

/**
 * Changes a line. Product, quantity and price are always needed, so they keep their value in either mode when they are
 * absent. A change of quantity or product gets the price that applies to it (F-02). The caller checks the size of
 * the whole cart.
 * @param mode `merge` keeps other absent fields, `replace` drops them
 * @throws CartItemNotFound | InvalidInput | TooLarge | Forbidden
 */
export function withChangedItem(
  cart: Cart,
  itemId: string,
  { extra, ...changes }: ItemChanges,
  mode: 'merge' | 'replace',
  terms: ItemTerms,
): Cart {
  const { rights, prices } = terms;
  const current = itemOf(cart, itemId);
  const item = { ...current, ...defined(changes) };
  if (!rights.external && changesExternal(current, item, extra)) throw missingExternalScope();
  expectCurrencyOfLine(cart, extra);
  const sent = believed(extra, terms);
  const stated = rights.external ? withQuantityOfLine(sent, item.quantity) : sent;
  const fixed = rights.external ? {} : externalPartOf(current);
  const kept = mode === 'merge' ? current.extra : {};
  const next = { ...item, extra: { ...kept, ...stated, ...fixed } };
  const isRepriced = changes.price !== undefined || costsOtherwise(current, next);
  return replaced(cart, expectItem(cart, isRepriced ? atItsPrice(next, prices) : next));
}

const costsOtherwise = (current: CartItem, next: CartItem): boolean =>
  current.quantity !== next.quantity ||
  current.itemType !== next.itemType ||
  productOf(current) !== productOf(next);

/** Drops a shopper's claim about whether one of our prices is gross or net. */
const believed = (extra: JsonObject, { rights, prices }: ItemTerms): JsonObject =>
  prices === 'given' || rights.external ? extra : withoutAmountsOfUnit(extra);

/** @throws CartItemNotFound */
export function withoutItem(cart: Cart, itemId: string): Cart {
  const { id } = itemOf(cart, itemId);
  return { ...cart, items: cart.items.filter((item) => item.id !== id) };
}

/** Returns the cart unchanged when it has no items. New items get ids that were not used before. */
export const withoutItems = (cart: Cart): Cart => (cart.items.length === 0 ? cart : { ...cart, items: [] });

/** Tells whether an item joins a line. An external line without a price id never joins another. */
export function joins(item: CartItem, draft: ItemDraft): boolean {
  if (item.keepAsSeparateLineItem || draft.keepAsSeparateLineItem) return false;
  if (item.itemType !== draft.itemType || draft.itemYrn === undefined || draft.price.priceId === undefined)
    return false;
  return item.itemYrn === draft.itemYrn && item.price.priceId === draft.price.priceId;
}

/** Adds up the quantities. Price and product data come from the newer of the two. */
export const joined = (line: CartItem, draft: ItemDraft): CartItem => ({
  ...line,
  quantity: sumOf([line.quantity, draft.quantity]),
  price: draft.price,
  extra: { ...line.extra, ...draft.extra },
});

const isExternal = ({ itemType, extra }: ItemDraft): boolean =>
  itemType === 'EXTERNAL' || OVERRULING.some((field) => extra[field] !== undefined);

/** Tells whether the change touches external data. Sending back what was read is not a change. */
function changesExternal(current: CartItem, next: CartItem, sent: JsonObject): boolean {
  const differs = (field: string) =>
    sent[field] !== undefined && statedText(sent[field]) !== statedText(current.extra[field]);
  if (OVERRULING.some(differs)) return true;
  if (current.itemType === 'INTERNAL' && next.itemType === 'INTERNAL') return false;
  const same = current.itemType === next.itemType && current.itemYrn === next.itemYrn;
  return !same || !samePrice(current.price, next.price) || PRICED.some(differs);
}

const samePrice = (a: CartPrice, b: CartPrice): boolean =>
  a.priceId === b.priceId &&
  a.originalAmount === b.originalAmount &&
  a.effectiveAmount === b.effectiveAmount &&
  JSON.stringify(a.measurementUnit) === JSON.stringify(b.measurementUnit);

/** Returns the external data of a line, which a shopper can't remove by leaving it out. */
function externalPartOf({ itemType, extra }: CartItem): JsonObject {
  const fields = itemType === 'EXTERNAL' ? [...OVERRULING, ...PRICED] : OVERRULING;
  return Object.fromEntries(Object.entries(extra).filter(([field]) => fields.includes(field)));
}

/** Checks a quantity, including the sum of two joined lines (F-08). @throws InvalidInput */
export function expectQuantity<T extends Pick<CartItem, 'quantity'>>(line: T): T {
  if (line.quantity <= MAX_AMOUNT) return line;
  throw InvalidInput.of(
    'quantity',
    `the line would have ${line.quantity} units: the maximum is ${MAX_AMOUNT}`,
  );
}

/** Checks the price of a whole line, which replaces what would be calculated. @throws InvalidInput */
function expectCurrencyOfLine(cart: Cart, { linePrice }: JsonObject): void {
  const currency = isJsonObject(linePrice) ? linePrice['currency'] : undefined;
  if (currency !== undefined && currency !== cart.currency)
    throw InvalidInput.of('linePrice.currency', `must be ${cart.currency}, the currency of the cart`);
}

function expectItem(cart: Cart, item: CartItem): CartItem {
  if (item.price.currency !== cart.currency) {
    throw InvalidInput.of('price.currency', `must be ${cart.currency}, the currency of the cart`);
  }
  if (item.itemType === 'INTERNAL' && item.price.priceId === undefined) {
    throw InvalidInput.of('price.priceId', 'must name the price, unless itemType is EXTERNAL');
  }
  const bytes = Buffer.byteLength(JSON.stringify(item.extra));
  if (bytes <= MAX_EXTRA_BYTES) return item;
  throw new TooLarge(`The item has ${bytes} bytes: the maximum for one item is ${MAX_EXTRA_BYTES}`);
}

const replaced = (cart: Cart, next: CartItem): Cart => ({
  ...cart,
  items: cart.items.map((item) => (item.id === next.id ? next : item)),
});

/** Stores the quantity with a price or tax of the whole line, because they are valid for that quantity only. */
function withQuantityOfLine(extra: JsonObject, quantity: number): JsonObject {
  const given = OF_WHOLE_LINE.flatMap((field) => {
    const value = extra[field];
    return isJsonObject(value) ? [[field, { ...value, quantity }] as const] : [];
  });
  return { ...extra, ...Object.fromEntries(given) };
}

/** Returns what a caller stated, without the quantity that we added. */
function statedText(value: Json | undefined): string | undefined {
  if (!isJsonObject(value)) return JSON.stringify(value);
  const { quantity: _ours, ...stated } = value;
  return JSON.stringify(stated);
}

function defined(changes: Omit<ItemChanges, 'extra'>): Omit<ItemChanges, 'extra'> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
