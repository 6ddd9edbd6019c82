import { holdsScope, type ServicePrincipal } from '../auth/index.js';
import { Forbidden } from '../shared/domain-error.js';

const ADMIN_SCOPE = 'price.pricemodel_manage_admin';

/** Allows only administrators to delete a price model together with its prices (C-05). @throws Forbidden */
export function expectAdmin({ scopes }: ServicePrincipal): void {
  if (holdsScope(scopes, ADMIN_SCOPE)) return;
  throw new Forbidden('forceDelete is for administrators only', [`missing scope: ${ADMIN_SCOPE}`]);
}
