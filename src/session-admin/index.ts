export { SessionAdminModule } from './session-admin.module.js';
export { JobRunner } from './jobs/job.runner.js';
