export { SessionAdminModule } from './session-admin.module.js';
export { SessionDirectory } from './session-directory.repository.js';
