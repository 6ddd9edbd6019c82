import type { Tell } from '../events/event.types.js';
import type { Listed, Listing } from '../shared/filter/filter.types.js';
import { emailSpellings } from '../shared/email.js';
import type { Customer } from './customer.types.js';
import type { CustomerPage, CustomerSearch } from './search.types.js';

/** Stores customers. An adapter must pass `test/contracts/customer.contract.ts`. */
export abstract class CustomerRepository {
  abstract find(tenant: string, id: string): Promise<Customer | undefined>;

  /** @param email as it is stored: see `loginEmail` */
  abstract findByEmail(tenant: string, email: string): Promise<Customer | undefined>;

  /**
   * Returns the customer who logs in with this e-mail address, however it is typed. Also finds a customer whose address
   * was stored in an older spelling.
   */
  async findByLogin(tenant: string, typed: string): Promise<Customer | undefined> {
    for (const email of emailSpellings(typed)) {
      const found = await this.findByEmail(tenant, email);
      if (found) return found;
    }
    return undefined;
  }

  /**
   * @returns false if another customer of the tenant has the id, or holds this e-mail (`emailsHeld`) at the time of
   * `createdAt`; nothing was written
   */
  abstract create(customer: Customer): Promise<boolean>;

  /**
   * Creates a customer unless another one logs in with the e-mail address, even if it is stored in an older spelling.
   * @returns false if the id or the address is taken
   */
  async createNew(customer: Customer): Promise<boolean> {
    // A store compares addresses only in today's spelling.
    const hasOlderSpelling = emailSpellings(customer.email).length > 1;
    if (hasOlderSpelling && (await this.findByLogin(customer.tenant, customer.email))) return false;
    return this.create(customer);
  }

  /**
   * Reads and writes one customer in one atomic step. `decide` must be pure, because it runs again if another writer
   * was faster. If it throws, nothing is written and the error is passed on. The e-mail may not change here: see
   * `changeEmail`.
   * @returns what was written, or undefined if there is no such customer
   */
  abstract change(
    tenant: string,
    id: string,
    decide: (current: Customer) => Customer,
  ): Promise<Customer | undefined>;

  /**
   * Does the same as `change`, for a new e-mail address. The stored record must name it in `emailChange.newEmail` or
   * hold it already, and `decide` must return a customer with it. If several customers want one address at the same
   * time, by whatever way, one gets it. An address that the customer no longer holds becomes free for others.
   * @returns undefined if another customer holds the address or there is no such customer; nothing was written
   */
  abstract changeEmail(
    tenant: string,
    id: string,
    newEmail: string,
    now: Date,
    decide: (current: Customer) => Customer,
  ): Promise<Customer | undefined>;

  /** Returns customers of all tenants whose `endingSessions` are from `before` or earlier, oldest first. */
  abstract withEndingSessions(before: Date, limit: number): Promise<readonly Customer[]>;

  /** Returns each tenant that has customers with `hasLegacyPassword`. */
  abstract tenantsWithLegacyPasswords(): Promise<readonly string[]>;

  /** Returns customers with `hasLegacyPassword`, by id. @param after behind this id */
  abstract withLegacyPassword(tenant: string, limit: number, after?: string): Promise<readonly Customer[]>;

  /**
   * Returns a page of the tenant's customers, newest first. Pages that follow each other by `next` show each customer
   * that stays exactly once, whatever is written in between. Its cost does not grow with the number of customers, so a
   * page may be short, and only a page without `next` is the last one.
   */
  abstract search(tenant: string, search: CustomerSearch): Promise<CustomerPage>;

  /**
   * Lists customers by `id`, `createdAt`, `contactEmail` or `lastName`. `search` is the way to read all of them; this
   * is for pages that somebody looks at. Customers who were created at the same time come in any order.
   */
  abstract list(tenant: string, listing: Listing): Promise<Listed<Customer>>;

  /**
   * Deletes a customer, and frees these e-mail addresses and those of the record.
   * @param emails as `loginEmail` spells them; a customer that is already gone may have left one behind
   */
  abstract remove(tenant: string, id: string, emails: readonly string[]): Promise<void>;
}

/**
 * The same port as a store offers it, with room for events. Only `events/` uses it; everything else injects
 * `CustomerRepository`, so that no change can bypass them. Events are written together with the customer. `tell` is
 * absent if nobody wants any. An adapter must also pass `test/contracts/told-records.contract.ts`.
 */
export abstract class StoredCustomers extends CustomerRepository {
  abstract override create(customer: Customer, tell?: Tell<Customer>): Promise<boolean>;

  abstract override change(
    tenant: string,
    id: string,
    decide: (current: Customer) => Customer,
    tell?: Tell<Customer>,
  ): Promise<Customer | undefined>;

  abstract override changeEmail(
    tenant: string,
    id: string,
    newEmail: string,
    now: Date,
    decide: (current: Customer) => Customer,
    tell?: Tell<Customer>,
  ): Promise<Customer | undefined>;

  abstract override remove(
    tenant: string,
    id: string,
    emails: readonly string[],
    tell?: Tell<Customer>,
  ): Promise<void>;
}
