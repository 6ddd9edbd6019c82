import { DomainError, type Forbidden, InsufficientScope, InvalidInput } from '../shared/domain-error.js';

/**
 * The cart does not exist, is closed, belongs to somebody else, or its session has ended. All give one answer, so that
 * it does not reveal which carts exist (W-52, C-08).
 */
export class CartNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(cartId: string) {
    super(`Cart with code ${cartId} not found.`);
  }
}

export class NoOpenCart extends DomainError {
  override readonly kind = 'not-found';

  /** @param type without one, only carts without a type are meant, as on the wire of Emporix */
  constructor(siteCode: string, type: string | undefined) {
    const kind = type === undefined ? 'without a type' : `of the type ${type}`;
    const hint = type === undefined ? '; one that has a type is found by `type`' : '';
    super(`No open cart ${kind} matches these criteria at the site ${siteCode}${hint}`);
  }
}

export class CartItemNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(cartId: string, itemId: string) {
    super(`Cart item not found in cart ${cartId} with code ${itemId}`);
  }
}

/** At most one cart may be open per site, type, legal entity and owner (W-50). */
export class CartExists extends DomainError {
  override readonly kind = 'already-exists';
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(readonly cartId?: string) {
    super('There is already an open cart for this site, type, legal entity and owner: use it or close it');
    this.details = cartId === undefined ? {} : { cartId };
  }
}

/** The owner has as many open carts as `MAX_OPEN_CARTS` allows. Closing or deleting one makes room. */
export class TooManyCarts extends InvalidInput {
  constructor(limit: number) {
    const message = `this owner has ${limit} open carts, the maximum (MAX_OPEN_CARTS): close or delete one`;
    super([{ field: 'carts', message }]);
  }
}

/** The caller lost a race: the cart that the decision was based on has changed. */
export class CartConflict extends DomainError {
  override readonly kind = 'version-conflict';
}

export class DiscountNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(cartId: string, index: number) {
    super(`Discount not found in cart ${cartId} with index ${index}`);
  }
}

/** The cart already has the code, or one of its codes and the new one can't be combined. */
export class DiscountConflict extends DomainError {
  override readonly kind = 'already-exists';
}

/** Only backends may set prices, products, fees and discounts that come from outside. */
export const EXTERNAL_SCOPE = 'cart.cart_manage_external_prices';

export const missingExternalScope = (): Forbidden => new InsufficientScope([EXTERNAL_SCOPE]);
