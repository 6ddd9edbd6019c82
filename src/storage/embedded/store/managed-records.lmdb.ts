import { ManagedRecords } from '../../../client-management/client-management.repository.js';
import type { ManagedRecord } from '../../../client-management/client-management.types.js';
import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import { paced } from '../../../shared/pace.js';
import type { EmbeddedStore } from './embedded-store.js';
import { listTable } from './listing.js';
import type { Table } from './table.js';

/** Records of one kind, under tenant and id. */
export class LmdbRecords<T extends ManagedRecord> extends ManagedRecords<T> {
  protected readonly rows: Table<T>;

  constructor(
    protected readonly store: EmbeddedStore,
    name: string,
  ) {
    super();
    this.rows = store.table(name);
  }

  override async find(tenant: string, id: string): Promise<T | undefined> {
    return this.rows.get([tenant, id]);
  }

  override async findAll(tenant: string, ids: readonly string[]): Promise<readonly T[]> {
    // Each may carry large mixins.
    const found = await paced(new Set(ids), (id) => this.rows.get([tenant, id]));
    return found.filter((row) => row !== undefined);
  }

  override list(tenant: string, listing: Listing): Promise<Listed<T>> {
    return listTable(this.rows, tenant, listing, ({ id }) => id);
  }

  override create(record: T): Promise<boolean> {
    return this.store.write(() => {
      if (this.rows.get([record.tenant, record.id])) return false;
      this.put(undefined, record);
      return true;
    });
  }

  override async change(tenant: string, id: string, decide: (current: T | undefined) => T): Promise<void> {
    await this.store.write(() => {
      const current = this.rows.get([tenant, id]);
      this.put(current, decide(current));
    });
  }

  override remove(tenant: string, id: string): Promise<boolean> {
    return this.store.write(() => {
      const current = this.rows.get([tenant, id]);
      if (current) this.index(current, undefined);
      return this.rows.remove([tenant, id]);
    });
  }

  /** Inside a write: keeps an index in step. */
  protected index(_before: T | undefined, _after: T | undefined): void {}

  private put(before: T | undefined, after: T): void {
    this.index(before, after);
    this.rows.put([after.tenant, after.id], after);
  }
}
