import type { CustomerRepository } from '../customer/index.js';
import { audienceOf } from './price.rules.js';

/** Keys of what a price can be for, so that it is for this customer: the customer, and each of its groups. */
export async function audienceOfCustomer(
  customers: CustomerRepository,
  tenant: string,
  customerId: string | undefined,
): Promise<readonly string[]> {
  if (customerId === undefined) return [];
  const customer = await customers.find(tenant, customerId);
  return audienceOf(customerId, customer?.groups ?? []);
}
