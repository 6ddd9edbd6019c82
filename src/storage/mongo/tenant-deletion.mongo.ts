import { TenantDeletionRepository } from '../../tenant/tenant-deletion.repository.js';
import type { TenantDeletion } from '../../tenant/tenant-deletion.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { type Row, Rows } from './rows/rows.js';

type DeletionRow = Row & TenantDeletion;

export class MongoTenantDeletionRepository extends TenantDeletionRepository {
  private readonly rows: Rows<DeletionRow>;

  constructor(link: MongoLink) {
    super();
    this.rows = new Rows<DeletionRow>(link, 'tenant_deletions');
  }

  override async find(tenant: string): Promise<TenantDeletion | undefined> {
    const row = await this.rows.find(tenant);
    return row && deletionOf(row);
  }

  override async list(): Promise<readonly TenantDeletion[]> {
    return (await this.rows.list({}, { sort: { _id: 1 } })).map(deletionOf);
  }

  override async save(deletion: TenantDeletion): Promise<void> {
    await this.rows.put({ _id: deletion.tenant }, { _id: deletion.tenant, ...deletion });
  }

  override async remove(tenant: string): Promise<void> {
    await this.rows.remove({ _id: tenant });
  }
}

const deletionOf = ({ _id, ...deletion }: DeletionRow): TenantDeletion => deletion;
