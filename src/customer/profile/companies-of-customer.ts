/** A legal entity that a customer is assigned to, and may act for. */
export interface CompanyOfCustomer {
  readonly id: string;
  readonly name: string;
  readonly contactAssignmentId: string;
}

/** Finds the legal entities of a customer. `client-management/`, which can't be imported here, implements it. */
export abstract class CompaniesOfCustomer {
  abstract of(tenant: string, customerId: string): Promise<readonly CompanyOfCustomer[]>;
}
