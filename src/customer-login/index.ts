export { CustomerLoginModule } from './customer-login.module.js';
export { AnonymousTokenDto, toAnonymousTokenDto } from './dto/anonymous-login.dto.js';
export { deviceOf } from './own-sessions/device-name.js';
