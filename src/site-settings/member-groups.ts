/**
 * Finds the groups of a customer, for sites that are restricted to groups. `customer/`, which can't be imported here,
 * implements it.
 */
export abstract class MemberGroups {
  /** @returns an empty list for a guest, and for a customer who does not exist */
  abstract of(tenant: string, customerId: string | undefined): Promise<readonly string[]>;
}
