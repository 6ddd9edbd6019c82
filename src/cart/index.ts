export { CartModule } from './cart.module.js';
export { CartAtLoginService } from './handover/cart-at-login.service.js';
export { ExpiredCartSweep } from './handover/expired-cart-sweep.service.js';
export { CartMoves, type MovedCart } from './repricing/cart-moves.service.js';
export { CartRepository } from './cart.repository.js';
export { CartService } from './carts/cart.service.js';
export { UsableCarts } from './access/usable-carts.service.js';
export { LoginCartFailures } from './handover/login-cart-failures.js';
export type * from './cart.types.js';
