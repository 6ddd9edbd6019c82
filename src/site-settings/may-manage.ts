import { holdsScope, type Principal } from '../auth/index.js';

/** Tells whether the caller may manage sites: only a service with the scope (W-57). */
export const mayManageSites = (caller: Principal): boolean =>
  caller.kind === 'service' && holdsScope(caller.scopes, 'site.site_manage');
