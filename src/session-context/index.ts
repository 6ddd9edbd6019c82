export { SessionContextDto, toSessionContextDto } from './dto/session-context.dto.js';
export { UpdateOwnContextDto } from './dto/update-context.dto.js';
export { OpenCarts } from './open-carts.js';
export { SessionContextModule } from './session-context.module.js';
