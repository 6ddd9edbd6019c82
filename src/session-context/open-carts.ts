/** Which carts a context may name (F-12). Implemented by `cart/`, which may not be imported here. */
export abstract class OpenCarts {
  /** @returns false for a cart that is unknown or closed, or whose session is over */
  abstract isOpen(tenant: string, cartId: string): Promise<boolean>;
}
