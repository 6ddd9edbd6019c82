/** Tells which carts a context may name (F-12). `cart/` implements it, because it may not be imported here. */
export abstract class OpenCarts {
  /** @returns false if the cart is unknown or closed, or its session has ended */
  abstract isOpen(tenant: string, cartId: string): Promise<boolean>;
}
