import { TenantRepository } from '../../tenant/tenant.repository.js';
import type { Tenant } from '../../tenant/tenant.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { CoalescingWriter } from './rows/coalescing-writer.js';
import { type Codec, type RecordRow, Records } from './rows/records.js';
import { Rows } from './rows/rows.js';

interface TenantRow extends RecordRow, Tenant {}

const codec: Codec<Tenant, TenantRow> = {
  idOf: ({ name }) => name,
  toRow: (tenant) => tenant,
  fromRow: ({ _id, rev: _rev, ...tenant }) => tenant,
};

export class MongoTenantRepository extends TenantRepository {
  private readonly tenants: Records<Tenant, TenantRow>;
  private readonly writer: CoalescingWriter<Tenant>;

  constructor(link: MongoLink) {
    super();
    this.tenants = new Records(new Rows<TenantRow>(link, 'tenants'), codec);
    this.writer = new CoalescingWriter(this.tenants);
  }

  override async hasAny(): Promise<boolean> {
    const found = await this.tenants.rows.list({}, { sort: { _id: 1 }, limit: 1, part: { _id: 1 } });
    return found.length > 0;
  }

  override find(name: string): Promise<Tenant | undefined> {
    return this.tenants.find(name);
  }

  override async list(): Promise<readonly Tenant[]> {
    return (await this.tenants.rows.list({}, { sort: { _id: 1 } })).map(codec.fromRow);
  }

  override create(tenant: Tenant): Promise<boolean> {
    return this.tenants.insert(tenant);
  }

  override change(name: string, decide: (current: Tenant) => Tenant): Promise<Tenant | undefined> {
    return this.writer.change(name, (current) => {
      const next = current && decide(current);
      return { next, result: next };
    });
  }

  override remove(name: string): Promise<boolean> {
    return this.tenants.rows.remove({ _id: name });
  }
}
