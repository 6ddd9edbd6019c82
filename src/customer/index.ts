export { CustomerRepository } from './customer.repository.js';
export type { Address, Customer } from './customer.types.js';
