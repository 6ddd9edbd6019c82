import { TenantRepository } from '../../tenant/tenant.repository.js';
import type { Tenant } from '../../tenant/tenant.types.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { Table } from './store/table.js';

export class LmdbTenantRepository extends TenantRepository {
  private readonly tenants: Table<Tenant>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.tenants = store.table('tenants', 'service');
  }

  override async hasAny(): Promise<boolean> {
    return [...this.tenants.under([], 1)].length > 0;
  }

  override async names(): Promise<readonly string[]> {
    return [...this.tenants.under([])].map(({ row }) => row.name);
  }

  override async find(name: string): Promise<Tenant | undefined> {
    return this.tenants.get([name]);
  }

  override async list(): Promise<readonly Tenant[]> {
    return [...this.tenants.under([])].map(({ row }) => row);
  }

  override create(tenant: Tenant): Promise<boolean> {
    return this.store.write(() => {
      if (this.tenants.get([tenant.name])) return false;
      this.tenants.put([tenant.name], tenant);
      return true;
    });
  }

  override change(name: string, decide: (current: Tenant) => Tenant): Promise<Tenant | undefined> {
    return this.store.write(() => {
      const current = this.tenants.get([name]);
      if (!current) return undefined;
      const next = decide(current);
      if (next !== current) this.tenants.put([name], next);
      return next;
    });
  }

  override remove(name: string): Promise<boolean> {
    return this.store.write(() => this.tenants.remove([name]));
  }
}
