import type { Interest } from '../../../events/event.types.js';
import { InterestRepository } from '../../../events/interest.repository.js';
import { latestByTenant } from '../../../events/interest.rules.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import type { Table } from '../store/table.js';

export class LmdbInterestRepository extends InterestRepository {
  override readonly isShared = false;
  private readonly interests: Table<Interest>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.interests = store.table('event-interests');
  }

  override save(tenant: string, interest: Interest): Promise<void> {
    return this.store.write(() => this.interests.put([tenant, interest.id], interest));
  }

  override async remove(tenant: string, id: string): Promise<void> {
    await this.store.write(() => this.interests.remove([tenant, id]));
  }

  override async tenants(now: Date): Promise<ReadonlyMap<string, Date | undefined>> {
    const all = Array.from(this.interests.under([]), ({ key, row }) => ({ key: key as string[], row }));
    const over = all.filter(({ row: { until } }) => until && until <= now);
    if (over.length > 0) await this.store.write(() => over.forEach(({ key }) => this.interests.remove(key)));
    const left = all.filter((one) => !over.includes(one));
    return latestByTenant(left.map(({ key: [tenant = ''], row }) => ({ tenant, until: row.until })));
  }

  /** The sweep of this store asks for the events of every session that it erases. */
  override async prepare(): Promise<void> {}
}
