import { newId } from '../../shared/ids.js';
import { TenantRepository } from '../../tenant/tenant.repository.js';
import type { Tenant } from '../../tenant/tenant.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { op, type Row, Rows } from './rows/rows.js';

interface TenantRow extends Row, Tenant {
  /** Different after each write. Absent in rows of versions that never changed one. */
  readonly rev?: string;
}

export class MongoTenantRepository extends TenantRepository {
  private readonly tenants: Rows<TenantRow>;

  constructor(link: MongoLink) {
    super();
    this.tenants = new Rows(link, 'tenants');
  }

  override async hasAny(): Promise<boolean> {
    return (await this.tenants.list({}, { sort: { _id: 1 }, limit: 1, part: { _id: 1 } })).length > 0;
  }

  override async names(): Promise<readonly string[]> {
    return (await this.tenants.list({}, { sort: { _id: 1 }, part: { _id: 1 } })).map(({ _id }) => _id);
  }

  override async find(name: string): Promise<Tenant | undefined> {
    const row = await this.tenants.find(name);
    return row && tenantOf(row);
  }

  override async list(): Promise<readonly Tenant[]> {
    return (await this.tenants.list({}, { sort: { _id: 1 } })).map(tenantOf);
  }

  override create(tenant: Tenant): Promise<boolean> {
    return this.tenants.insert(rowOf(tenant));
  }

  override async change(name: string, decide: (current: Tenant) => Tenant): Promise<Tenant | undefined> {
    for (;;) {
      const row = await this.tenants.find(name);
      if (!row) return undefined;
      const current = tenantOf(row);
      const next = decide(current);
      if (next === current) return current;
      const rev = row.rev ?? op({ $exists: false });
      if (await this.tenants.replace({ _id: name, rev }, rowOf(next))) return next;
    }
  }

  override remove(name: string): Promise<boolean> {
    return this.tenants.remove({ _id: name });
  }
}

const rowOf = (tenant: Tenant): TenantRow => ({ _id: tenant.name, rev: newId(), ...tenant });

const tenantOf = ({ _id, rev: _rev, ...tenant }: TenantRow): Tenant => tenant;
