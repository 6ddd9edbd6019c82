import { hash } from 'node:crypto';
import { CustomerRepository } from '../../customer/customer.repository.js';
import type { Customer } from '../../customer/customer.types.js';
import type { EmbeddedStore, Table } from './embedded-store.js';

/** Hashed: what was a key may stay for long as the border between two pages, and an e-mail must not (P-72). */
const emailKey = (tenant: string, email: string): string[] => [tenant, hash('sha256', email, 'base64url')];

export class LmdbCustomerRepository extends CustomerRepository {
  private readonly customers: Table<Customer>;
  private readonly idsByEmail: Table<string>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.customers = store.table('customers');
    this.idsByEmail = store.table('customers-by-email-hash');
  }

  /** Of a store that was written when e-mails themselves were the keys. */
  async hashEmails(): Promise<void> {
    const earlier = this.store.table<string>('customers-by-email');
    const rows = [...earlier.under([])].map(({ key, row }) => ({ key: key as string[], id: row }));
    if (rows.length === 0) return;
    await this.store.write(() => {
      for (const { key, id } of rows) {
        const [tenant = '', email = ''] = key;
        this.idsByEmail.put(emailKey(tenant, email), id);
        earlier.remove(key);
      }
    });
  }

  override async find(tenant: string, id: string): Promise<Customer | undefined> {
    return this.customers.get([tenant, id]);
  }

  override async findByEmail(tenant: string, email: string): Promise<Customer | undefined> {
    const id = this.idsByEmail.get(emailKey(tenant, email));
    return id === undefined ? undefined : this.customers.get([tenant, id]);
  }

  override create(customer: Customer): Promise<boolean> {
    const { tenant, id, email } = customer;
    return this.store.write(() => {
      if (this.idsByEmail.get(emailKey(tenant, email))) return false;
      this.customers.put([tenant, id], customer);
      this.idsByEmail.put(emailKey(tenant, email), id);
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
      if (!current || this.idsByEmail.get(emailKey(tenant, newEmail)) !== undefined) return false;
      this.customers.put([tenant, id], decide(current));
      this.idsByEmail.remove(emailKey(tenant, current.email));
      this.idsByEmail.put(emailKey(tenant, newEmail), id);
      return true;
    });
  }

  override async remove(tenant: string, id: string, emails: readonly string[]): Promise<void> {
    await this.store.write(() => {
      this.customers.remove([tenant, id]);
      for (const email of emails) {
        if (this.idsByEmail.get(emailKey(tenant, email)) === id)
          this.idsByEmail.remove(emailKey(tenant, email));
      }
    });
  }
}
