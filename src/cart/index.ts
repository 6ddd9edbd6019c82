export { CartModule } from './cart.module.js';
export { CartReaper } from './cart-reaper.service.js';
export { CartRepository } from './cart.repository.js';
export { CartService } from './cart.service.js';
export type * from './cart.types.js';
