export { ManagedCustomersModule } from './managed-customers.module.js';
