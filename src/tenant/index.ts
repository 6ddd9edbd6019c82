export { TenantModule } from './tenant.module.js';
export { TenantRepository } from './tenant.repository.js';
export { type AnonymousLifetime, TenantService } from './tenant.service.js';
export type {
  CartAtLogin,
  CartPrices,
  IdentityProvider,
  Tenant,
  TenantSettings,
  VtexTenantSettings,
} from './tenant.types.js';
