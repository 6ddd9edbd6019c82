import { ErasureRepository } from '../../customer-admin/erasure.repository.js';
import type { Erasure } from '../../customer-admin/erasure.types.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { Table } from './store/table.js';
import { overwriteFreed, rewriteLeaves } from './store/overwrite.js';

export class LmdbErasureRepository extends ErasureRepository {
  private readonly erasures: Table<Erasure>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.erasures = store.table('erasures');
  }

  override async find(tenant: string, customerId: string): Promise<Erasure | undefined> {
    return this.erasures.get([tenant, customerId]);
  }

  override async save(erasure: Erasure): Promise<void> {
    await this.store.write(() => this.erasures.put([erasure.tenant, erasure.customerId], erasure));
  }

  override async list(limit: number): Promise<readonly Erasure[]> {
    return [...this.erasures.under([], limit)].map(({ row }) => row);
  }

  override async remove(tenant: string, customerId: string): Promise<void> {
    await this.store.write(() => this.erasures.remove([tenant, customerId]));
  }

  override async overwriteRemoved(): Promise<void> {
    await rewriteLeaves(this.store);
    await overwriteFreed(this.store);
  }
}
