import { holdsScope, type Principal } from '../auth/index.js';

/** Shoppers never do; a service token by its scope (W-57). */
export const mayManageSites = (caller: Principal): boolean =>
  caller.kind === 'service' && holdsScope(caller.scopes, 'site.site_manage');
