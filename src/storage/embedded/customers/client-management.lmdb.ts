import {
  type ContactAssignmentRepository,
  type LegalEntityRepository,
  type LocationRepository,
  ManagedRecords,
} from '../../../client-management/client-management.repository.js';
import type {
  ContactAssignment,
  LegalEntity,
  Location,
  ManagedRecord,
} from '../../../client-management/client-management.types.js';
import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import { listTable } from '../store/listing.js';
import type { Table } from '../store/table.js';

/** More than anybody works for. */
const MOST_OF_ONE = 10_000;

/** Records of one kind, under tenant and id. */
class LmdbRecords<T extends ManagedRecord> extends ManagedRecords<T> {
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
    return [...new Set(ids)].map((id) => this.rows.get([tenant, id])).filter((row) => row !== undefined);
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

export class LmdbLegalEntityRepository extends LmdbRecords<LegalEntity> implements LegalEntityRepository {
  constructor(store: EmbeddedStore) {
    super(store, 'legal-entities');
  }

  async hasAny(tenant: string): Promise<boolean> {
    return this.rows.under([tenant], 1).next().done !== true;
  }
}

export class LmdbContactAssignmentRepository
  extends LmdbRecords<ContactAssignment>
  implements ContactAssignmentRepository
{
  /** Tenant, customer and id of each. */
  private readonly byCustomer = this.store.keyIndex('contact-assignments-by-customer');

  constructor(store: EmbeddedStore) {
    super(store, 'contact-assignments');
  }

  ofCustomer(tenant: string, customerId: string): Promise<readonly ContactAssignment[]> {
    const keys = this.byCustomer.forwards([tenant, customerId], MOST_OF_ONE);
    return this.findAll(
      tenant,
      keys.map((key) => String(key[2])),
    );
  }

  protected override index(before?: ContactAssignment, after?: ContactAssignment): void {
    if (before) this.byCustomer.remove([before.tenant, before.customerId, before.id]);
    if (after) this.byCustomer.put([after.tenant, after.customerId, after.id]);
  }
}

export class LmdbLocationRepository extends LmdbRecords<Location> implements LocationRepository {
  constructor(store: EmbeddedStore) {
    super(store, 'locations');
  }
}
