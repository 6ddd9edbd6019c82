import { CustomerRepository } from '../../customer/customer.repository.js';
import type { Customer } from '../../customer/customer.types.js';
import { emailsEverHeld, emailsHeld } from '../../customer/email-undo.rules.js';
import type { EmbeddedStore, EndIndex, Table } from './embedded-store.js';

export class LmdbCustomerRepository extends CustomerRepository {
  private readonly customers: Table<Customer>;
  private readonly idsByEmail: Table<string>;
  private readonly endings: EndIndex;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.customers = store.table('customers');
    this.idsByEmail = store.table('customers-by-email');
    this.endings = store.endIndex('customers-by-ending-sessions');
  }

  override async find(tenant: string, id: string): Promise<Customer | undefined> {
    return this.customers.get([tenant, id]);
  }

  override async findByEmail(tenant: string, email: string): Promise<Customer | undefined> {
    const holder = this.holderOf(tenant, email);
    return holder?.email === email ? holder : undefined;
  }

  override create(customer: Customer): Promise<boolean> {
    const { tenant, id, email, createdAt } = customer;
    return this.store.write(() => {
      if (this.isHeld(tenant, email, createdAt)) return false;
      this.put(undefined, customer);
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
      if (next !== current) this.put(current, next);
      return next;
    });
  }

  override changeEmail(
    tenant: string,
    id: string,
    newEmail: string,
    now: Date,
    decide: (current: Customer) => Customer,
  ): Promise<Customer | undefined> {
    return this.store.write(() => {
      const current = this.customers.get([tenant, id]);
      if (!current || this.isHeld(tenant, newEmail, now, id)) return undefined;
      const next = decide(current);
      this.put(current, next);
      const held = emailsHeld(next, now);
      for (const email of emailsEverHeld(current)) {
        if (!held.includes(email) && this.idsByEmail.get([tenant, email]) === id)
          this.idsByEmail.remove([tenant, email]);
      }
      this.idsByEmail.put([tenant, newEmail], id);
      return next;
    });
  }

  override async withEndingSessions(before: Date, limit: number): Promise<readonly Customer[]> {
    const keys = this.endings.endedBy(before, limit);
    return keys.map((key) => this.customers.get(key)).filter((customer) => customer !== undefined);
  }

  private holderOf(tenant: string, email: string): Customer | undefined {
    const id = this.idsByEmail.get([tenant, email]);
    return id === undefined ? undefined : this.customers.get([tenant, id]);
  }

  /** By another customer than this one. */
  private isHeld(tenant: string, email: string, now: Date, id?: string): boolean {
    const holder = this.holderOf(tenant, email);
    return holder !== undefined && holder.id !== id && emailsHeld(holder, now).includes(email);
  }

  private put(before: Customer | undefined, next: Customer): void {
    const key = [next.tenant, next.id];
    this.customers.put(key, next);
    this.endings.move(key, before?.endingSessions?.since, next.endingSessions?.since);
  }
}
