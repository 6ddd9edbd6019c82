import type {
  ContactAssignmentRepository,
  LegalEntityRepository,
  LocationRepository,
} from '../../../client-management/client-management.repository.js';
import type {
  ContactAssignment,
  LegalEntity,
  Location,
} from '../../../client-management/client-management.types.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import { LmdbRecords } from '../store/managed-records.lmdb.js';

/** More than anybody works for. */
const MOST_OF_ONE = 10_000;

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
