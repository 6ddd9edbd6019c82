export { SessionContextModule } from './session-context.module.js';
