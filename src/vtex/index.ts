export { accountsNamed } from './caller/account.rules.js';
export { ImpersonationRepository } from './impersonation/impersonation.repository.js';
export type { Impersonation } from './impersonation/impersonation.types.js';
export { AppTroubleCounter } from './sessions/app-troubles.js';
export { SessionCookies } from './sessions/session-cookies.js';
export { withWholeToken } from './values/segment-path.rules.js';
export { TenantPages } from './caller/tenant-pages.js';
export { VtexModule } from './vtex.module.js';
