import type { Customer, CustomerRepository } from '../../customer/index.js';
import type { Customers } from './app.types.js';

type Found = Promise<Customer | undefined>;

/** Reads each customer once for all apps of a cycle. */
export class CycleCustomers implements Customers {
  private readonly byId = new Map<string, Found>();
  private readonly byLogin = new Map<string, Found>();

  constructor(
    private readonly stored: Pick<CustomerRepository, 'find' | 'findByLogin'>,
    private readonly tenant: string,
  ) {}

  find(id: string): Found {
    const known = this.byId.get(id) ?? this.stored.find(this.tenant, id);
    this.byId.set(id, known);
    return known;
  }

  findByLogin(typed: string): Found {
    const known = this.byLogin.get(typed) ?? this.read(typed);
    this.byLogin.set(typed, known);
    return known;
  }

  private async read(typed: string): Found {
    const found = await this.stored.findByLogin(this.tenant, typed);
    if (found) this.byId.set(found.id, Promise.resolve(found));
    return found;
  }
}
