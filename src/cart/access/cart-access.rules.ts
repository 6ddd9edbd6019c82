import type { Session } from '../../session/session.types.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { isOfSession } from '../caller/cart-owner.rules.js';
import type { Cart } from '../cart.types.js';

export type Access =
  | 'granted'
  /** The shopper's own cart that still belongs to the session, because a login failed to move it. */
  | 'left-behind'
  | 'forbidden'
  | 'not-found';

/**
 * Decides whether the caller may open the cart. A shopper may open their own carts. A service may open any open cart
 * of its tenant whose session is alive (W-52, C-08, D-02); for a cart that is `sessionValidated`, it must send that
 * cart's session id (W-49).
 * @param ownerLives false when the cart belongs to a session that is no longer alive
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
 * Decides whether the caller may merge `source` into a customer's cart (W-53). The id of an anonymous cart is enough,
 * whatever its session, unless the cart is `sessionValidated` (W-49, F-07). A guest's cart that a login has made this
 * customer's own may be merged too.
 * @param lives false when the source belongs to a session that is no longer alive
 * @returns 'merged' when the source is part of the target already
 */
export function mergeability(
  source: Cart,
  target: Cart,
  caller: CartCaller,
  lives: boolean,
): 'mergeable' | 'merged' | 'forbidden' | 'not-anonymous' {
  const { owner } = source;
  if (source.mergedInto?.cartId === target.id) return 'merged';
  // Storefronts fetch the guest's cart and then merge it, but the login has made it the customer's by then (F-07).
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
