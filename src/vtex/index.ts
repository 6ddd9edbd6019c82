export { AppTroubleCounter } from './sessions/app-troubles.js';
export { SessionCookies } from './sessions/session-cookies.js';
export { TenantPages } from './tenant-pages.js';
export { VtexModule } from './vtex.module.js';
