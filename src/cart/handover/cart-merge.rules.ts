import { InvalidInput } from '../../shared/domain-error.js';
import { CartNotFound } from '../cart.errors.js';
import { expectLines, expectSize, revised } from '../cart.rules.js';
import type { Cart, CartItem, CartLimits, IncomingCart } from '../cart.types.js';
import { expectQuantity, joined, joins } from '../lines/cart-items.rules.js';
import { atItsPrice, atItsPriceIfAny, type LinePrices } from '../lines/cart-line-prices.rules.js';
import { type CalculationInputs, withThoseThatCount } from '../totals/cart-discounts.rules.js';

/** How long a merged cart is kept, so that a repeated merge request is recognised as such. */
const KEPT_MERGED_MS = 24 * 3_600_000;

/**
 * Returns the ids of the prices that the incoming lines may need. A target line that one of them joins has the same
 * id.
 */
export const priceIdsOf = (incoming: readonly Pick<IncomingCart, 'items'>[]): readonly string[] =>
  incoming.flatMap(({ items }) =>
    items.flatMap(({ itemType, price: { priceId } }) =>
      itemType === 'INTERNAL' && priceId !== undefined ? [priceId] : [],
    ),
  );

/**
 * Notes carts as incoming in the target, at the target's prices. Readers see no difference yet.
 * @param prices must cover the incoming lines
 * @throws CartNotFound - the target is closed
 * @throws InvalidInput | TooLarge - the lines do not fit into the target, or a price does not apply there
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
 * Ends the merges that have an outcome. Lines of sources that were closed are moved in; lines of other sources are not.
 * Discount codes come along if they are valid for the cart with all its lines.
 * @param outcomes by `mergeId`; a merge without an outcome stays incoming
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
 * Joins lines of the same product and price, and appends the others with new ids of this cart.
 * @param priced returns the line at the price for its quantity
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

/** Reports a refused price as a problem of the merge request's `carts` field, not of a line. @throws InvalidInput */
function refusedAsCart(
  { cartId }: Pick<IncomingCart, 'cartId'>,
  { id }: CartItem,
  price: () => CartItem,
): CartItem {
  try {
    return price();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw InvalidInput.of('carts', `item ${id} of cart ${cartId} can't be merged: ${error.message}`);
  }
}
