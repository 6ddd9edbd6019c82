export { KeyAdminModule } from './key-admin.module.js';
