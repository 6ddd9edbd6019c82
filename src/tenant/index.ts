export { TenantModule } from './tenant.module.js';
export { TenantDeletionRepository } from './tenant-deletion.repository.js';
export type { TenantDeletion } from './tenant-deletion.types.js';
export { TenantRecords } from './tenant-records.repository.js';
export { TenantRepository } from './tenant.repository.js';
export { type SignUpSettings, TenantService } from './tenant.service.js';
export type {
  CartAtLogin,
  CartPrices,
  IdentityProvider,
  PasswordRetention,
  Tenant,
  TenantSettings,
  VtexTenantSettings,
} from './tenant.types.js';
