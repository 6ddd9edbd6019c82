import { CustomerRepository } from '../../customer/customer.repository.js';
import type { Customer } from '../../customer/customer.types.js';
import type { EmbeddedStore, Table } from './embedded-store.js';

export class LmdbCustomerRepository extends CustomerRepository {
  private readonly customers: Table<Customer>;
  private readonly idsByEmail: Table<string>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.customers = store.table('customers');
    this.idsByEmail = store.table('customers-by-email');
  }

  override async find(tenant: string, id: string): Promise<Customer | undefined> {
    return this.customers.get([tenant, id]);
  }

  override async findByEmail(tenant: string, email: string): Promise<Customer | undefined> {
    const id = this.idsByEmail.get([tenant, email]);
    return id === undefined ? undefined : this.customers.get([tenant, id]);
  }

  override create(customer: Customer): Promise<boolean> {
    const { tenant, id, email } = customer;
    return this.store.write(() => {
      if (this.idsByEmail.get([tenant, email])) return false;
      this.customers.put([tenant, id], customer);
      this.idsByEmail.put([tenant, email], id);
      return true;
    });
  }

  override change(
    tenant: string,
    id: string,
    decide: (current: Customer) => Customer,
  ): Promise<Customer | undefined> {
    return this.store.write(() => {
      const current = this.customers.get([tenant, id]);
      if (!current) return undefined;
      const next = decide(current);
      if (next !== current) this.customers.put([tenant, id], next);
      return next;
    });
  }

  override changeEmail(
    tenant: string,
    id: string,
    newEmail: string,
    decide: (current: Customer) => Customer,
  ): Promise<boolean> {
    return this.store.write(() => {
      const current = this.customers.get([tenant, id]);
      if (!current || this.idsByEmail.get([tenant, newEmail]) !== undefined) return false;
      this.customers.put([tenant, id], decide(current));
      this.idsByEmail.remove([tenant, current.email]);
      this.idsByEmail.put([tenant, newEmail], id);
      return true;
    });
  }
}
