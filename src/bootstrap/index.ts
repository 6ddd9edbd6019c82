export { BootstrapModule } from './bootstrap.module.js';
export { BootstrapService } from './bootstrap.service.js';
export type { Bootstrap, DeclaredTenant } from './bootstrap.schema.js';
export { type DemoClient, demoClientsOf } from './demo-clients.js';
export { readBootstrap } from './read-bootstrap.js';
export { isExposed, publishedOf, refusePublishedSecrets } from './published-secrets.js';
export { asSent, fieldOf, readSentSettings, readSentTenant, refuseExcess } from './sent-tenant.js';
export { StoredDemoData } from './stored-demo-data.js';
