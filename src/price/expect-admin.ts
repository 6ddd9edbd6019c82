import { holdsScope, type ServicePrincipal } from '../auth/index.js';
import { Forbidden } from '../shared/domain-error.js';

const ADMIN_SCOPE = 'price.pricemodel_manage_admin';

/** Deleting a price model together with its prices is for administrators. @throws Forbidden (C-05) */
export function expectAdmin({ scopes }: ServicePrincipal): void {
  if (holdsScope(scopes, ADMIN_SCOPE)) return;
  throw new Forbidden('forceDelete is for administrators', [`missing scope: ${ADMIN_SCOPE}`]);
}
