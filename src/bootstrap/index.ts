export { BootstrapModule } from './bootstrap.module.js';
export { BootstrapService } from './bootstrap.service.js';
export type { Bootstrap } from './bootstrap.schema.js';
export { type DemoClient, demoClientsOf } from './demo-clients.js';
export { readBootstrap } from './read-bootstrap.js';
export { isExposed, refusePublishedSecrets } from './published-secrets.js';
export { StoredDemoData } from './stored-demo-data.js';
