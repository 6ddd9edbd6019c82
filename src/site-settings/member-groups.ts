/** The groups of a customer, for sites that are kept for groups. Implemented by `customer/`, which may not be imported here. */
export abstract class MemberGroups {
  /** @returns an empty list for a guest, and for a customer who does not exist */
  abstract of(tenant: string, customerId: string | undefined): Promise<readonly string[]>;
}
