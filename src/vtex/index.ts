export { AppTroubleCounter } from './sessions/app-troubles.js';
export { SessionCookies } from './sessions/session-cookies.js';
export { VtexCors } from './vtex-cors.js';
export { VtexModule } from './vtex.module.js';
