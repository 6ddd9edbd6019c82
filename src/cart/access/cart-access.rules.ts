import type { Session } from '../../session/session.types.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { isOfSession } from '../caller/cart-owner.rules.js';
import type { Cart } from '../cart.types.js';

export type Access =
  | 'granted'
  /** The shopper's own, but still its session's: a login that was cut short did not move it. */
  | 'left-behind'
  | 'forbidden'
  | 'not-found';

/**
 * A shopper may open their own carts. A service may open any open cart of its tenant whose session is alive
 * (W-52, C-08, D-02), and names the session of one that asks for it (W-49).
 * @param ownerLives false when the cart is of a session that is not alive
 */
export function accessTo(cart: Cart, caller: CartCaller, ownerLives: boolean): Access {
  if (cart.status === 'CLOSED') return 'not-found';
  if (caller.kind === 'shopper') return shopperAccess(cart, caller.session);
  if (cart.owner.kind === 'customer') return 'granted';
  if (!ownerLives) return 'not-found';
  return opensFor(cart, cart.owner.sessionId, caller) ? 'granted' : 'forbidden';
}

function shopperAccess(cart: Cart, { sessionId, customerId }: Session): Access {
  if (isOfSession(cart, sessionId)) return customerId === undefined ? 'granted' : 'left-behind';
  return cart.owner.kind === 'customer' && cart.owner.customerId === customerId ? 'granted' : 'not-found';
}

/**
 * An anonymous cart goes into a customer's (W-53): knowing its id is enough to merge it, from any session, unless it
 * answers only to calls with its session id (W-49, F-07). So does one that a login has made the customer's own.
 * @param lives false when it is of a session that is not alive
 * @returns 'merged': it is in there already
 */
export function mergeability(
  source: Cart,
  target: Cart,
  caller: CartCaller,
  lives: boolean,
): 'mergeable' | 'merged' | 'forbidden' | 'not-anonymous' {
  const { owner } = source;
  if (source.mergedInto?.cartId === target.id) return 'merged';
  // The guest's cart became the customer's with the login: storefronts fetch, then merge (F-07).
  if (source.id === target.id) return source.wasGuests ? 'merged' : 'not-anonymous';
  if (owner.kind === 'session' && !opensFor(source, owner.sessionId, caller)) return 'forbidden';
  if (source.status === 'CLOSED' || !lives) return 'not-anonymous';
  if (owner.kind === 'customer') {
    const own = target.owner.kind === 'customer' && target.owner.customerId === owner.customerId;
    return own && source.wasGuests ? 'mergeable' : 'not-anonymous';
  }
  return 'mergeable';
}

const opensFor = ({ sessionValidated }: Cart, sessionId: string, caller: CartCaller): boolean =>
  !sessionValidated || (caller.kind === 'shopper' ? caller.session : caller).sessionId === sessionId;
