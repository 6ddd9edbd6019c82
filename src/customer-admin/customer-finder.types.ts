import type { CompanyOfCustomer, Customer } from '../customer/index.js';

/** What an employee looks for. All conditions must hold. */
export interface SoughtCustomers {
  /** The address for logins, in any spelling. */
  readonly email?: string;
  /** The beginning of the e-mail, the first or the last name. */
  readonly q?: string;
  /** Place of the last customer of the page before. */
  readonly after?: string;
  readonly limit: number;
}

export interface FoundCustomer {
  readonly customer: Customer;
  /** Number of sessions, on all devices. */
  readonly sessions: number;
}

export interface CustomerDetails extends FoundCustomer {
  /** Legal entities that the customer may act for. */
  readonly companies: readonly CompanyOfCustomer[];
  /** Number of open carts. */
  readonly carts: number;
}

export interface FoundCustomers {
  readonly found: readonly FoundCustomer[];
  /** Where the next page goes on. */
  readonly next?: string;
}
