export { CustomerAdminModule } from './customer-admin.module.js';
export { ErasureRepository } from './erasure.repository.js';
export { ErasureService } from './erasure.service.js';
export { Overwriter } from './overwriter.js';
