import { InvalidInput } from '../../shared/domain-error.js';
import { CartNotFound } from '../cart.errors.js';
import { expectLines, expectSize, revised } from '../cart.rules.js';
import type { Cart, CartItem, CartLimits, IncomingCart } from '../cart.types.js';
import { expectQuantity, joined, joins } from '../lines/cart-items.rules.js';
import { atItsPrice, atItsPriceIfAny, type LinePrices } from '../lines/cart-line-prices.rules.js';
import { type CalculationInputs, withThoseThatCount } from '../totals/cart-discounts.rules.js';

/** How long a merged cart can still be told from one that never was, by those who repeat the merge. */
const KEPT_MERGED_MS = 24 * 3_600_000;

/** Ids of the prices that incoming lines may need; a line of the target that one joins has the same. */
export const priceIdsOf = (incoming: readonly Pick<IncomingCart, 'items'>[]): readonly string[] =>
  incoming.flatMap(({ items }) =>
    items.flatMap(({ itemType, price: { priceId } }) =>
      itemType === 'INTERNAL' && priceId !== undefined ? [priceId] : [],
    ),
  );

/**
 * These are to come into the cart, at the prices that hold there. Nobody sees a difference yet.
 * @param prices they cover the lines that come
 * @throws CartNotFound - it is closed; InvalidInput | TooLarge - they do not fit in, or a price does not apply there
 */
export function announced(
  target: Cart,
  coming: readonly IncomingCart[],
  prices: LinePrices,
  limits: CartLimits,
): Cart {
  if (target.status !== 'OPEN') throw new CartNotFound(target.id);
  const incoming = coming.map((cart) => ({
    ...cart,
    items: cart.items.map((item) => refusedAsCart(cart, item, () => atItsPrice(item, prices))),
  }));
  const next = { ...target, incoming: [...(target.incoming ?? []), ...incoming] };
  const lines = next.incoming.reduce<Cart>(
    (sum, cart) =>
      withLines(sum, cart.items, (line) => refusedAsCart(cart, line, () => expectQuantity(line))),
    target,
  ).items;
  expectLines(lines.length, limits, 'carts');
  return expectSize(next, limits);
}

/** Closes the source for this merge. Returns it unchanged if it was closed or changed since it was read. */
export function closedFor(
  source: Cart,
  targetId: string,
  { mergeId, version }: IncomingCart,
  now: Date,
): Cart {
  if (source.status !== 'OPEN' || source.version !== version) return source;
  const reviewAt = new Date(now.getTime() + KEPT_MERGED_MS);
  return revised({ ...source, status: 'CLOSED', mergedInto: { cartId: targetId, mergeId }, reviewAt }, now);
}

/**
 * What was announced is over: the lines of carts that were closed for it are in, those of the others are not. Of
 * their discount codes those are in that count for all lines together.
 * @param outcomes by `mergeId`; what has none yet goes on waiting
 */
export function settled(
  target: Cart,
  outcomes: ReadonlyMap<string, 'closed' | 'not-closed'>,
  inputs: CalculationInputs,
  prices: LinePrices,
): Cart {
  const { incoming = [], ...kept } = target;
  const due = incoming.filter(({ mergeId }) => outcomes.has(mergeId));
  if (due.length === 0) return target;
  const waiting = incoming.filter(({ mergeId }) => !outcomes.has(mergeId));
  const arrived = due.filter(({ mergeId }) => outcomes.get(mergeId) === 'closed');
  const whole = arrived.reduce<Cart>(
    (sum, { items }) => withLines(sum, items, (line) => atItsPriceIfAny(line, prices)),
    kept,
  );
  const codes = arrived.flatMap(({ discounts = [] }) => discounts);
  const merged = withThoseThatCount(whole, codes, inputs);
  const next = waiting.length === 0 ? merged : { ...merged, incoming: waiting };
  return arrived.length === 0 ? next : revised(next, inputs.now);
}

/**
 * Lines of the same product and price join, the others come behind, under ids of this cart.
 * @param priced gives a line the price of its quantity
 */
const withLines = (cart: Cart, items: readonly CartItem[], priced: (line: CartItem) => CartItem): Cart =>
  items.reduce((sum, item) => withLine(sum, item, priced), cart);

function withLine(cart: Cart, item: CartItem, priced: (line: CartItem) => CartItem): Cart {
  const line = cart.items.find((other) => joins(other, item));
  if (!line) {
    const { nextItemId } = cart;
    const items = [...cart.items, priced({ ...item, id: String(nextItemId) })];
    return { ...cart, items, nextItemId: nextItemId + 1 };
  }
  const sum = priced(joined(line, item));
  return { ...cart, items: cart.items.map((other) => (other.id === line.id ? sum : other)) };
}

/** Who merges named the cart, not the field of a line. @throws InvalidInput */
function refusedAsCart(
  { cartId }: Pick<IncomingCart, 'cartId'>,
  { id }: CartItem,
  price: () => CartItem,
): CartItem {
  try {
    return price();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw InvalidInput.of('carts', `the item ${id} of ${cartId} can't come in: ${error.message}`);
  }
}
