export { CustomerAdminModule } from './customer-admin.module.js';
export { ErasureService } from './erasure.service.js';
