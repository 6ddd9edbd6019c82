import type { Session } from '../../session/session.types.js';
import { Forbidden } from '../../shared/domain-error.js';
import type { Cart, CartOwner } from '../cart.types.js';

/** Returns who owns the carts that are created in this session. */
export const ownerOf = ({ sessionId, customerId }: Session): CartOwner =>
  customerId === undefined ? { kind: 'session', sessionId } : { kind: 'customer', customerId };

export const customerIdOf = (owner: CartOwner): string | undefined =>
  owner.kind === 'customer' ? owner.customerId : undefined;

export const isOfSession = ({ owner }: Cart, sessionId: string): boolean =>
  owner.kind === 'session' && owner.sessionId === sessionId;

/** Accepts any customer for an anonymous shopper, whose carts belong to the session. @throws Forbidden - another one */
export function expectOwnCustomer({ customerId: own }: Session, named: string | undefined): void {
  if (own === undefined || named === undefined || named === own) return;
  throw new Forbidden('customerId is not the customer of this session');
}
