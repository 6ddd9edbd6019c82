import { Injectable } from '@nestjs/common';
import { CartRepository } from '../cart/index.js';
import {
  begins,
  CompaniesOfCustomer,
  type Customer,
  CustomerNotFound,
  type CustomerPage,
  CustomerRepository,
  folded,
  pageOfFound,
  placeOf,
  searchWords,
} from '../customer/index.js';
import { SessionRepository } from '../session/index.js';
import type {
  CustomerDetails,
  FoundCustomer,
  FoundCustomers,
  SoughtCustomers,
} from './customer-finder.types.js';

/** Finds customers for employees. */
@Injectable()
export class CustomerFinder {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly sessions: SessionRepository,
    private readonly carts: CartRepository,
    private readonly companies: CompaniesOfCustomer,
  ) {}

  async list(tenant: string, sought: SoughtCustomers): Promise<FoundCustomers> {
    const { rows, ...next } = await this.pageOf(tenant, sought);
    const counts = await this.sessions.countsOfCustomers(
      tenant,
      rows.map(({ id }) => id),
    );
    const found = rows.map((customer): FoundCustomer => ({
      customer,
      sessions: counts.get(customer.id) ?? 0,
    }));
    return { found, ...next };
  }

  /** @throws CustomerNotFound */
  async read(tenant: string, id: string): Promise<CustomerDetails> {
    const customer = await this.customers.find(tenant, id);
    if (!customer) throw new CustomerNotFound(id);
    const order = { path: 'createdAt', descending: true };
    const [companies, counts, { total = 0 }] = await Promise.all([
      this.companies.of(tenant, id),
      this.sessions.countsOfCustomers(tenant, [id]),
      this.carts.searchOpen(tenant, { kind: 'customer', customerId: id }, { ...ONE, order, filter: [] }),
    ]);
    return { customer, companies, sessions: counts.get(id) ?? 0, carts: total };
  }

  private async pageOf(tenant: string, { email, q, ...page }: SoughtCustomers): Promise<CustomerPage> {
    const prefix = q === undefined ? undefined : folded(q);
    if (email === undefined)
      return this.customers.search(tenant, { ...page, ...(prefix !== undefined && { prefix }) });
    const one = await this.customers.findByLogin(tenant, email);
    const fits = one && (prefix === undefined || begins(searchWords(one), prefix));
    return fits ? pageOfOne(one, page.after) : NOBODY;
  }
}

const ONE = { skip: 0, limit: 1, counted: true } as const;
const NOBODY: CustomerPage = { rows: [] };

const pageOfOne = (customer: Customer, after: string | undefined): CustomerPage =>
  pageOfFound([placeOf(customer)], after, 1).places.length === 1 ? { rows: [customer] } : NOBODY;
