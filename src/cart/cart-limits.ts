import type { Config } from '../config/config.schema.js';
import type { CartLimits } from './cart.types.js';

export const cartLimits = ({ MAX_OPEN_CARTS, MAX_CART_LINES, MAX_CART_BYTES }: Config): CartLimits => ({
  open: MAX_OPEN_CARTS,
  lines: MAX_CART_LINES,
  bytes: MAX_CART_BYTES,
});
