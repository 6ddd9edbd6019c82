import type { Customer } from './customer.types.js';

/** Where customers are kept. An adapter must pass `test/contracts/customer.contract.ts`. */
export abstract class CustomerRepository {
  abstract find(tenant: string, id: string): Promise<Customer | undefined>;

  /** @param email in lower case */
  abstract findByEmail(tenant: string, email: string): Promise<Customer | undefined>;

  /** @returns false when the tenant has a customer with this e-mail: nothing was written. */
  abstract create(customer: Customer): Promise<boolean>;

  /**
   * One atomic read and write of one customer. `decide` may be called again when another writer was
   * faster, so it must be pure; what it throws is thrown here, and nothing is written. The e-mail may not change:
   * see `changeEmail`.
   * @returns what was written; undefined when there is no such customer
   */
  abstract change(
    tenant: string,
    id: string,
    decide: (current: Customer) => Customer,
  ): Promise<Customer | undefined>;

  /**
   * As `change`, for a customer whose record says `emailChange.newEmail`, and whose e-mail it is in what `decide`
   * returns. Of those who want an e-mail at once, by whatever way, one gets it.
   * @returns false when another customer has that e-mail, or there is no such customer: nothing was written
   */
  abstract changeEmail(
    tenant: string,
    id: string,
    newEmail: string,
    decide: (current: Customer) => Customer,
  ): Promise<boolean>;

  /**
   * Erases a customer, and that these e-mails are theirs. A customer that is gone already may have left such an e-mail.
   * @param emails in lower case: all that the record may have claimed
   */
  abstract remove(tenant: string, id: string, emails: readonly string[]): Promise<void>;
}
