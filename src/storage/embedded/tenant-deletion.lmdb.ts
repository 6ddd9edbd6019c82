import { TenantDeletionRepository } from '../../tenant/tenant-deletion.repository.js';
import type { TenantDeletion } from '../../tenant/tenant-deletion.types.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { Table } from './store/table.js';

export class LmdbTenantDeletionRepository extends TenantDeletionRepository {
  private readonly deletions: Table<TenantDeletion>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.deletions = store.table('tenant-deletions', 'service');
  }

  override async find(tenant: string): Promise<TenantDeletion | undefined> {
    return this.deletions.get([tenant]);
  }

  override async list(): Promise<readonly TenantDeletion[]> {
    return [...this.deletions.under([])].map(({ row }) => row);
  }

  override async save(deletion: TenantDeletion): Promise<void> {
    await this.store.write(() => this.deletions.put([deletion.tenant], deletion));
  }

  override async remove(tenant: string): Promise<void> {
    await this.store.write(() => this.deletions.remove([tenant]));
  }
}
