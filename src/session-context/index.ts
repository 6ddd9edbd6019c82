export { OpenCarts } from './open-carts.js';
export { SessionContextModule } from './session-context.module.js';
