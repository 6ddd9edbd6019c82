export { BootstrapModule } from './bootstrap.module.js';
export { BootstrapService } from './bootstrap.service.js';
export type { Bootstrap } from './bootstrap.schema.js';
export { readBootstrap } from './read-bootstrap.js';
