import { eventsOf } from '../../events/event.rules.js';
import type { EventType, StoredEvent } from '../../events/event.types.js';
import type { Cart } from '../cart.types.js';
import { calculate, type CalculationInputs } from '../totals/cart-discounts.rules.js';

/** What a cart is calculated with, as read before the write, and the site that it was read for. */
export interface TotalInputs extends CalculationInputs {
  readonly siteCode: string;
}

/**
 * Returns the event of a write of a cart, if its content changed.
 * @param inputs absent if the total is not known
 */
export function eventsOfCart(
  before: Cart | undefined,
  after: Cart | undefined,
  now: Date,
  inputs?: TotalInputs,
): readonly StoredEvent[] {
  const type = typeOf(before, after);
  const cart = after ?? before;
  if (!type || !cart) return [];
  const { tenant, id, siteCode, currency, items, createdAt, version } = cart;
  const write = { tenant, subject: id, createdAt, revision: after ? version : version + 1, time: now };
  const total = inputs && totalOf(cart, inputs);
  const data = { cartId: id, siteCode, currency, items: items.length, ...(total !== undefined && { total }) };
  const sessionId = cart.owner.kind === 'session' ? cart.owner.sessionId : cart.sessionId;
  return eventsOf(write, [{ type, data, ...(sessionId !== undefined && { sessionId }) }]);
}

/** A cart that is erased after it was closed tells nothing more. */
function typeOf(before: Cart | undefined, after: Cart | undefined): EventType | undefined {
  if (!before) return 'onesession.cart.created';
  if (!after) return before.status === 'OPEN' ? 'onesession.cart.closed' : undefined;
  if (after.version === before.version) return undefined;
  if (after.status === before.status || after.status === 'OPEN') return 'onesession.cart.changed';
  return after.mergedInto ? 'onesession.cart.merged' : 'onesession.cart.closed';
}

/** A code or a site that the write itself brought was not read. */
function totalOf(cart: Cart, inputs: TotalInputs): number | undefined {
  const isKnown = (code: string): boolean => inputs.codes.some((one) => one.code === code);
  if (cart.siteCode !== inputs.siteCode || !(cart.discounts ?? []).every(({ code }) => isKnown(code)))
    return undefined;
  return calculate(cart, inputs).totals.finalPrice.grossValue;
}
