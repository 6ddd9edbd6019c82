import { TenantRepository } from '../../tenant/tenant.repository.js';
import type { Tenant } from '../../tenant/tenant.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { type Row, Rows } from './rows/rows.js';

interface TenantRow extends Row, Tenant {}

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
    return row && withoutId(row);
  }

  override create(tenant: Tenant): Promise<boolean> {
    return this.tenants.insert({ _id: tenant.name, ...tenant });
  }
}

const withoutId = ({ _id, ...tenant }: TenantRow): Tenant => tenant;
