import { TooLarge } from '../shared/domain-error.js';
import type { Customer } from './customer.types.js';

const sizeOf = (customer: Customer): number => Buffer.byteLength(JSON.stringify(customer));

/**
 * Limits the size of the whole record. Each part of a customer has its own limit, but a hundred addresses with mixins
 * could still add up to megabytes. A record that is already too large may become smaller.
 * @throws TooLarge
 */
export function expectCustomerSize(before: Customer, next: Customer, limit: number): Customer {
  const bytes = sizeOf(next);
  if (bytes <= limit || bytes < sizeOf(before)) return next;
  throw new TooLarge(
    `The profile with its addresses would have ${bytes} bytes; the limit is ${limit} (MAX_CUSTOMER_BYTES)`,
  );
}
