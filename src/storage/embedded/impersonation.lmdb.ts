import { ImpersonationRepository } from '../../vtex/impersonation/impersonation.repository.js';
import type { Impersonation } from '../../vtex/impersonation/impersonation.types.js';
import type { EmbeddedStore, Table } from './embedded-store.js';

/** Keys sort by time, the newest first. */
const LATEST = 10 ** 16;

export class LmdbImpersonationRepository extends ImpersonationRepository {
  private readonly impersonations: Table<Impersonation>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.impersonations = store.table('impersonations');
  }

  override async add(one: Impersonation): Promise<void> {
    const age = String(LATEST - one.begunAt.getTime());
    await this.store.write(() => this.impersonations.put([one.tenant, age, one.id], one));
  }

  override async list(tenant: string, limit: number): Promise<readonly Impersonation[]> {
    return [...this.impersonations.under([tenant], limit)].map(({ row }) => row);
  }
}
