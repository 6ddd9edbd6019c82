import { emailSpellings } from '../shared/email.js';
import type { Customer } from './customer.types.js';

/** Where customers are kept. An adapter must pass `test/contracts/customer.contract.ts`. */
export abstract class CustomerRepository {
  abstract find(tenant: string, id: string): Promise<Customer | undefined>;

  /** @param email as it is stored: see `loginEmail` */
  abstract findByEmail(tenant: string, email: string): Promise<Customer | undefined>;

  /** Whom an e-mail logs in, however it is typed; also a customer whose e-mail was stored in an older spelling. */
  async findByLogin(tenant: string, typed: string): Promise<Customer | undefined> {
    for (const email of emailSpellings(typed)) {
      const found = await this.findByEmail(tenant, email);
      if (found) return found;
    }
    return undefined;
  }

  /**
   * @returns false when, at the time of `createdAt`, another customer of the tenant holds this e-mail (`emailsHeld`):
   *   nothing was written
   */
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
   * As `change`, for a customer whose record says `emailChange.newEmail` or holds that e-mail already, and whose e-mail
   * it is in what `decide` returns. Of those who want an e-mail at once, by whatever way, one gets it; what the customer
   * holds no longer is free for others.
   * @returns undefined when another customer holds that e-mail, or there is no such customer: nothing was written
   */
  abstract changeEmail(
    tenant: string,
    id: string,
    newEmail: string,
    now: Date,
    decide: (current: Customer) => Customer,
  ): Promise<Customer | undefined>;

  /** Customers of all tenants whose `endingSessions` are of `before` or earlier, the oldest first. */
  abstract withEndingSessions(before: Date, limit: number): Promise<readonly Customer[]>;

  /**
   * Erases a customer, and that these e-mails and those of the record are theirs.
   * @param emails as `loginEmail` spells them: a customer that is gone already may have left such a one
   */
  abstract remove(tenant: string, id: string, emails: readonly string[]): Promise<void>;
}
