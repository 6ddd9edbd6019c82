export { CustomerLoginModule } from './customer-login.module.js';
