export { TenantAdminModule } from './tenant-admin.module.js';
export { TenantDeletionService } from './tenant-deletion.service.js';
