import type { Filter } from '../../shared/filter/filter.types.js';
import type { CartCaller, ShopperCaller } from '../caller/cart-caller.types.js';
import { ownerOf } from '../caller/cart-owner.rules.js';

export const isCustomers = (caller: CartCaller): caller is ShopperCaller =>
  caller.kind === 'shopper' && caller.session.customerId !== undefined;

/**
 * Limits a search to what the caller may find: a shopper's own open carts (W-52, C-08); for a service, all carts of its
 * tenant except those that are `sessionValidated` (W-49).
 */
export function findable(caller: CartCaller): Filter {
  if (caller.kind === 'service') return [{ op: 'eq', path: 'sessionValidated', value: false }];
  const owner = ownerOf(caller.session);
  const own =
    owner.kind === 'customer'
      ? ({ op: 'eq', path: 'owner.customerId', value: owner.customerId } as const)
      : ({ op: 'eq', path: 'owner.sessionId', value: owner.sessionId } as const);
  return [own, { op: 'eq', path: 'status', value: 'OPEN' }];
}
