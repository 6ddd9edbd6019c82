export { UcpModule } from './ucp.module.js';
