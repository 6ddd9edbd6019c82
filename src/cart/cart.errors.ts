import { DomainError, type Forbidden, InsufficientScope, InvalidInput } from '../shared/domain-error.js';

/** There is none of that id, or it is closed, or not the caller's, or its session is over: one answer (W-52, C-08). */
export class CartNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(cartId: string) {
    super(`Cart with code ${cartId} not found.`);
  }
}

export class NoOpenCart extends DomainError {
  override readonly kind = 'not-found';

  constructor(siteCode: string) {
    super(`There is no open cart of these criteria at the site ${siteCode}`);
  }
}

export class CartItemNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(cartId: string, itemId: string) {
    super(`Cart item not found in cart ${cartId} with code ${itemId}`);
  }
}

/** One open cart per site, type, legal entity and owner (W-50). */
export class CartExists extends DomainError {
  override readonly kind = 'already-exists';
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(cartId?: string) {
    super('There is an open cart of this site, type, legal entity and owner: use or close that one');
    this.details = cartId === undefined ? {} : { cartId };
  }
}

/** Each takes room that is given back only when it is closed or deleted. */
export class TooManyCarts extends InvalidInput {
  constructor(limit: number) {
    const message = `there are ${limit} open carts of this owner, the most that one may have (MAX_OPEN_CARTS): close or delete one`;
    super([{ field: 'carts', message }]);
  }
}

/** A race that was lost: what the caller decided on is not there any more. */
export class CartConflict extends DomainError {
  override readonly kind = 'version-conflict';
}

export class DiscountNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(cartId: string, index: number) {
    super(`Discount not found in cart ${cartId} with index ${index}`);
  }
}

/** It is in the cart already, or one of the two does not go with others. */
export class DiscountConflict extends DomainError {
  override readonly kind = 'already-exists';
}

/** Prices, products, fees and discounts from outside are for backends only. */
export const EXTERNAL_SCOPE = 'cart.cart_manage_external_prices';

export const missingExternalScope = (): Forbidden => new InsufficientScope([EXTERNAL_SCOPE]);
