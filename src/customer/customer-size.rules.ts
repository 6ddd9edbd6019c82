import { TooLarge } from '../shared/domain-error.js';
import type { Customer } from './customer.types.js';

const sizeOf = (customer: Customer): number => Buffer.byteLength(JSON.stringify(customer));

/**
 * Each part of a customer has its own limit; a hundred addresses with mixins would still be megabytes. One that
 * is too large already may become smaller.
 * @throws TooLarge
 */
export function expectCustomerSize(before: Customer, next: Customer, limit: number): Customer {
  const bytes = sizeOf(next);
  if (bytes <= limit || bytes < sizeOf(before)) return next;
  throw new TooLarge(
    `The profile with its addresses would have ${bytes} bytes: at most ${limit} are kept (MAX_CUSTOMER_BYTES)`,
  );
}
