import type { CustomerRepository } from '../customer/index.js';
import { audienceOf } from './price.rules.js';

/** Returns the principal keys whose prices apply to this customer: the customer's own, and those of their groups. */
export async function audienceOfCustomer(
  customers: CustomerRepository,
  tenant: string,
  customerId: string | undefined,
): Promise<readonly string[]> {
  if (customerId === undefined) return [];
  const customer = await customers.find(tenant, customerId);
  return audienceOf(customerId, customer?.groups ?? []);
}
