export { CartModule } from './cart.module.js';
export { CartAtLoginService } from './cart-at-login.service.js';
export { CartReaper } from './cart-reaper.service.js';
export { CartRepository } from './cart.repository.js';
export { CartService } from './cart.service.js';
export { UsableCarts } from './usable-carts.service.js';
export { LoginCartFailures } from './login-cart-failures.js';
export type * from './cart.types.js';
