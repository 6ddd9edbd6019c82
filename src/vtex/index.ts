export { AppTroubleCounter } from './sessions/app-troubles.js';
export { VtexCors } from './vtex-cors.js';
export { VtexModule } from './vtex.module.js';
